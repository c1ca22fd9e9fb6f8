#include "reports/render/investigate_text.h"

#include "facts/text.h"
#include "reports/crosscheck/unseen.h"
#include "reports/crosscheck/verdicts.h"
#include "reports/investigate/investigation.h"

#include <algorithm>
#include <cstring>

namespace envleak::reports {
namespace {

constexpr std::size_t width = 110;
constexpr std::size_t shownCallers = 3;

std::string wrapped(const std::string& label, const std::vector<std::string>& words, std::size_t most) {
  if (words.empty()) return {};
  std::string text = label;
  const std::string indent(label.find_first_not_of(' ') + 2, ' ');
  std::size_t used = label.size();
  auto add = [&](const std::string& word) {
    if (used > indent.size() && used + 1 + word.size() > width) {
      text += "\n" + indent;
      used = indent.size();
    } else {
      text += ' ';
      ++used;
    }
    text += word;
    used += word.size();
  };
  const std::size_t shown = std::min(words.size(), most);
  for (std::size_t i = 0; i < shown; ++i) add(words[i] + (i + 1 < words.size() ? "," : ""));
  if (shown < words.size()) add("and " + std::to_string(words.size() - shown) + " more");
  return text + "\n";
}

std::string some(std::size_t count) { return counted(count, "variable", "variables"); }

}  // namespace

std::string shortFunction(const std::string& function) {
  constexpr std::size_t longest = 60;
  constexpr std::string_view anonymous = "(anonymous namespace)";
  if (function.size() <= longest) return function;
  std::size_t open = function.find('(');
  while (open != std::string::npos && function.compare(open, anonymous.size(), anonymous) == 0)
    open = function.find('(', open + 1);
  return open == std::string::npos || open == 0 ? function : function.substr(0, open) + "(...)";
}

std::string Sentences::at(Place place) const {
  place.function = shortFunction(place.function);
  std::string text = describe(place);
  return text.empty() ? ", at a place that is not known" : " at " + text;
}

std::string Sentences::callers(const std::vector<facts::Frame>& frames) const {
  std::string text;
  std::vector<Place> callers = callersOf(report_, frames);
  for (std::size_t i = 0; i < std::min(callers.size(), shownCallers); ++i)
    text += ", called from " + oneLine(callers[i].file) + ":" + std::to_string(callers[i].line);
  return text;
}

std::string Sentences::origin(const Origin& of, Index to, bool any) const {
  const facts::Image& image = *runs_.images()[of.image].facts;
  const std::string who = any ? shortName(image.program) : processName(report_, of.image);
  switch (of.kind) {
    case Origin::Kind::outside:
      return "outside environment of " + processName(report_, of.image);
    case Origin::Kind::write:
      return "set by " + who + " with " + oneLine(image.writes[of.write].api) + at(of.place);
    case Origin::Kind::edge:
      return "given by " + who + " in the environment it passed on" + at(of.place);
    case Origin::Kind::unseen:
      return "set by " + who + " itself, in a way that left no call to see";
    case Origin::Kind::unknown:
      break;
  }
  return "not known; first seen in " + processName(report_, to);
}

std::string Sentences::handover(const Handover& of) const {
  std::string had = of.had == 1 ? "the one variable" : "all " + std::to_string(of.had) + " variables";
  std::string rest;
  auto add = [&](std::size_t count, const char* what) {
    if (count > 0) rest += ", " + std::to_string(count) + " " + what;
  };
  switch (of.kind) {
    case Handover::Kind::inherited:
      return "inherited: " + had + " of the parent crossed";
    case Handover::Kind::merged:
      if (of.changed == 0) {
        rest = "merged: " + had + " of the parent crossed";
      } else {
        rest = "merged: " + std::to_string(of.crossed) + " of " + std::to_string(of.had) +
               " variables of the parent crossed";
        add(of.changed, "changed");
      }
      add(of.added, "added");
      return rest;
    case Handover::Kind::filtered:
    case Handover::Kind::replaced:
      rest = of.kind == Handover::Kind::filtered ? "filtered: " + std::to_string(of.crossed) + " of " +
                                                       std::to_string(of.had) + " variables of the parent crossed"
                                                 : "replaced: none of the " + some(of.had) + " of the parent crossed";
      add(of.removed, "dropped");
      add(of.changed, "changed");
      add(of.added, "added");
      return rest;
    case Handover::Kind::nothing:
      rest = "the parent had no variables";
      add(of.added, "added");
      return rest;
    case Handover::Kind::unknown:
      break;
  }
  return "what crossed is not known";
}

std::string Sentences::exit(const std::optional<facts::Exit>& exit) const {
  if (!exit) return {};
  return (exit->by_signal ? ", signal " : ", exit ") + std::to_string(exit->value);
}

std::string Sentences::observation(const facts::Image& image) const {
  if (image.observation == facts::Observation::full) return {};
  const std::string state(toString(image.observation));
  if (image.reasons.empty()) return state;
  std::string text = image.reasons.front().starts_with(state + ":") ? "" : state + ": ";
  for (std::size_t i = 0; i < image.reasons.size(); ++i) text += (i > 0 ? "; " : "") + oneLine(image.reasons[i]);
  return text;
}

std::string Sentences::name(NameId name) const {
  return oneLine(std::string(runs_.names()[name])) +
         (report_.classes[name] == VariableClass::secret ? " (secret)" : "");
}

std::string Sentences::names(const std::string& label, const std::vector<NameId>& list, std::size_t most) const {
  std::vector<std::string> words;
  for (NameId id : list) words.push_back(name(id));
  return wrapped(label, words, most);
}

std::string Sentences::names(const std::string& label, const std::vector<std::string>& list, std::size_t most) const {
  std::vector<NameId> known;
  std::vector<std::string> words;  // what no image received or wrote has no class
  for (const std::string& text : list) {
    if (std::optional<NameId> id = runs_.find(text))
      known.push_back(*id);
    else
      words.push_back(oneLine(text));
  }
  sortForPeople(report_, known);
  for (NameId id : known) words.push_back(name(id));
  return wrapped(label, words, most);
}

std::string Sentences::value(Index image, NameId name) const {
  const facts::Variable* variable = runs_.received(image, name);
  return variable != nullptr && variable->value ? ", value '" + oneLine(*variable->value) + "'" : "";
}

std::string Sentences::traceTitle(Index run) const {
  std::string command;
  for (const std::string& word : runs_.runs()[run]->command) command += " " + word;
  return " trace " + std::to_string(run + 1) + ":" + oneLine(command) + "\n";
}

std::string listIds(const Runs& runs, const std::vector<Index>& images, std::size_t most) {
  std::string text;
  for (std::size_t i = 0; i < std::min(images.size(), most); ++i) {
    const bool last = i + 1 == images.size();
    text += (i == 0 ? "" : last ? " and " : ", ") + runs.images()[images[i]].id;
  }
  if (images.size() > most) text += " and " + std::to_string(images.size() - most) + " more";
  return text;
}

std::string missing(const Runs& runs) {
  std::string text;
  for (Index run = 0; run < runs.runs().size(); ++run) {
    const std::string of = runs.runs().size() > 1 ? "trace " + std::to_string(run + 1) + ": " : "";
    if (!runs.runs()[run]->finished)
      text += "  missing: " + of + "what happened after this was read; the recording had not ended, or was killed\n";
    for (const facts::BlindSpot& spot : runs.runs()[run]->blind_spots)
      if (losesEvents(spot)) text += "  missing: " + of + oneLine(spot.detail) + "\n";
  }
  return text;
}

std::string errorText(int error) { return ::strerror(error); }

}  // namespace envleak::reports
