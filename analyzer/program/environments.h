// What environments are in the end: through the functions that were called before, the callers, and what the program
// puts in fields and global variables.
#pragma once

#include "analyzer/program/call_graph.h"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace envleak::analyzer {

class Environments {
 public:
  explicit Environments(const CallGraph& graph);

  // `environ` at a point of the function. `narrowed`: it is cleared or replaced on some paths only.
  EnvironmentValue environAt(const EnvironmentState& state, FunctionId function, bool* narrowed) const;
  // What a variable, field or object holds at a point of the function.
  EnvironmentValue heldAt(const EnvironmentState& state, FunctionId function) const;
  // Results of functions, fields and global variables followed to what they are; `null`: what NULL means to the API
  // ("inherited" or "empty"; nothing: NULL stays). What is left is a class, or a parameter of the function, or unknown.
  EnvironmentValue resolved(const EnvironmentValue& value, FunctionId function, const std::string& null) const;
  // Does every caller seen so far replace `environ` before it calls the function?
  bool hasNarrowEntry(FunctionId function) const { return entries_[function].has_value(); }
  // Does a call of the function leave something else in `environ` than was there?
  bool replacesEnviron(FunctionId function) const;
  // Changes of single variables are told if they are made at most so many calls down. Further down lies most of a
  // program, and no class gets narrower by them.
  static constexpr unsigned callsFollowedForNames = 3;
  // May `environ` have other or more variables after a call of the function than before?
  bool changesEnviron(FunctionId function) const;
  // Does one of the functions that are given the address of the variable keep it, as far as they were seen?
  bool isKept(const std::string& variable) const;
  // Keys of these functions, and of those that they give it on to.
  std::set<std::string> keepersOf(const std::string& variable) const;
  // A value of the callee's in terms of the caller, as far as the call tells.
  EnvironmentValue passed(const EnvironmentValue& value, const ProgramCall& call, FunctionId callee) const;

 private:
  EnvironmentValue stateAt(const EnvironmentState& state, FunctionId function, bool* narrowed, int depth) const;
  EnvironmentValue afterCall(const EnvironmentState::Called& called, const EnvironmentValue& before,
                             FunctionId function, int depth, bool* narrowed) const;
  EnvironmentValue environAfter(const ProgramFunction& callee, FunctionId id, const EnvironmentState::Called& called,
                                const EnvironmentValue& before, int depth, bool* narrowed) const;
  EnvironmentValue heldAfter(const ProgramFunction& callee, FunctionId id, const EnvironmentState::Called& called,
                             const EnvironmentValue& before, FunctionId function, int depth) const;
  EnvironmentValue resolved(const EnvironmentValue& value, FunctionId function, const std::string& null,
                            int depth) const;
  EnvironmentValue passed(const EnvironmentValue& value, const ProgramCall& call, FunctionId callee, int depth) const;
  std::optional<EnvironmentValue> passedPort(const Port& port, const ProgramCall& call, FunctionId callee) const;
  std::optional<bool> holds(const Condition& condition, const ProgramCall& call, FunctionId callee,
                            std::optional<Condition>* of_caller) const;
  EnvironmentValue ofResult(const EnvironmentValue& value, FunctionId function, const std::string& null,
                            int depth) const;
  // nullopt: nothing is put there.
  std::optional<EnvironmentValue> ofFilled(const EnvironmentValue& value, FunctionId function, const std::string& null,
                                           int depth) const;
  EnvironmentValue ofTogether(const EnvironmentValue& value, FunctionId function, const std::string& null,
                              int depth) const;
  // Do all entries of the parent's environment find their way into the texts that the cell tells of?
  bool keepsEntries(const std::string& cell) const;
  // By other names of an object; nullopt: nothing is, or it has none.
  std::optional<EnvironmentValue> ofShared(const EnvironmentValue& value, const std::string& null, int depth) const;
  bool isShared(const EnvironmentValue& value) const;
  // Does the function that the shared value tells of come to the one that puts this there?
  bool isChangedBy(const EnvironmentValue& value, const CellValue& one) const;
  // Without what is never put there by another name.
  EnvironmentValue withoutNames(const EnvironmentValue& value) const;
  EnvironmentValue ofCell(const EnvironmentValue& value, const std::string& null, int depth) const;
  EnvironmentValue ofAnyCaller(const EnvironmentValue& value, FunctionId function, const std::string& null,
                               int depth) const;
  EnvironmentValue ofCallers(const EnvironmentValue& value, FunctionId function, const std::string& null,
                             int depth) const;
  void findEntries();
  // What `environ` is after the function, in terms of what it was before.
  struct Left {
    EnvironmentValue value{EnvironmentValue::Kind::inherited};
    bool narrowed = false;
    bool opaque = false;  // it comes to a function that was not seen
    bool operator==(const Left&) const = default;
  };
  void findLeft();
  // The variables that a call of each function changes by name, or one of the functions that it calls in turn.
  void findNamed();

  const CallGraph& graph_;
  // What `environ` is when the function begins, if every caller has replaced it before.
  std::vector<std::optional<EnvironmentValue>> entries_;
  mutable std::set<std::string> open_cells_;  // being followed
  mutable std::vector<EnvironmentValue> open_values_;
  mutable std::size_t parts_ = 0;
  mutable std::map<std::string, bool> keeps_entries_;  // by cell
  struct Keepers {
    bool kept = false;
    std::set<std::string> functions;
  };
  const Keepers& keepers(const std::string& variable) const;
  mutable std::map<std::string, Keepers> keepers_;  // by variable
  mutable std::map<std::string, std::vector<bool>> comes_to_;  // which functions come to the one of this key
  std::vector<Left> left_;
  std::vector<NamedVariables> named_;
  bool left_found_ = false;
  mutable bool opaque_ = false;  // was there a function that was not seen among those gone through?
  mutable std::size_t steps_ = 0;
};

}  // namespace envleak::analyzer
