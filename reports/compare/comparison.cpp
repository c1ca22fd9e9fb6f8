#include "reports/compare/comparison.h"

#include <algorithm>

namespace envleak::reports {
namespace {

bool sameKeys(const Described& a, const Described& b) {
  return std::ranges::equal(a, b, [](const auto& x, const auto& y) { return x.first == y.first; });
}

class Comparer {
 public:
  Comparer(std::string wanted, const std::function<VariableClass(const std::string&)>& classify)
      : wanted_(std::move(wanted)), classify_(classify) {}

  ProgramComparison compare(MatchedPrograms match, const ComparedProgram& first, const ComparedProgram& second) const {
    ProgramComparison result;
    result.processes = {first.processes, second.processes};
    const bool both = !match.first.empty() && !match.second.empty();
    result.match = std::move(match);
    if (!both) return result;
    std::set<std::string> names;
    for (const ComparedProgram* program : {&first, &second})
      for (const auto& [name, variable] : program->variables) names.insert(name);
    for (const std::string& name : names)
      if (wanted_.empty() || name == wanted_) variable(result, name, first, second);
    std::ranges::stable_sort(result.differences, {},
                             [](const VariableDifference& of) { return of.classified == VariableClass::ambient; });
    return result;
  }

 private:
  static Side sideOf(const ComparedProgram& program, const ComparedVariable* variable) {
    Side side;
    side.presence = presenceOf(program, variable);
    side.reading = readingOf(program, variable);
    if (variable == nullptr) return side;
    side.arrival = variable->arrival;
    side.origins = variable->origins;
    side.origins_known = variable->origins_known;
    side.places = variable->places;
    if (variable->values_known) side.values = variable->values;
    return side;
  }

  void variable(ProgramComparison& result, const std::string& name, const ComparedProgram& first,
                const ComparedProgram& second) const {
    auto find = [&](const ComparedProgram& program) {
      auto found = program.variables.find(name);
      return found == program.variables.end() ? nullptr : &found->second;
    };
    const ComparedVariable* left = find(first);
    const ComparedVariable* right = find(second);
    VariableDifference difference{name, classify_(name), {}, {sideOf(first, left), sideOf(second, right)}};
    const Side& a = difference.sides[0];
    const Side& b = difference.sides[1];
    auto open = [&](Facet facet, std::string why) { result.undecided.push_back({name, facet, std::move(why)}); };

    if (a.presence != b.presence) {
      if (a.presence.contains(Presence::unknown) || b.presence.contains(Presence::unknown))
        open(Facet::presence, "what a process received is not known");
      else
        difference.differs.push_back(Facet::presence);
    }
    // How a variable arrived says something only where it did.
    const bool both_set = a.presence.contains(Presence::set) && b.presence.contains(Presence::set);
    if (both_set && a.arrival != b.arrival) {
      if (a.arrival.contains(Arrival::unknown) || b.arrival.contains(Arrival::unknown))
        open(Facet::arrival, "what crossed is not known");
      else
        difference.differs.push_back(Facet::arrival);
    }
    if (both_set && a.origins_known && b.origins_known && !sameKeys(a.origins, b.origins))
      difference.differs.push_back(Facet::origin);
    if (both_set && a.origins_known != b.origins_known)
      open(Facet::origin, "its origin is not told by one of the runs");
    readings(difference, open);
    if (both_set) {
      if (left->values_known && right->values_known) {
        if (left->values != right->values) difference.differs.push_back(Facet::value);
      } else {
        result.values_not_comparable.push_back(name);
      }
    }
    if (!difference.differs.empty()) result.differences.push_back(std::move(difference));
  }

  template <typename Open>
  static void readings(VariableDifference& difference, const Open& open) {
    const Side& a = difference.sides[0];
    const Side& b = difference.sides[1];
    const bool unsure = a.reading.contains(ReadingOf::unknown) || b.reading.contains(ReadingOf::unknown);
    if (a.reading != b.reading || !sameKeys(a.places, b.places)) {
      if (unsure)
        open(Facet::reading, "a process that was not fully observed may have read it");
      else
        difference.differs.push_back(a.reading != b.reading ? Facet::reading : Facet::place);
    }
  }

  std::string wanted_;
  const std::function<VariableClass(const std::string&)>& classify_;
};

ComparedProgram joined(const ComparedRun& run, const std::vector<Chain>& chains) {
  ComparedProgram program;
  for (const Chain& chain : chains) merge(program, run.programs.at(chain));
  return program;
}

// Did a process of the program have the variable, or ask for it?
bool concerns(const ComparedProgram& program, const std::string& name) {
  auto found = program.variables.find(name);
  return found != program.variables.end() && (found->second.set_in > 0 || !found->second.reading.empty());
}

std::vector<Chain> chainsOf(const ComparedRun& run, const std::string& program) {
  std::vector<Chain> chains;
  for (const auto& [chain, of] : run.programs)
    if (program.empty() || chain.back().find(program) != std::string::npos) chains.push_back(chain);
  return chains;
}

}  // namespace

std::string_view toString(Facet value) {
  switch (value) {
    case Facet::presence:
      return "presence";
    case Facet::arrival:
      return "arrival";
    case Facet::origin:
      return "origin";
    case Facet::reading:
      return "reading";
    case Facet::place:
      return "place";
    case Facet::value:
      break;
  }
  return "value";
}

bool Comparison::differs() const {
  return std::ranges::any_of(programs, [](const ProgramComparison& of) {
    return !of.differences.empty() || of.match.first.empty() || of.match.second.empty();
  });
}

Comparison compareRuns(const ComparedRun& first, const ComparedRun& second, const std::string& wanted,
                       const std::string& program, const std::function<VariableClass(const std::string&)>& classify) {
  Comparison comparison;
  for (std::size_t i = 0; i < 2; ++i) {
    const ComparedRun& run = i == 0 ? first : second;
    comparison.runs[i] = {run.file, run.command, run.processes, run.incomplete};
  }
  Comparer comparer(wanted, classify);
  for (MatchedPrograms& match : matchPrograms(chainsOf(first, program), chainsOf(second, program))) {
    ComparedProgram left = joined(first, match.first), right = joined(second, match.second);
    const bool both = !match.first.empty() && !match.second.empty();
    if (!both && !wanted.empty() && !concerns(left, wanted) && !concerns(right, wanted)) continue;
    comparison.programs.push_back(comparer.compare(std::move(match), left, right));
  }
  return comparison;
}

}  // namespace envleak::reports
