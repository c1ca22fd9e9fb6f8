// Where environments come from beyond a function: its callers, what it calls, fields and global variables.
#include "analyzer/program/environments.h"

#include <algorithm>

namespace envleak::analyzer {
namespace {

using Kind = EnvironmentValue::Kind;
constexpr int depthLimit = 8;  // of functions, fields and results followed
constexpr std::size_t partsFollowed = 20'000;  // of one value

EnvironmentValue unknown(std::string reason) { return {Kind::unknown, 0, {}, std::move(reason)}; }

// Is it at most what was built for the child?
bool isBounded(const EnvironmentValue& value) { return !handsAllOn(value.kind); }

void join(std::optional<EnvironmentValue>& result, const EnvironmentValue& value) {
  result = result ? widest(*result, value) : value;
}

// A value of a function's in terms of the call that gave it `arguments`.
EnvironmentValue inCaller(const EnvironmentValue& value, const std::vector<EnvironmentValue>& arguments,
                          const std::string& what) {
  if (value.kind == Kind::parameter) {
    if (!value.field.empty() || value.parameter >= arguments.size()) return unknown(what + ", which its arguments decide");
    EnvironmentValue given = withNames(arguments[value.parameter], value.names, "the function");
    given.empty_inherits |= value.empty_inherits;
    return given;
  }
  EnvironmentValue result = value;
  result.cases.clear();  // the number that decides is not known here: what stands beside them is the widest
  for (EnvironmentValue& part : result.arguments) part = inCaller(part, arguments, what);
  return result;
}

}  // namespace

std::optional<EnvironmentValue> Environments::passedPort(const Port& port, const ProgramCall& call,
                                                         FunctionId callee_id) const {
  const Function& callee = graph_.functions()[callee_id].function;
  const Function& caller = graph_.functions()[call.caller].function;
  const Argument* argument = passedFor(call.call, caller, callee, port.parameter);
  if (!argument) return std::nullopt;
  if (port.field.empty()) {
    if (argument->environment) return heldAt(*argument->environment, call.caller);
    if (argument->number == 0) return EnvironmentValue{Kind::null, 0, {}, "the environment argument is NULL"};
    if (argument->text) return constantEntry(*argument->text, "it");
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
  const Argument* argument = passedFor(call.call, caller, callee, condition.port.parameter);
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
  parts_ = 0;
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
  if (depth > depthLimit || ++parts_ > partsFollowed) return unknown("too many functions on the way");
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
      if (isSharedCell(value.cell)) return ofShared(value, null, depth).value_or(unknown(value.reason));
      return ofCell(value, null, depth);
    case Kind::result:
      return ofResult(value, function, null, depth);
    case Kind::filled:
      return ofFilled(value, function, null, depth).value_or(EnvironmentValue{Kind::empty, 0, {}, value.reason});
    case Kind::either: {
      std::optional<EnvironmentValue> widest_of;
      for (const EnvironmentValue& part : value.arguments) {
        if (!isSharedCell(part.cell) || part.kind != Kind::cell)
          join(widest_of, resolved(part, function, null, depth));
        else if (std::optional<EnvironmentValue> others = ofShared(part, null, depth))
          join(widest_of, *others);
      }
      return widest_of.value_or(unknown(value.reason));
    }
    case Kind::together:
      return ofTogether(value, function, null, depth);
    default:
      return value;
  }
}

EnvironmentValue Environments::ofTogether(const EnvironmentValue& value, FunctionId function, const std::string& null,
                                          int depth) const {
  std::optional<EnvironmentValue> all;
  for (const EnvironmentValue& part : value.arguments) {
    std::optional<EnvironmentValue> one;
    if (part.kind == Kind::filled)
      one = ofFilled(part, function, null, depth);
    else
      one = resolved(part, function, null, depth);
    bool none = part.kind == Kind::cell && isEntriesCell(part.cell) && graph_.valuesOf(part.cell).empty();
    if (!one || (none && one->kind == Kind::empty)) continue;
    EnvironmentValue before = all.value_or(*one);
    all = all ? together(*all, *one) : *one;
    if (all->kind == one->kind && all->kind != before.kind) all->reason = one->reason;
  }
  if (!all) return unknown(value.arguments.empty() ? value.reason : value.arguments.front().reason + ", which puts nothing there");
  all->empty_inherits |= value.empty_inherits;
  if (all->empty_trap.empty()) all->empty_trap = value.empty_trap;
  return *all;
}

std::optional<EnvironmentValue> Environments::ofFilled(const EnvironmentValue& value, FunctionId function,
                                                       const std::string& null, int depth) const {
  if (depth > depthLimit || ++parts_ > partsFollowed) return unknown("too many functions on the way");
  std::vector<FunctionId> definitions = graph_.reached(value.function);
  if (definitions.empty()) return unknown(value.reason);
  if (graph_.incomplete() && definitions.size() != 1) return unknown(value.reason + ": units were lost that may define it");
  // Through recursion with the same arguments nothing more is put there.
  if (std::ranges::find(open_values_, value) != open_values_.end()) return std::nullopt;
  open_values_.push_back(value);
  std::optional<EnvironmentValue> all;
  for (FunctionId id : definitions) {
    const Function& callee = graph_.functions()[id].function;
    if (callee.broken || value.parameter >= callee.parameters) join(all, unknown(value.reason));
    for (const Function::Fill& fill : callee.fills)
      if (fill.parameter == value.parameter)
        join(all, resolved(inCaller(fill.value, value.arguments, value.reason), function, null, depth + 1));
  }
  open_values_.pop_back();
  if (all) all->reason = value.reason + ": " + all->reason;
  return all;
}

EnvironmentValue Environments::ofResult(const EnvironmentValue& value, FunctionId function, const std::string& null,
                                        int depth) const {
  std::optional<EnvironmentValue> returned;
  std::vector<FunctionId> definitions = graph_.reached(value.function);
  if (graph_.incomplete() && definitions.size() != 1) return unknown(value.reason + ": units were lost that may define it");
  if (definitions.empty()) return unknown(value.reason + " is not known");
  if (graph_.returnsBlank(value.function)) return {Kind::empty, 0, {}, value.reason + " has no entries"};
  if (!graph_.returnsFresh(value.function) && !graph_.valuesOf(resultCell(value.function)).empty())
    return unknown(value.reason + ": " + graph_.valuesOf(resultCell(value.function)).front().value.value.reason);
  bool again = std::ranges::find(open_values_, value) != open_values_.end();
  // What recursion with the same arguments returns in the end, another path of it tells.
  if (again) return {Kind::empty, 0, {}, value.reason};
  open_values_.push_back(value);
  for (FunctionId id : definitions) {
    const Function& callee = graph_.functions()[id].function;
    EnvironmentValue inner = unknown(value.reason + " is not known");
    if (callee.returns && !callee.broken)
      inner = resolved(inCaller(*callee.returns, value.arguments, value.reason), function, null, depth + 1);
    join(returned, inner);
    if (!callee.returns || callee.broken) break;
  }
  open_values_.pop_back();
  if (returned->kind == Kind::null) return unknown(value.reason + " may be NULL");
  if (!returned->reason.starts_with(value.reason)) returned->reason = value.reason + ": " + returned->reason;
  return *returned;
}

bool Environments::keepsEntries(const std::string& cell) const {
  auto [known, added] = keeps_entries_.try_emplace(cell, false);
  if (!added) return known->second;
  std::set<std::string> cells{cell};
  std::vector<std::string> todo_cells{cell};
  std::set<std::pair<FunctionId, unsigned>> parameters;
  std::vector<std::pair<FunctionId, unsigned>> todo;
  auto addParameter = [&](FunctionId function, unsigned parameter) {
    if (parameters.emplace(function, parameter).second) todo.emplace_back(function, parameter);
  };
  while (!todo_cells.empty() || !todo.empty()) {
    if (!todo_cells.empty()) {
      std::string one = std::move(todo_cells.back());
      todo_cells.pop_back();
      for (const CellValue& value : graph_.valuesOf(one)) {
        const EnvironmentValue& kept = value.value.value;
        if (handsAllOn(kept.kind)) return keeps_entries_[cell] = true;
        if (kept.kind == Kind::cell && cells.insert(kept.cell).second) todo_cells.push_back(kept.cell);
        if (kept.kind == Kind::parameter)
          for (FunctionId id : graph_.definitions(value.function)) addParameter(id, kept.parameter);
      }
      continue;
    }
    auto [function, parameter] = todo.back();
    todo.pop_back();
    for (const ProgramCall* call : graph_.functions()[function].callers) {
      const Argument* argument = passedFor(call->call, graph_.functions()[call->caller].function, graph_.functions()[function].function, parameter);
      if (!argument) continue;
      if (argument->environment && handsAllOn(argument->environment->value.kind)) return keeps_entries_[cell] = true;
      for (const Port& from : argument->depends)
        if (from.field.empty()) addParameter(call->caller, from.parameter);
    }
  }
  return false;
}

// All that the program puts there.
EnvironmentValue Environments::ofCell(const EnvironmentValue& value, const std::string& null, int depth) const {
  if (isTextCell(value.cell)) {
    if (!keepsEntries(value.cell)) return unknown(value.reason);
    EnvironmentValue kept{Kind::extended, 0, {}, value.reason + ", but all of the parent's are among those that are kept there"};
    kept.names.open = true;
    return kept;
  }
  const std::vector<CellValue>& values = graph_.valuesOf(value.cell);
  // Entries that are put in by that name: none is nothing.
  const bool entries = isEntriesCell(value.cell);
  EnvironmentValue nothing{Kind::empty, 0, {}, value.reason};
  if (entries && graph_.incomplete()) return unknown(value.reason + ", and units were lost that may change it");
  if (values.empty()) return entries ? nothing : unknown(value.reason + ", and nothing that sets it was found");
  if (!open_cells_.insert(value.cell).second) return entries ? nothing : unknown(value.reason + ", by way of itself");
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
    auto itself = [&](const EnvironmentValue& part) {
      if (part.cell != value.cell || part.names.any()) return false;
      return part.kind == Kind::cell || (part.kind == Kind::parameter && one.value.called.empty());
    };
    if (itself(held)) continue;
    if (held.kind == Kind::either || held.kind == Kind::together) std::erase_if(held.arguments, itself);
    EnvironmentValue inner = ofAnyCaller(held, function, null, depth + 1);
    if (inner.kind == Kind::environ) inner.kind = Kind::forwarded;
    // NULL stands for "not set yet" where something else is put there as well.
    if (entries)
      all = all ? together(*all, inner) : inner;
    else
      join(all, inner);
  }
  open_cells_.erase(value.cell);
  if (!all) return entries ? nothing : unknown(value.reason + ", and nothing that sets it was found");
  if (graph_.incomplete() && isBounded(*all)) return unknown(value.reason + ", and units were lost that may set it");
  all->reason = value.reason + ": " + all->reason;
  all->cases.clear();
  return *all;
}

// Whatever the function is called with.
EnvironmentValue Environments::ofAnyCaller(const EnvironmentValue& value, FunctionId function, const std::string& null,
                                           int depth) const {
  EnvironmentValue inner = resolved(value, function, null, depth);
  return isOfCaller(inner) ? ofCallers(inner, function, null, depth) : inner;
}

EnvironmentValue Environments::ofCallers(const EnvironmentValue& value, FunctionId function, const std::string& null,
                                         int depth) const {
  const ProgramFunction& of = graph_.functions()[function];
  if (depth > depthLimit || of.callers.empty() || of.address_taken) return unknown(value.reason);
  std::optional<EnvironmentValue> all;
  for (const ProgramCall* call : of.callers) {
    join(all, ofAnyCaller(passed(value, *call, function, depth + 1), call->caller, null, depth + 1));
    if (all->kind == Kind::inherited || all->kind == Kind::forwarded) break;
  }
  return *all;
}

}  // namespace envleak::analyzer
