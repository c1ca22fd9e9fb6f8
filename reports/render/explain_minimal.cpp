// The smallest environment that is known to work, as a command line and as a list, with what stands against it.
#include "reports/render/answers.h"
#include "reports/render/investigate_text.h"

#include "facts/text.h"
#include "reports/crosscheck/verdicts.h"
#include "reports/investigate/investigation.h"

#include <algorithm>

namespace envleak::reports {
namespace {

constexpr std::size_t shownNames = 60;
constexpr std::size_t shownIds = 4;
constexpr std::size_t shownImages = 8;
constexpr std::size_t shownOrigins = 3;

bool plain(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'; }

// A name that a shell can expand.
bool isShellName(std::string_view name) {
  return !name.empty() && !(name[0] >= '0' && name[0] <= '9') && std::ranges::all_of(name, plain);
}

// A word for sh(1); empty if it cannot be shown in one line.
std::string quoted(const std::string& word) {
  auto harmless = [](char c) { return plain(c) || std::string_view("%+,-./:=@^").find(c) != std::string_view::npos; };
  if (!word.empty() && std::ranges::all_of(word, harmless)) return word;
  if (oneLine(word) != word) return {};
  std::string text = "'";
  for (char c : word) text += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return text + "'";
}

bool fromOutside(const Origin& origin) { return origin.kind == Origin::Kind::outside; }

class MinimalText {
 public:
  MinimalText(const Report& report, bool color) : report_(report), runs_(*report.runs), style_(color), say_(report) {}

  std::string render(const MinimalEnvironment& of) const {
    std::string text =
        style_.bold(shortName(image(of).program) + ": read " + (of.unobserved.empty() ? "" : "at least ") +
                    counted(of.read.size() + of.looked_at.size(), "variable", "variables")) +
        " of what it got, in " + counted(of.images.size(), "process", "processes") + " (" +
        listIds(runs_, of.images, shownIds) + ")" +
        (of.runs.size() > 1 ? " of " + std::to_string(of.runs.size()) + " traces" : "") + "\n";
    text += command(of);
    text += needed("  read:\n", of.read, "") + needed("  looked at, by whom is not known:\n", of.looked_at, "");
    text += say_.names("  not read:", names(of.unread), shownNames);
    text += say_.names("  cannot be known whether read:", names(of.open), shownNames) + unobserved(of);
    text += say_.names("  asked for, and not set:", of.asked, shownNames);
    return text + holds(of);
  }

 private:
  const facts::Image& image(const MinimalEnvironment& of) const { return *runs_.images()[of.images.front()].facts; }

  static std::vector<NameId> names(const std::vector<BroughtName>& list) {
    std::vector<NameId> names;
    for (const BroughtName& entry : list) names.push_back(entry.name);
    return names;
  }

  std::string command(const MinimalEnvironment& of) const {
    std::string line = "  env -i";
    std::vector<NameId> unsayable;
    for (const auto* list : {&of.read, &of.looked_at})
      for (const NeededName& needed : *list) {
        const std::string name(runs_.names()[needed.name]);
        if (isShellName(name))
          line += " " + name + "=\"$" + name + "\"";
        else
          unsayable.push_back(needed.name);
      }
    line += " " + arguments(of) + "\n";
    return line + say_.names("  and these, whose names a shell cannot expand:", unsayable, shownNames);
  }

  // The program and the arguments that all processes had.
  std::string arguments(const MinimalEnvironment& of) const {
    std::string text = quoted(image(of).program);
    if (text.empty()) text = "PROGRAM";
    const std::vector<std::string>& first = image(of).argv;
    auto same = [&](Index image) { return runs_.images()[image].facts->argv == first; };
    constexpr std::size_t longest = 200;
    std::string words;
    for (std::size_t i = 1; i < first.size(); ++i) {
      std::string word = quoted(first[i]);
      if (word.empty()) return text + " ARGUMENTS...";
      words += " " + word;
    }
    return text + (std::ranges::all_of(of.images, same) && words.size() <= longest ? words : " ARGUMENTS...");
  }

  std::string needed(const char* title, const std::vector<NeededName>& list, std::string text) const {
    for (const NeededName& of : list) {
      const SiteReading& first = of.readings.front();
      text += "    " + say_.name(of.name) + ": by " + processName(report_, first.image);
      if (first.processes > 1) text += " and " + counted(first.processes - 1, "process", "processes") + " more of it";
      if (!runs_.images()[first.image].facts->reads[first.read].frames.empty()) text += say_.at(first.place);
      if (of.readings.size() > 1) text += ", and at " + counted(of.readings.size() - 1, "place", "places") + " more";
      text += "\n";
      for (const ShadowedFile& file : of.shadowed)
        text += "      left out, " + oneLine(report_.files->display(file.path)) + ":" + std::to_string(file.line) +
                " would decide, which gives it another value\n";
      // Where it comes from matters to a fix that drops names: told where the runs differ in that.
      if (std::ranges::all_of(of.origins, fromOutside)) continue;
      for (std::size_t i = 0; i < std::min(of.origins.size(), shownOrigins); ++i)
        text += "      came from: " + say_.origin(of.origins[i], first.image) + "\n";
      if (of.origins.size() > shownOrigins)
        text += "      and from " + std::to_string(of.origins.size() - shownOrigins) + " more\n";
    }
    return text.empty() ? text : title + text;
  }

  std::string unobserved(const MinimalEnvironment& of) const {
    std::string text;
    for (std::size_t i = 0; i < std::min(of.unobserved.size(), shownImages); ++i) {
      const facts::Image& facts = *runs_.images()[of.unobserved[i]].facts;
      text += "    " + processName(report_, of.unobserved[i]) + ": " +
              (facts.observation == facts::Observation::full ? "what it got is not known" : say_.observation(facts)) +
              "\n";
    }
    if (of.unobserved.size() > shownImages)
      text += "    and " + std::to_string(of.unobserved.size() - shownImages) + " more processes\n";
    return text.empty() ? text : "  \"at least\", as these were not fully observed:\n" + text;
  }

  std::string holds(const MinimalEnvironment& of) const {
    std::string text =
        "  does it hold? A list of what to keep, as above, holds wherever a variable comes from; a path of the "
        "program\n"
        "  that these runs did not take may need more.\n";
    if (of.runs.size() < 2)
      return text +
             "  A list of names to drop holds only where no other names arrive: give traces of other contexts too.\n";
    std::map<std::vector<Index>, std::vector<NameId>> some;
    for (const auto* list : {&of.unread, &of.open})
      for (const BroughtName& entry : *list)
        if (entry.runs.size() < of.runs.size()) some[entry.runs].push_back(entry.name);
    if (some.empty())
      return text + "  All these traces bring the same names; a list of names to drop would hold in them.\n";
    text += "  A list of names to drop that was made from some of these traces lets through what others bring:\n";
    for (auto& [runs, names] : some) {
      sortForPeople(report_, names);
      std::string label;
      for (Index run : runs) label += (label.empty() ? "" : ", ") + std::to_string(run + 1);
      text += say_.names("    only in trace " + label + ":", names, shownNames);
    }
    return text;
  }

  const Report& report_;
  const Runs& runs_;
  Style style_;
  Sentences say_;
};

}  // namespace

std::string renderMinimal(const Report& report, const std::vector<MinimalEnvironment>& environments, bool color) {
  MinimalText text(report, color);
  std::string result;
  for (const MinimalEnvironment& of : environments) result += (result.empty() ? "" : "\n") + text.render(of);
  return result;
}

}  // namespace envleak::reports
