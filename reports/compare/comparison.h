// What differs between two runs in what arrived, from where, and what was read, by program and variable.
#pragma once

#include "reports/compare/matching.h"

#include <array>
#include <functional>

namespace envleak::reports {

enum class Facet { presence, arrival, origin, reading, place, value };

std::string_view toString(Facet value);

// What one run tells of a variable of a program.
struct Side {
  std::set<Presence> presence;
  std::set<Arrival> arrival;
  Described origins;
  bool origins_known = true;
  std::set<ReadingOf> reading;
  Described places;
  std::set<std::string> values;
};

struct VariableDifference {
  std::string name;
  VariableClass classified = VariableClass::setting;
  std::vector<Facet> differs;
  std::array<Side, 2> sides;
};

// What cannot be compared, as one of the runs did not see it.
struct Undecided {
  std::string name;
  Facet facet = Facet::reading;
  std::string why;
};

struct ProgramComparison {
  MatchedPrograms match;
  std::array<std::uint64_t, 2> processes{};
  std::vector<VariableDifference> differences;  // ambient variables last
  std::vector<Undecided> undecided;
  std::vector<std::string> values_not_comparable;  // set in both
};

struct Comparison {
  struct Run {
    std::string file, command;
    std::uint64_t processes = 0;
    bool incomplete = false;
  };
  std::array<Run, 2> runs;
  std::vector<ProgramComparison> programs;  // those with nothing to tell too
  bool differs() const;
};

// `wanted`: of which variables. `program`: only those whose chain ends in a program with this part in its name.
Comparison compareRuns(const ComparedRun& first, const ComparedRun& second, const std::string& wanted,
                       const std::string& program, const std::function<VariableClass(const std::string&)>& classify);

}  // namespace envleak::reports
