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
bool isBounded(const EnvironmentValue& value) {
  return value.kind != Kind::inherited && value.kind != Kind::environ && value.kind != Kind::forwarded &&
         value.kind != Kind::extended;
}

void join(std::optional<EnvironmentValue>& result, const EnvironmentValue& value) {
  result = result ? widest(*result, value) : value;
}

}  // namespace

Environments::Environments(const CallGraph& graph) : graph_(graph), entries_(graph.functions().size()), left_(graph.functions().size()) {
  findNamed();
  findLeft();
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
          if (value.kind == Kind::parameter || !decided)
            value = unknown("a caller of '" + call->call.function + "' decides what 'environ' is");
          join(entry, value);
          if (!isBounded(*entry)) break;
        }
        if (entry && isBounded(*entry)) entries_[id] = std::move(entry);
      }
  }
}

EnvironmentValue Environments::environAt(const EnvironmentState& state, FunctionId function, bool* narrowed) const {
  EnvironmentValue value = stateAt(state, function, narrowed, 0);
  if (value.kind != Kind::inherited || !entries_[function] || *narrowed) return value;
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
  EnvironmentValue value = state.value;
  *narrowed = state.narrowed_on_some_path;
  for (const EnvironmentState::Called& called : state.called) {
    EnvironmentValue after = value;
    std::string name;
    if (std::optional<Added> added = addedBy(called, &name))
      after = withAdded(value, *added, called.name, name);
    else if (depth > depthLimit)
      after = isBounded(value) ? unknown("too many calls on the way") : value;
    else
      after = afterCall(called, value, function, depth, narrowed);
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
      addNames(named_[id], leaves->value.names);
      for (const EnvironmentState::Called& called : leaves->called) {
        std::string name;
        if (std::optional<Added> what = addedBy(called, &name))
          addNames(named_[id], withAdded({Kind::inherited}, *what, called.name, name).names);
        else if (!called.place)
          for (FunctionId callee : graph_.reached(called.function)) addNames(named_[id], before[callee]);
      }
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
          left.value = stateAt(*function.function.leaves, id, &left.narrowed, 0);
          if (left.value == left_[id].value && left.narrowed == left_[id].narrowed) continue;
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
    same = value.kind == Kind::inherited;
    if (same) *narrowed |= left.narrowed;
    // As it was, perhaps with more variables: most functions.
    if (same && value.cases.empty() && (!isBounded(before) || (!left.narrowed && !value.names.any()))) {
      EnvironmentValue result = before;
      addNames(result.names, named_[id]);
      return result;
    }
    if (value.kind == Kind::parameter || value.kind == Kind::result || value.kind == Kind::cell) value.kind = Kind::unknown;
    // A flag of the callee's chooses: of its calls the one that lets most through.
    value.cases.clear();
    if (!same) value.reason = "'" + called.name + "' was called before: " + value.reason;
  }
  // It only calls others, or adds: what these make of what was there before.
  const bool through = leaves && !callee.function.broken && leaves->value.kind == Kind::inherited &&
                       leaves->value.cases.empty() && !leaves->narrowed_on_some_path;
  if (through && same && ++steps_ < stepLimit) {
    EnvironmentState from = *leaves;
    from.value = before;
    for (const std::string& name : leaves->value.names.set) from.value = withAdded(from.value, callee.function.adds, called.name, name);
    for (const std::string& name : leaves->value.names.unset) from.value = withRemoved(from.value, called.name, name);
    if (leaves->value.names.open) from.value = withAdded(from.value, Added::unknown_name, called.name);
    bool partly = false;
    return stateAt(from, id, &partly, depth + 1);
  }
  // Not replaced on every path: what was there is left, with what the function adds.
  if (leaves && !same && !callee.function.broken) return value;
  if (!isBounded(before)) {
    EnvironmentValue result = before;
    if (same) addNames(result.names, value.names);
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
  for (const Function::Left& one : callee.function.leaves_ports) {
    if (one.port.parameter != called.port.parameter || !isFieldOf(called.port.field, one.port.field)) continue;
    if (!left || one.port.field.size() > left->port.field.size()) left = &one;
  }
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
  if (value.kind == Kind::parameter || !value.cases.empty() || value.kind == Kind::result)
    for (const ProgramCall& call : graph_.functions()[function].calls)
      if (std::ranges::find(call.callees, id) != call.callees.end()) join(given, passed(value, call, id, depth + 1));
  if (given) value = *given;
  if (value.kind != Kind::parameter) value.reason = "'" + called.name + "' was called before: " + value.reason;
  return value;
}

std::optional<EnvironmentValue> Environments::passedPort(const Port& port, const ProgramCall& call,
                                                         FunctionId callee_id) const {
  const Function& callee = graph_.functions()[callee_id].function;
  const Function& caller = graph_.functions()[call.caller].function;
  const Argument* argument = passedFor(call.call, callee, port.parameter);
  if (!argument) return std::nullopt;
  if (port.field.empty()) {
    if (argument->environment) return heldAt(*argument->environment, call.caller);
    if (argument->number == 0) return EnvironmentValue{Kind::null, 0, {}, "the environment argument is NULL"};
    return std::nullopt;
  }
  // The field itself, else the whole that it is part of.
  const EnvironmentState* state = nullptr;
  std::string rest, longest;
  for (const Argument::Field& field : argument->fields)
    if (field.environment && isFieldOf(port.field, field.path) && (!state || field.path.size() > longest.size())) {
      state = &*field.environment;
      longest = field.path;
    }
  if (!state && argument->environment) state = &*argument->environment;
  if (state) {
    isFieldOf(port.field, longest, &rest);
    EnvironmentState part = *state;
    for (EnvironmentState::Called& called : part.called) called.port.field = joinedFields(called.port.field, rest);
    if (part.value.kind == Kind::parameter) {
      Port from = fieldOf(caller, {part.value.parameter, part.value.field}, rest);
      part.value.field = from.field;
    }
    return heldAt(part, call.caller);
  }
  for (const Port& from : argument->depends) {
    Port whole = fieldOf(caller, from, port.field);
    if (whole.field == from.field && !port.field.empty()) continue;
    return EnvironmentValue{Kind::parameter, whole.parameter, {}, "field '" + port.field + "' of what its caller passes decides",
                            whole.field};
  }
  return std::nullopt;
}

std::optional<bool> Environments::holds(const Condition& condition, const ProgramCall& call, FunctionId callee_id,
                                        std::optional<Condition>* of_caller) const {
  const Function& callee = graph_.functions()[callee_id].function;
  const Function& caller = graph_.functions()[call.caller].function;
  const Argument* argument = passedFor(call.call, callee, condition.port.parameter);
  if (!argument) return std::nullopt;
  const Passed* passed_value = argument;
  if (!condition.port.field.empty()) {
    auto field = std::ranges::find(argument->fields, condition.port.field, &Argument::Field::path);
    bool zero = argument->environment && argument->environment->value.kind == Kind::null;
    if (field == argument->fields.end() && zero) return condition.holds(0);
    passed_value = field == argument->fields.end() ? nullptr : &*field;
  }
  if (passed_value && passed_value->number) return condition.holds(*passed_value->number);
  using Relation = Condition::Relation;
  bool null_test = condition.number == 0 && (condition.relation == Relation::equal || condition.relation == Relation::not_equal);
  if (passed_value && null_test) {
    // Something that is not NULL.
    if (passed_value->text) return condition.relation == Relation::not_equal;
    if (passed_value->environment) {
      EnvironmentValue value = heldAt(*passed_value->environment, call.caller);
      if (value.kind == Kind::null) return condition.holds(0);
      bool some = value.kind == Kind::environ || value.kind == Kind::forwarded || value.kind == Kind::extended ||
                  value.kind == Kind::empty || value.kind == Kind::explicit_ || value.kind == Kind::filtered;
      if (some) return condition.relation == Relation::not_equal;
    }
  }
  if (argument->depends.size() == 1) {
    *of_caller = condition;
    (*of_caller)->port = fieldOf(caller, argument->depends.front(), condition.port.field);
  }
  return std::nullopt;
}

EnvironmentValue Environments::passed(const EnvironmentValue& value, const ProgramCall& call, FunctionId callee) const {
  return passed(value, call, callee, 0);
}

EnvironmentValue Environments::passed(const EnvironmentValue& value, const ProgramCall& call, FunctionId callee,
                                      int depth) const {
  if (depth > depthLimit) return unknown("too many calls on the way");
  if (!value.cases.empty()) {
    std::vector<EnvironmentCase> left;
    for (const EnvironmentCase& one : value.cases) {
      std::optional<Condition> of_caller;
      std::optional<bool> decided = holds(one.condition, call, callee, &of_caller);
      if (decided == true) return passed(one.value, call, callee, depth + 1);
      if (decided == false) continue;
      if (of_caller) left.push_back({*of_caller, passed(one.value, call, callee, depth + 1)});
    }
    EnvironmentValue result;
    if (left.size() == value.cases.size() && left.size() == 2) return chosen(left[0].condition, left[0].value, left[1].value);
    std::optional<EnvironmentValue> all;
    for (const EnvironmentCase& one : value.cases) join(all, passed(one.value, call, callee, depth + 1));
    return *all;
  }
  if (value.kind == Kind::parameter) {
    if (std::optional<EnvironmentValue> given = passedPort({value.parameter, value.field}, call, callee)) {
      EnvironmentValue result = withNames(*given, value.names, call.call.callee);
      result.empty_inherits |= value.empty_inherits;
      if (result.empty_trap.empty()) result.empty_trap = value.empty_trap;
      return result;
    }
    if (!value.cell.empty())
      return {Kind::cell, 0, {}, "what '" + value.field + "' holds decides", {}, value.cell};
    return unknown("the argument is not known to be an environment");
  }
  EnvironmentValue result = value;
  for (EnvironmentValue& argument : result.arguments) argument = passed(argument, call, callee, depth + 1);
  return result;
}

EnvironmentValue Environments::resolved(const EnvironmentValue& value, FunctionId function,
                                        const std::string& null) const {
  EnvironmentValue result = resolved(value, function, null, 0);
  bool inherits = value.empty_inherits || result.empty_inherits;
  if (result.kind == Kind::empty && inherits) {
    result.kind = Kind::inherited;
    result.trap = value.empty_trap.empty() ? result.empty_trap : value.empty_trap;
  } else if (inherits) {
    result.empty_inherits = true;
    if (result.empty_trap.empty()) result.empty_trap = value.empty_trap;
  }
  return result;
}

EnvironmentValue Environments::resolved(const EnvironmentValue& value, FunctionId function, const std::string& null,
                                        int depth) const {
  EnvironmentValue result = value;
  if (depth > depthLimit) return unknown("too many functions on the way");
  if (!value.cases.empty()) {
    std::vector<EnvironmentCase> cases = value.cases;
    for (EnvironmentCase& one : cases) one.value = resolved(one.value, function, null, depth + 1);
    if (cases.size() == 2) {
      EnvironmentValue both = chosen(cases[0].condition, cases[0].value, cases[1].value);
      if (both.kind == value.kind && !value.reason.empty()) both.reason = value.reason;
      return both;
    }
  }
  switch (value.kind) {
    case Kind::null:
      if (null.empty()) return value;
      result.kind = null == "inherited" ? Kind::inherited : Kind::empty;
      result.reason += null == "inherited" ? ", which inherits" : ", which is an empty environment on Linux";
      return result;
    case Kind::unset:
      result.kind = Kind::unknown;
      return result;
    case Kind::cell:
      return ofCell(value, null, depth);
    case Kind::result: {
      std::optional<EnvironmentValue> returned;
      std::vector<FunctionId> definitions = graph_.reached(value.function);
      if (graph_.incomplete() && definitions.size() != 1) return unknown(value.reason + ": units were lost that may define it");
      if (!graph_.valuesOf(resultCell(value.function)).empty())
        return unknown(value.reason + ": " + graph_.valuesOf(resultCell(value.function)).front().value.value.reason);
      for (FunctionId id : definitions) {
        const Function& callee = graph_.functions()[id].function;
        if (!callee.returns || callee.broken) return unknown(value.reason + " is not known");
        EnvironmentValue inner = *callee.returns;
        if (inner.kind == Kind::parameter && inner.field.empty() && inner.parameter < value.arguments.size())
          inner = value.arguments[inner.parameter];
        else if (inner.kind == Kind::parameter)
          return unknown(value.reason + ", which its arguments decide");
        join(returned, resolved(inner, id, null, depth + 1));
      }
      if (!returned) return unknown(value.reason + " is not known");
      if (returned->kind == Kind::null) return unknown(value.reason + " may be NULL");
      returned->reason = value.reason + ": " + returned->reason;
      return *returned;
    }
    default:
      return value;
  }
}

// All that the program puts there.
EnvironmentValue Environments::ofCell(const EnvironmentValue& value, const std::string& null, int depth) const {
  const std::vector<CellValue>& values = graph_.valuesOf(value.cell);
  if (values.empty()) return unknown(value.reason + ", and nothing that sets it was found");
  if (!open_cells_.insert(value.cell).second) return unknown(value.reason + ", by way of itself");
  std::optional<EnvironmentValue> all;
  // A constructor that sets it leaves nothing of how it is made.
  bool constructed = std::ranges::any_of(values, [&](const CellValue& one) {
    return std::ranges::any_of(graph_.definitions(one.function), [&](FunctionId id) {
      return graph_.functions()[id].function.isConstructor();
    });
  });
  for (const CellValue& one : values) {
    const std::vector<FunctionId>& functions = graph_.definitions(one.function);
    FunctionId function = functions.empty() ? 0 : functions.front();
    if (one.function.empty() && constructed) continue;
    EnvironmentValue held = functions.empty() ? one.value.value : heldAt(one.value, function);
    // By way of itself it stays what it is.
    if (held.kind == Kind::cell && held.cell == value.cell) continue;
    if (held.kind == Kind::parameter && held.cell == value.cell && held.names.any() == false && one.value.called.empty()) continue;
    EnvironmentValue inner = resolved(held, function, null, depth + 1);
    if (inner.kind == Kind::parameter) inner = ofCallers(inner, function, null, depth + 1);
    if (inner.kind == Kind::environ) inner.kind = Kind::forwarded;
    // NULL stands for "not set yet" where something else is put there as well.
    join(all, inner);
  }
  open_cells_.erase(value.cell);
  if (!all) return unknown(value.reason + ", and nothing that sets it was found");
  if (graph_.incomplete() && isBounded(*all)) return unknown(value.reason + ", and units were lost that may set it");
  all->reason = value.reason + ": " + all->reason;
  all->cases.clear();
  return *all;
}

// A parameter, whatever its function is called with.
EnvironmentValue Environments::ofCallers(const EnvironmentValue& value, FunctionId function, const std::string& null,
                                         int depth) const {
  const ProgramFunction& of = graph_.functions()[function];
  if (depth > depthLimit || of.callers.empty() || of.address_taken) return unknown(value.reason);
  std::optional<EnvironmentValue> all;
  for (const ProgramCall* call : of.callers) {
    EnvironmentValue inner = resolved(passed(value, *call, function, depth + 1), call->caller, null, depth + 1);
    if (inner.kind == Kind::parameter) inner = ofCallers(inner, call->caller, null, depth + 1);
    join(all, inner);
    if (all->kind == Kind::inherited || all->kind == Kind::forwarded) break;
  }
  return *all;
}

}  // namespace envleak::analyzer
