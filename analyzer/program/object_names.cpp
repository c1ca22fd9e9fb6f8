// What is put in the fields of an object by other names than its variable's: by those who were given its address and
// keep it.
#include "analyzer/program/environments.h"

#include <algorithm>

namespace envleak::analyzer {

using Kind = EnvironmentValue::Kind;

// Who is given it, and whom these give it on to.
const Environments::Keepers& Environments::keepers(const std::string& variable) const {
  auto [known, added] = keepers_.try_emplace(variable);
  Keepers& keepers = known->second;
  if (!added) return keepers;
  std::set<std::pair<FunctionId, unsigned>> seen;
  std::vector<std::pair<FunctionId, unsigned>> todo;
  auto give = [&](const std::string& key, const std::vector<FunctionId>& functions, unsigned parameter) {
    keepers.functions.insert(key);
    for (FunctionId id : functions)
      if (seen.emplace(id, parameter).second) todo.emplace_back(id, parameter);
    keepers.kept |= functions.empty();  // a function that was not seen may keep it
  };
  for (const CellValue& one : graph_.valuesOf(keeperCell(variable))) {
    if (one.value.value.kind == Kind::filled)
      give(one.value.value.function, graph_.reached(one.value.value.function), one.value.value.parameter);
    else
      keepers.kept = true;
  }
  while (!todo.empty()) {
    auto [id, parameter] = todo.back();
    todo.pop_back();
    const ProgramFunction& function = graph_.functions()[id];
    keepers.kept |= function.function.broken ||
                    !graph_.valuesOf(keeperCell("p" + std::to_string(parameter) + "|" + function.function.key)).empty();
    for (const ProgramCall& call : function.calls) {
      auto handsOn = [&, of = parameter](const Argument& argument) {
        return std::ranges::any_of(argument.depends, [&](const Port& port) { return port.parameter == of && port.field.empty(); });
      };
      auto giveOn = [&](unsigned to) {
        if (!call.apis.empty() && call.callees.empty()) return;
        if (call.call.functions.empty()) keepers.kept |= call.callees.empty();
        for (const std::string& key : call.call.functions) give(key, graph_.reached(key), to);
        for (FunctionId callee : call.callees) give(graph_.functions()[callee].function.key, {callee}, to);
      };
      if (handsOn(call.call.receiver)) giveOn(thisPort);
      for (unsigned i = 0; i < call.call.arguments.size(); ++i)
        if (handsOn(call.call.arguments[i])) giveOn(i);
    }
  }
  return keepers;
}

bool Environments::isKept(const std::string& variable) const { return keepers(variable).kept; }

std::set<std::string> Environments::keepersOf(const std::string& variable) const { return keepers(variable).functions; }

bool Environments::isChangedBy(const EnvironmentValue& value, const CellValue& one) const {
  std::string changer = changerOf(value.function);
  if (changer.empty() || changer == changedIn({})) return true;
  auto [known, added] = comes_to_.try_emplace(one.function);
  std::vector<bool>& comes = known->second;
  if (added) {
    comes.resize(graph_.functions().size());
    std::vector<FunctionId> todo = graph_.definitions(one.function);
    for (FunctionId id : todo) comes[id] = true;
    while (!todo.empty()) {
      FunctionId id = todo.back();
      todo.pop_back();
      for (const ProgramCall* call : graph_.functions()[id].callers)
        if (!comes[call->caller]) comes[call->caller] = true, todo.push_back(call->caller);
    }
  }
  return std::ranges::any_of(graph_.reached(changer.substr(1)), [&](FunctionId id) { return comes[id]; });
}

bool Environments::isShared(const EnvironmentValue& value) const {
  if (!changerOf(value.function).empty())
    return std::ranges::any_of(graph_.valuesOf(value.cell), [&](const CellValue& one) { return isChangedBy(value, one); });
  if (value.cell == environCell())
    return std::ranges::any_of(graph_.valuesOf(value.cell), [&](const CellValue& one) {
      const EnvironmentValue& given = one.value.value;
      if (given.kind != Kind::filled) return true;
      std::vector<FunctionId> functions = graph_.reached(given.function);
      return functions.empty() || !std::ranges::all_of(functions, [&](FunctionId id) {
        return std::ranges::any_of(graph_.functions()[id].function.leaves_ports,
                                   [&](const Function::Left& left) { return left.port == Port{given.parameter, pointedTo}; });
      });
    });
  return !graph_.valuesOf(value.cell).empty() && (value.function.empty() || isKept(value.function));
}

EnvironmentValue Environments::withoutNames(const EnvironmentValue& value) const {
  auto vain = [&](const EnvironmentValue& part) {
    return part.kind == Kind::cell && isSharedCell(part.cell) && !isShared(part);
  };
  if (value.kind != Kind::either || std::ranges::none_of(value.arguments, vain)) return value;
  std::optional<EnvironmentValue> left;
  for (const EnvironmentValue& part : value.arguments)
    if (!vain(part)) left = left ? widest(*left, part) : part;
  if (!left) return {Kind::unknown, 0, {}, value.reason};
  left->empty_inherits |= value.empty_inherits;
  if (left->empty_trap.empty()) left->empty_trap = value.empty_trap;
  return *left;
}

std::optional<EnvironmentValue> Environments::ofShared(const EnvironmentValue& value, const std::string& null,
                                                       int depth) const {
  if (!isShared(value)) return std::nullopt;
  if (graph_.incomplete()) return EnvironmentValue{Kind::unknown, 0, {}, value.reason + ", and units were lost that may do so"};
  if (!open_cells_.insert(value.cell).second) return std::nullopt;
  std::optional<EnvironmentValue> all;
  for (const CellValue& one : graph_.valuesOf(value.cell)) {
    if (!isChangedBy(value, one)) continue;
    const std::vector<FunctionId>& functions = graph_.definitions(one.function);
    FunctionId function = functions.empty() ? 0 : functions.front();
    EnvironmentValue held = functions.empty() ? one.value.value : heldAt(one.value, function);
    EnvironmentValue inner = ofAnyCaller(held, function, null, depth + 1);
    if (inner.kind == Kind::environ) inner.kind = Kind::forwarded;
    all = all ? widest(*all, inner) : inner;
  }
  open_cells_.erase(value.cell);
  if (all) {
    all->reason = value.reason + ": " + all->reason;
    all->cases.clear();
  }
  return all;
}

}  // namespace envleak::analyzer
