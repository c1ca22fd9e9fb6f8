// A run in the form in which two are compared: by program and variable, without ids, pids and counts, as sets. So
// neither the order in which processes ran nor how many there were makes a difference.
#pragma once

#include "reports/crosscheck/report.h"

#include <nlohmann/json_fwd.hpp>

#include <map>
#include <set>
#include <string>
#include <vector>

namespace envleak::reports {

// Something told of a place: equal keys mean the same, though its lines may have moved or its folder be another one.
using Described = std::map<std::string, std::string>;  // key -> for people

enum class Presence { set, unset, unknown };
// crossed ... removed: on the edge that made the process; outside: no seen spawn made it; unknown: not compared.
enum class Arrival { crossed, added, changed, removed, outside, unknown };
// How the variable was read by one process: own, a value that it may have given itself; unread only where that is
// certain.
enum class ReadingOf { read, own, looked_at, asked, unread, unknown };

std::string_view toString(Presence value);
std::string_view toString(Arrival value);
std::string_view toString(ReadingOf value);

struct ComparedVariable {
  std::uint64_t set_in = 0;   // processes that received it
  std::set<Arrival> arrival;  // of processes that have it or whose parent had it
  Described origins;          // of processes that have it
  bool origins_known = true;  // all of them
  std::set<ReadingOf> reading;
  Described places;  // where it was read, looked at or asked for
  std::set<std::string> values;
  bool values_known = true;  // of all processes that have it
};

// The programs of the ancestors, outermost first, and the process's own: the last parts of their paths. Of more than
// `longestChain` the last ones.
constexpr std::size_t longestChain = 32;
using Chain = std::vector<std::string>;

struct ComparedProgram {
  std::uint64_t processes = 0;
  std::uint64_t unknown_in = 0;        // processes of which it is not known what they received
  bool full = true;                    // every process was fully observed
  std::set<std::string> observations;  // "imports", "blind"...: those that are not full
  std::map<std::string, ComparedVariable> variables;
};

struct ComparedRun {
  std::string file;
  std::string command;
  std::uint64_t processes = 0;
  bool incomplete = false;  // events were lost, or the recording had not ended
  std::map<Chain, ComparedProgram> programs;
};

ComparedRun comparedRunOf(const Report& report);
// Throws InputError naming the field that is missing or wrong.
ComparedRun comparedRunOf(const nlohmann::ordered_json& report);

// Adds what one program's processes were seen to do to another's.
void merge(ComparedProgram& into, const ComparedProgram& from);

// Of a name that a program's processes may not have heard of.
std::set<Presence> presenceOf(const ComparedProgram& program, const ComparedVariable* variable);
std::set<ReadingOf> readingOf(const ComparedProgram& program, const ComparedVariable* variable);

// The chain of a process below another's.
Chain extended(Chain chain, const std::string& program);

// For both forms of a run: keys and texts of places.
std::string placeKey(const std::string& file, const std::string& function, const std::string& module);
std::string placeText(const Place& place);
// Key and text of an origin; empty if it is not known.
std::pair<std::string, std::string> describeOrigin(Origin::Kind kind, const std::string& program,
                                                   const std::string& api, const Place& place);

}  // namespace envleak::reports
