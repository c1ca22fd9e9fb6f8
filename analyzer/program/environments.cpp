#include "analyzer/program/environments.h"

#include "analyzer/frontend/environment_state.h"

#include <algorithm>

namespace envleak::analyzer {
namespace {

using Kind = EnvironmentValue::Kind;
constexpr int depthLimit = 8;  // of functions, fields and results followed
constexpr int roundLimit = 8;    // for functions that call each other
constexpr std::size_t stepLimit = 200'000;  // callees gone through a second time

EnvironmentValue unknown(std::string reason) { return {Kind::unknown, 0, {}, std::move(reason)}; }

// Is it at most what was built for the child?
bool isBounded(const EnvironmentValue& value) { return !handsAllOn(value.kind); }

void join(std::optional<EnvironmentValue>& result, const EnvironmentValue& value) {
  result = result ? widest(*result, value) : value;
}

}  // namespace

Environments::Environments(const CallGraph& graph) : graph_(graph), entries_(graph.functions().size()), left_(graph.functions().size()) {
  findNamed();
  findLeft();
  left_found_ = true;
  findEntries();
}

// Callers first: in a group of functions that call each other, a caller that is not known yet decides nothing.
void Environments::findEntries() {
  if (graph_.incomplete()) return;  // a caller may be lost
  for (auto group = graph_.groups().rbegin(); group != graph_.groups().rend(); ++group) {
    for (int round = 0; round < 3; ++round)
      for (FunctionId id : *group) {
        const ProgramFunction& function = graph_.functions()[id];
        entries_[id].reset();
        if (function.address_taken || function.callers.empty()) continue;
        std::optional<EnvironmentValue> entry;
        for (const ProgramCall* call : function.callers) {
          if (!call->call.environment.reachable) continue;
          bool narrowed = false;
          EnvironmentValue value = environAt(call->call.environment, call->caller, &narrowed);
          if (isBounded(value) && value.kind != Kind::unknown)
            value.reason = "'" + call->call.function + "' has replaced 'environ' before: " + value.reason;
          bool decided = std::ranges::none_of(value.cases, [](const EnvironmentCase& one) { return isBounded(one.value); });
          EnvironmentValue widest_of = value;
          widest_of.cases.clear();
          if (isOfCaller(widest_of) || !decided)
            value = unknown("a caller of '" + call->call.function + "' decides what 'environ' is");
          join(entry, value);
          if (!isBounded(*entry)) break;
        }
        if (entry && isBounded(*entry)) entries_[id] = std::move(entry);
      }
  }
}

EnvironmentValue Environments::environAt(const EnvironmentState& state, FunctionId function, bool* narrowed) const {
  opaque_ = false;
  EnvironmentValue value = stateAt(state, function, narrowed, 0);
  if (value.kind != Kind::inherited || !entries_[function] || *narrowed) return value;
  if (opaque_) return unknown("a function that was not seen, called in between, may bring the parent's environment back");
  // A function of many calls, which are not followed one by one.
  const ProgramFunction& of = graph_.functions()[function];
  if (of.changes_environ && !of.function.leaves)
    return unknown("a function that '" + of.function.name + "' calls in between may bring the parent's environment back");
  EnvironmentValue entry = *entries_[function];
  for (const std::string& name : value.names.set) entry = withAdded(entry, Added::from_parent, "setenv", name);
  if (value.names.open) entry = withAdded(entry, Added::unknown_name, "setenv");
  return entry;
}

bool Environments::replacesEnviron(FunctionId function) const {
  const std::optional<EnvironmentState>& leaves = graph_.functions()[function].function.leaves;
  bool narrowed = false;
  return leaves && graph_.functions()[function].changes_environ &&
         (stateAt(*leaves, function, &narrowed, 0).kind != Kind::inherited || narrowed);
}

bool Environments::changesEnviron(FunctionId function) const {
  const std::optional<EnvironmentState>& leaves = graph_.functions()[function].function.leaves;
  if (!leaves || !graph_.functions()[function].changes_environ) return false;
  bool narrowed = false;
  EnvironmentValue value = stateAt(*leaves, function, &narrowed, 0);
  return value.kind != Kind::inherited || narrowed || value.names.any() || !value.cases.empty();
}

EnvironmentValue Environments::heldAt(const EnvironmentState& state, FunctionId function) const {
  bool narrowed = false;
  return stateAt(state, function, &narrowed, 0);
}

EnvironmentValue Environments::stateAt(const EnvironmentState& state, FunctionId function, bool* narrowed,
                                       int depth) const {
  EnvironmentValue value = withoutNames(state.value);
  *narrowed = state.narrowed_on_some_path;
  for (const EnvironmentState::Called& called : state.called) {
    EnvironmentValue after = value;
    std::string name;
    if (std::optional<Added> added = addedBy(called, &name)) {
      after = withAdded(value, *added, called.name, name);
    } else if (std::optional<std::string> removed = removedBy(called)) {
      after = withRemoved(value, called.name, *removed);
    } else if (std::optional<EnvironmentValue> others = sharedBy(called)) {
      if (!isShared(*others)) continue;
      *narrowed |= others->cell == environCell();  // not as it was before, as far as that is known
      value = widest(value, others->cell == environCell() ? unknown("the address of 'environ' is kept elsewhere") : *others);
      continue;
    } else if (depth > depthLimit) {
      after = isBounded(value) ? unknown("too many calls on the way") : value;
    } else {
      after = afterCall(called, value, function, depth, narrowed);
    }
    if (!called.always) {
      *narrowed |= value.kind == Kind::inherited && after.kind != Kind::inherited;
      after = widest(value, after);
    } else if (after.kind != Kind::inherited) {
      *narrowed = false;
    }
    value = after;
  }
  return value;
}

// What a call of any of the definitions makes of the value.
EnvironmentValue Environments::afterCall(const EnvironmentState::Called& called, const EnvironmentValue& before,
                                         FunctionId function, int depth, bool* narrowed) const {
  std::vector<FunctionId> definitions = graph_.reached(called.function);
  if (definitions.empty()) {
    if (called.library) return before;
    opaque_ |= !called.place;
    if (!isBounded(before)) return before;
    if (called.place) return unknown("what '" + called.name + "', called in between, puts there is not known");
    return unknown("what '" + called.name + "', called in between, does to 'environ' is not known");
  }
  std::optional<EnvironmentValue> after;
  for (FunctionId id : definitions) {
    const ProgramFunction& callee = graph_.functions()[id];
    join(after, called.place ? heldAfter(callee, id, called, before, function, depth)
                             : environAfter(callee, id, called, before, depth, narrowed));
  }
  return *after;
}

void Environments::findNamed() {
  named_.resize(graph_.functions().size());
  for (unsigned calls = 0; calls < callsFollowedForNames; ++calls) {
    const std::vector<NamedVariables> before = named_;
    for (FunctionId id = 0; id < named_.size(); ++id) {
      const std::optional<EnvironmentState>& leaves = graph_.functions()[id].function.leaves;
      if (!leaves) continue;
      NamedVariables names = leaves->value.names;
      for (const EnvironmentState::Called& called : leaves->called) {
        std::string name;
        NamedVariables more;
        if (std::optional<Added> what = addedBy(called, &name)) {
          more = withAdded({Kind::inherited}, *what, called.name, name).names;
        } else if (std::optional<std::string> removed = removedBy(called)) {
          more.unset = {*removed};
        } else if (!called.place) {
          std::vector<FunctionId> callees = graph_.reached(called.function);
          for (FunctionId callee : callees) addNames(more, inTermsOf(before[callee], called.names));
          if (callees.size() > 1) more.unset.clear();
        }
        if (!called.always) more.unset.clear();
        names = changedAfter(std::move(names), more);
      }
      named_[id] = std::move(names);
    }
  }
}

// What each function leaves in `environ`, called ones before their callers; of functions that call each other, and of
// those that run without a call in the text, in rounds.
void Environments::findLeft() {
  bool changed = true;
  for (int pass = 0; changed && pass < roundLimit; ++pass) {
    changed = false;
    for (const std::vector<FunctionId>& group : graph_.groups()) {
      bool again = true;
      for (int round = 0; again && round < roundLimit; ++round) {
        again = false;
        for (FunctionId id : group) {
          const ProgramFunction& function = graph_.functions()[id];
          if (!function.function.leaves || !function.changes_environ) continue;
          Left left;
          opaque_ = false;
          left.value = stateAt(*function.function.leaves, id, &left.narrowed, 0);
          left.opaque = opaque_;
          if (left == left_[id]) continue;
          left_[id] = std::move(left);
          again = changed = true;
        }
      }
    }
  }
}

EnvironmentValue Environments::environAfter(const ProgramFunction& callee, FunctionId id,
                                            const EnvironmentState::Called& called, const EnvironmentValue& before,
                                            int depth, bool* narrowed) const {
  if (!callee.changes_environ) return before;
  const std::optional<EnvironmentState>& leaves = callee.function.leaves;
  EnvironmentValue value = before;
  bool same = false;
  if (leaves && !callee.function.broken) {
    const Left& left = left_[id];
    value = left.value;
    value.names = inTermsOf(value.names, called.names);
    same = value.kind == Kind::inherited;
    if (same) *narrowed |= left.narrowed;
    opaque_ |= left.opaque;
    // As it was, perhaps with more variables: most functions.
    bool untouched = !left.narrowed && !left.opaque && !value.names.any();
    if (same && value.cases.empty() && (!isBounded(before) || untouched)) {
      EnvironmentValue result = before;
      result.names = changedAfter(std::move(result.names), inTermsOf(named_[id], called.names));
      return result;
    }
    bool deferred = value.kind == Kind::parameter || value.kind == Kind::result || value.kind == Kind::cell ||
                    value.kind == Kind::filled || value.kind == Kind::either || value.kind == Kind::together;
    // Not before all is known that functions leave.
    if (deferred && left_found_ && !isOfCaller(value)) {
      value = resolved(value, id, {}, depth + 1);
      deferred = value.kind == Kind::null || value.kind == Kind::parameter;
    }
    if (deferred) value = unknown(value.reason);
    // A flag of the callee's chooses: of its calls the one that lets most through.
    value.cases.clear();
    if (!same) value.reason = "'" + called.name + "' was called before: " + value.reason;
  }
  // It only calls others, or adds: what these make of what was there before.
  const bool through = leaves && !callee.function.broken && leaves->value.kind == Kind::inherited &&
                       leaves->value.cases.empty() && !leaves->narrowed_on_some_path;
  if (through && same && ++steps_ < stepLimit) {
    EnvironmentState from = inTermsOf(*leaves, called.names);
    from.value = before;  // with the names of `leaves`, one by one
    for (const std::string& name : leaves->value.names.set) {
      // A name that the call gives is one variable, and no more than the parent's.
      std::string given = inTermsOf(name, called.names);
      bool by_call = !given.empty() && given != name && callee.function.adds != Added::other;
      from.value = withAdded(from.value, by_call ? Added::from_parent : callee.function.adds, called.name, given);
    }
    for (const std::string& name : leaves->value.names.unset)
      from.value = withRemoved(from.value, called.name, inTermsOf(name, called.names));
    if (leaves->value.names.open) from.value = withAdded(from.value, Added::unknown_name, called.name);
    bool partly = false;
    return stateAt(from, id, &partly, depth + 1);
  }
  // Not replaced on every path: what was there is left, with what the function adds.
  if (leaves && !same && !callee.function.broken) return value;
  if (!isBounded(before)) {
    EnvironmentValue result = before;
    if (same) result.names = changedAfter(std::move(result.names), value.names);
    return result;
  }
  bool only_adds = leaves && leaves->called.empty() && callee.function.adds != Added::other;
  if (only_adds) return withAdded(before, callee.function.adds, called.name);
  return unknown("what '" + called.name + "', called in between, does to 'environ' is not known");
}

EnvironmentValue Environments::heldAfter(const ProgramFunction& callee, FunctionId id,
                                         const EnvironmentState::Called& called, const EnvironmentValue& before,
                                         FunctionId function, int depth) const {
  const Function::Left* left = nullptr;
  std::string rest;
  const bool environ = called.port.field == pointedTo;
  for (const Function::Left& one : callee.function.leaves_ports) {
    if (one.port.parameter != called.port.parameter || !isFieldOf(called.port.field, one.port.field)) continue;
    if (environ && one.port.field != pointedTo) continue;
    if (!left || one.port.field.size() > left->port.field.size()) left = &one;
  }
  if (environ && (!left || callee.function.broken))
    return isBounded(before) ? unknown("what '" + called.name + "' does with the address of 'environ' is not followed") : before;
  if (!left) return callee.function.broken && isBounded(before) ? unknown("'" + called.name + "' has errors") : before;
  isFieldOf(called.port.field, left->port.field, &rest);
  bool narrowed = false;
  EnvironmentValue value = stateAt(left->environment, id, &narrowed, depth + 1);
  if (value.kind == Kind::parameter && !rest.empty()) value.field = joinedFields(value.field, rest);
  if (value.kind == Kind::parameter && value.parameter == called.port.parameter && value.field == called.port.field)
    return withNames(before, value.names, called.name);
  if (value.kind == Kind::unset) return before;
  // What it was given in this function's calls.
  std::optional<EnvironmentValue> given;
  if (isOfCaller(value) || value.kind == Kind::result)
    for (const ProgramCall& call : graph_.functions()[function].calls)
      if (std::ranges::find(call.callees, id) != call.callees.end()) join(given, passed(value, call, id, depth + 1));
  if (given) value = *given;
  if (environ && value.kind == Kind::null) value = {Kind::empty, 0, {}, "'environ' is set to NULL"};
  if (environ && value.kind == Kind::parameter) value = unknown(value.reason);
  if (value.kind != Kind::parameter) value.reason = "'" + called.name + "' was called before: " + value.reason;
  return value;
}

}  // namespace envleak::analyzer
