// What differs between two runs, as text: variables that differ in the same way are told together.
#include "reports/render/answers.h"
#include "reports/render/style.h"

#include "facts/text.h"
#include "reports/crosscheck/findings.h"

#include <algorithm>

namespace envleak::reports {
namespace {

constexpr std::size_t shownPrograms = 40;
constexpr std::size_t shownGroups = 20;
constexpr std::size_t shownNames = 20;
constexpr std::size_t shownPlaces = 3;
constexpr std::size_t shownUndecided = 10;

std::string joined(const std::vector<std::string>& texts, const char* between, std::size_t most) {
  std::string text;
  for (std::size_t i = 0; i < std::min(texts.size(), most); ++i) text += (i > 0 ? between : "") + texts[i];
  if (texts.size() > most) text += " and " + std::to_string(texts.size() - most) + " more";
  return text;
}

std::vector<std::string> textsOf(const Described& described) {
  std::vector<std::string> texts;
  for (const auto& [key, text] : described) texts.push_back(text);
  return texts;
}

std::string arrivalOf(const Side& side) {
  std::vector<std::string> ways;
  for (Arrival arrival : side.arrival) {
    if (arrival == Arrival::crossed) ways.emplace_back("crossed");
    if (arrival == Arrival::added) ways.emplace_back("added by the spawn");
    if (arrival == Arrival::changed) ways.emplace_back("changed by the spawn");
    if (arrival == Arrival::unknown) ways.emplace_back("in a way that is not known");
  }
  return joined(ways, " or ", ways.size());
}

std::string readingOf(const Side& side) {
  std::vector<std::string> ways;
  const bool set = side.presence.contains(Presence::set);
  for (ReadingOf reading : side.reading) {
    if (reading == ReadingOf::read) ways.emplace_back("read");
    if (reading == ReadingOf::own) ways.emplace_back("read, after writing it itself,");
    if (reading == ReadingOf::looked_at) ways.emplace_back("looked at");
    if (reading == ReadingOf::asked) ways.emplace_back("asked for");
    if (reading == ReadingOf::unread) ways.emplace_back(set ? "not read" : "not asked for");
    if (reading == ReadingOf::unknown) ways.emplace_back("whether it was read cannot be known");
  }
  std::string text = joined(ways, " or ", ways.size());
  if (!side.places.empty()) text += " at " + joined(textsOf(side.places), ", ", shownPlaces);
  return text;
}

std::string describe(const Side& side, const std::vector<Facet>& differs) {
  auto differsIn = [&](Facet facet) { return std::ranges::find(differs, facet) != differs.end(); };
  std::string text;
  if (side.presence.contains(Presence::set)) {
    text = side.presence.contains(Presence::unset) ? "set in some of the processes" : "set";
    if (std::string arrival = arrivalOf(side); !arrival.empty()) text += ", " + arrival;
    if (!side.origins.empty()) text += "; " + joined(textsOf(side.origins), " or ", shownPlaces);
    if (differsIn(Facet::value)) {
      std::vector<std::string> values;
      for (const std::string& value : side.values) values.push_back("'" + oneLine(value) + "'");
      text += "; value " + joined(values, " or ", shownPlaces);
    }
  } else if (side.arrival.contains(Arrival::removed)) {
    text = "dropped by the spawn";
  } else {
    text = side.presence.contains(Presence::unset) ? "not set" : "whether it was set is not known";
  }
  const bool worth_it = side.presence.contains(Presence::set) || differsIn(Facet::reading) || differsIn(Facet::place);
  return worth_it ? text + "; " + readingOf(side) : text;
}

// A question for a variable that is not set follows from others most of the time: libc asks for LANG if LC_ALL is not
// set.
bool neverSet(const VariableDifference& of) {
  auto unset = [](const Side& side) { return side.presence == std::set{Presence::unset} && side.arrival.empty(); };
  return unset(of.sides[0]) && unset(of.sides[1]);
}

std::string chainText(const Chain& chain) {
  constexpr std::size_t shown = 5;
  std::string text = chain.size() > shown ? "... > " : "";
  for (std::size_t i = chain.size() > shown ? chain.size() - shown : 0; i < chain.size(); ++i)
    text += oneLine(chain[i]) + (i + 1 < chain.size() ? " > " : "");
  return text;
}

// Where the programs have other ancestors in the two runs.
std::string ancestors(const MatchedPrograms& match) {
  auto side = [&](const char* run, const std::vector<Chain>& chains) {
    if (chains.size() == 1 && chains.front() == match.shown) return std::string();
    return "  in " + std::string(run) + " as " + chainText(chains.front()) +
           (chains.size() > 1 ? " and " + std::to_string(chains.size() - 1) + " more" : "") + "\n";
  };
  return side("1", match.first) + side("2", match.second);
}

class CompareText {
 public:
  CompareText(const Comparison& comparison, const CompareOptions& options)
      : comparison_(comparison), options_(options), style_(options.color) {}

  std::string render() const {
    std::string text = head(), alone, unsure;
    std::size_t shown = 0, undecided = 0, uncomparable = 0;
    std::set<std::string> names;
    for (const ProgramComparison& program : comparison_.programs) {
      if (program.match.first.empty() || program.match.second.empty()) {
        const bool first = !program.match.first.empty();
        alone += "  only in " + std::string(first ? "1: " : "2: ") + chainText(program.match.shown) + " (" +
                 counted(program.processes[first ? 0 : 1], "process", "processes") + ")\n";
        continue;
      }
      for (const std::string& name : program.values_not_comparable) names.insert(name);
      uncomparable = names.size();
      for (const Undecided& of : program.undecided)
        if (++undecided <= shownUndecided)
          unsure += "  " + oneLine(of.name) + " in " + chainText(program.match.shown) + ": " + of.why + "\n";
      if (program.differences.empty()) continue;
      if (++shown <= shownPrograms) text += "\n" + differences(program);
    }
    if (shown > shownPrograms)
      text += "\nand " + counted(shown - shownPrograms, "program", "programs") +
              " more that differ (--format json has them)\n";
    if (!alone.empty()) text += "\n" + style_.bold("Programs that only one of them ran") + "\n" + cut(alone);
    if (!comparison_.differs()) text += "No difference was seen in what arrived, from where, and what was read.\n";
    if (!unsure.empty()) {
      text += "\n" + style_.bold("Cannot be decided") + "\n" + unsure;
      if (undecided > shownUndecided) text += "  and " + std::to_string(undecided - shownUndecided) + " more\n";
    }
    return text + values(uncomparable, names);
  }

 private:
  std::string head() const {
    std::string text;
    for (std::size_t i = 0; i < 2; ++i) {
      const Comparison::Run& run = comparison_.runs[i];
      text += std::to_string(i + 1) + ": " + oneLine(run.file) + " (" + oneLine(run.command) + "), " +
              counted(run.processes, "process", "processes") + (run.incomplete ? "; not everything was recorded" : "") +
              "\n";
    }
    return text;
  }

  static std::string cut(const std::string& lines) {
    std::size_t at = 0, count = 0;
    for (; at < lines.size() && count < shownPrograms; ++count) at = lines.find('\n', at) + 1;
    const auto left = std::count(lines.begin() + static_cast<std::ptrdiff_t>(at), lines.end(), '\n');
    return lines.substr(0, at) + (left > 0 ? "  and " + std::to_string(left) + " more\n" : "");
  }

  std::string differences(const ProgramComparison& program) const {
    std::string text = style_.bold(chainText(program.match.shown));
    if (program.processes[0] != 1 || program.processes[1] != 1)
      text += " (processes: " + std::to_string(program.processes[0]) + " in 1, " +
              std::to_string(program.processes[1]) + " in 2)";
    text += "\n" + ancestors(program.match);
    std::vector<std::pair<std::string, std::vector<std::string>>> groups;
    std::map<std::string, std::size_t> known;
    std::vector<std::string> asked;
    for (const VariableDifference& of : program.differences) {
      if (neverSet(of)) {
        asked.push_back(oneLine(of.name));
        continue;
      }
      std::string how =
          "    1: " + describe(of.sides[0], of.differs) + "\n    2: " + describe(of.sides[1], of.differs) + "\n";
      auto [group, is_new] = known.try_emplace(how, groups.size());
      if (is_new) groups.push_back({how, {}});
      groups[group->second].second.push_back(oneLine(of.name) +
                                             (of.classified == VariableClass::secret ? " (secret)" : ""));
    }
    for (std::size_t i = 0; i < std::min(groups.size(), shownGroups); ++i)
      text += "  " + listNames(groups[i].second, shownNames) + "\n" + groups[i].first;
    if (!asked.empty())
      text += "  set in neither, and not asked for in the same way: " + listNames(asked, shownNames) + "\n";
    if (groups.size() > shownGroups)
      text += "  and " + std::to_string(groups.size() - shownGroups) + " more differences (--format json has them)\n";
    return text;
  }

  std::string values(std::size_t count, const std::set<std::string>& names) const {
    if (count == 0) return {};
    constexpr const char* why = "values cannot be compared: the runs have different keys (record both with --values)\n";
    if (!options_.name.empty()) return "\n" + oneLine(*names.begin()) + ": set in both; " + why;
    return "\n" + counted(count, "variable is", "variables are") + " set in both; " + why;
  }

  const Comparison& comparison_;
  const CompareOptions& options_;
  Style style_;
};

}  // namespace

std::string renderComparison(const Comparison& comparison, const CompareOptions& options) {
  return CompareText(comparison, options).render();
}

}  // namespace envleak::reports
