#include "analyzer/program/call_graph.h"

#include "analyzer/frontend/environment_state.h"
#include "analyzer/program/callbacks.h"

#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/strong_components.hpp>

#include <algorithm>
#include <tuple>

namespace envleak::analyzer {
namespace {

void mergePassed(Passed& into, const Passed& other) {
  addPorts(into.depends, other.depends);
  if (into.text != other.text) into.text.reset();
  if (into.number != other.number) into.number.reset();
  if (other.environment)
    into.environment = into.environment ? join(*into.environment, *other.environment) : other.environment;
}

void mergeArgument(Argument& into, const Argument& other) {
  mergePassed(into, other);
  if (into.name != other.name) into.name = {};
  for (const Argument::Field& field : other.fields) {
    auto at = std::ranges::find(into.fields, field.path, &Argument::Field::path);
    if (at == into.fields.end())
      into.fields.push_back(field);
    else
      mergePassed(*at, field);
  }
}

// The same call seen in several units or configurations: what lets more through stays.
void mergeCall(Call& into, Call&& other) {
  into.environment = join(into.environment, other.environment);
  into.library &= other.library;
  mergeArgument(into.receiver, other.receiver);
  for (std::string& function : other.functions)
    if (std::ranges::find(into.functions, function) == into.functions.end())
      into.functions.push_back(std::move(function));
  if (into.arguments.size() < other.arguments.size()) into.arguments.resize(other.arguments.size());
  for (std::size_t i = 0; i < other.arguments.size(); ++i) mergeArgument(into.arguments[i], other.arguments[i]);
}

// By name, so that nothing is added: in itself, after calls or before them.
bool removesVariables(const Function& function) {
  return function.leaves && (!function.leaves->value.names.unset.empty() ||
                             std::ranges::any_of(function.leaves->called, [](const auto& called) { return removedBy(called).has_value(); }));
}

}  // namespace

CallGraph::CallGraph(std::vector<UnitSummary>& units, const Knowledge& knowledge) {
  collect(units);
  resolvePointers(units, knowledge);
  resolveCalls(knowledge);
  makeVariants(knowledge);
  group();
  findFresh();
  findWrappers();
  findChanges();
}

const std::vector<FunctionId>& CallGraph::definitions(const std::string& key) const {
  static const std::vector<FunctionId> none;
  auto found = by_key_.find(key);
  return found == by_key_.end() ? none : found->second;
}

std::vector<FunctionId> CallGraph::reached(const std::string& key) const {
  std::vector<FunctionId> ids;
  std::set<std::string> seen{key};
  for (std::vector<std::string> todo{key}; !todo.empty();) {
    std::string one = std::move(todo.back());
    todo.pop_back();
    const std::vector<FunctionId>& here = definitions(one);
    ids.insert(ids.end(), here.begin(), here.end());
    if (auto overriders = overriders_.find(one); overriders != overriders_.end())
      for (const std::string& overrider : overriders->second)
        if (seen.insert(overrider).second) todo.push_back(overrider);
  }
  return ids;
}

void CallGraph::collect(std::vector<UnitSummary>& units) {
  using FunctionPlace = std::tuple<std::string, unsigned, std::string>;
  using CallPlace = std::tuple<std::string, unsigned, unsigned, unsigned, std::string, std::string, std::string>;
  std::map<FunctionPlace, ProgramFunction> functions;
  std::set<std::string> address_taken;
  std::map<FunctionPlace, std::map<CallPlace, ProgramCall>> calls;
  for (UnitSummary& unit : units) {
    incomplete_ |= facts::hasLostParts(unit.status);
    address_taken.insert(unit.address_taken.begin(), unit.address_taken.end());
    for (const PointerAssignment& pointer : unit.pointers)
      if (!pointer.api && pointer.from.empty()) address_taken.insert(pointer.function);
    for (CellValue& value : unit.cells) {
      std::vector<CellValue>& values = cells_[value.cell];
      bool known = std::ranges::any_of(values, [&](const CellValue& other) {
        return other.function == value.function && other.value == value.value;
      });
      if (!known) values.push_back(std::move(value));
    }
    for (Function& function : unit.functions) {
      std::string file = unit.files.at(function.file);
      FunctionPlace place{file, function.line, function.key};
      auto& own_calls = calls[place];
      for (Call& call : function.calls) {
        CallPlace call_place{unit.files.at(call.file), call.line, call.column, call.compiled_line, call.callee, call.api, call.pointer};
        auto [found, added] = own_calls.try_emplace(call_place);
        if (added) {
          found->second.file = std::get<0>(call_place);
          found->second.call = std::move(call);
        } else {
          mergeCall(found->second.call, std::move(call));
        }
      }
      function.calls.clear();
      auto [found, added] = functions.try_emplace(place);
      ProgramFunction& kept = found->second;
      if (added) {
        kept.file = std::move(file);
        kept.shown_file = unit.files.at(function.shown_file);
        kept.function = std::move(function);
        continue;
      }
      kept.function.broken |= function.broken;
      if (function.returns)
        kept.function.returns =
            kept.function.returns ? widest(*kept.function.returns, *function.returns) : function.returns;
      kept.function.unwritten.insert(kept.function.unwritten.end(), function.unwritten.begin(), function.unwritten.end());
      kept.function.adds = std::max(kept.function.adds, function.adds);
      for (Function::Left& left : function.leaves_ports) {
        auto at = std::ranges::find(kept.function.leaves_ports, left.port, &Function::Left::port);
        if (at == kept.function.leaves_ports.end())
          kept.function.leaves_ports.push_back(std::move(left));
        else
          at->environment = join(at->environment, left.environment);
      }
      for (Function::Fill& fill : function.fills) {
        auto at = std::ranges::find(kept.function.fills, fill.parameter, &Function::Fill::parameter);
        if (at == kept.function.fills.end())
          kept.function.fills.push_back(std::move(fill));
        else
          at->value = together(at->value, fill.value);
      }
      // Untouched in one configuration: as it was.
      if (function.leaves || kept.function.leaves)
        kept.function.leaves =
            join(kept.function.leaves.value_or(EnvironmentState()), function.leaves.value_or(EnvironmentState()));
    }
  }
  for (auto& [place, function] : functions) {
    function.address_taken = address_taken.contains(function.function.key);
    FunctionId id = functions_.size();
    for (auto& [call_place, call] : calls[place]) {
      call.caller = id;
      function.calls.push_back(std::move(call));
    }
    by_key_[function.function.key].push_back(id);
    for (const std::string& base : function.function.overrides) overriders_[base].insert(function.function.key);
    functions_.push_back(std::move(function));
  }
}

void CallGraph::resolvePointers(const std::vector<UnitSummary>& units, const Knowledge& knowledge) {
  std::unordered_map<std::string, std::set<std::string>> copies;  // from -> targets
  std::vector<std::string> changed;
  for (const UnitSummary& unit : units)
    for (const PointerAssignment& assignment : unit.pointers) {
      if (assignment.target.starts_with("l|"))
        locals_[assignment.target].push_back({assignment.api ? "" : assignment.function,
                                              assignment.api ? assignment.function : "", assignment.from});
      if (!assignment.from.empty()) {
        copies[assignment.from].insert(assignment.target);
        continue;
      }
      auto& [apis, functions] = pointers_[assignment.target];
      if (assignment.api && knowledge.spawns(assignment.function)) apis.insert(assignment.function);
      if (!assignment.api) functions.insert(assignment.function);
      changed.push_back(assignment.target);
    }
  while (!changed.empty()) {
    std::string from = std::move(changed.back());
    changed.pop_back();
    auto found = copies.find(from);
    if (found == copies.end()) continue;
    for (const std::string& target : found->second) {
      Targets source = pointers_[from];
      auto& [apis, functions] = pointers_[target];
      std::size_t before = apis.size() + functions.size();
      apis.merge(source.apis);
      functions.merge(source.functions);
      if (apis.size() + functions.size() != before) changed.push_back(target);
    }
  }
}

void CallGraph::resolveCalls(const Knowledge& knowledge) {
  for (ProgramFunction& function : functions_)
    for (ProgramCall& call : function.calls) {
      std::set<std::string> keys(call.call.functions.begin(), call.call.functions.end());
      if (!call.call.api.empty())
        if (const SpawnApi* api = knowledge.spawnById(call.call.api)) call.apis.push_back(api);
      if (auto pointer = pointers_.find(call.call.pointer); !call.call.pointer.empty() && pointer != pointers_.end()) {
        call.through_pointer = true;
        for (const std::string& api : pointer->second.apis) call.apis.push_back(&knowledge.spawns(api)->front());
        keys.insert(pointer->second.functions.begin(), pointer->second.functions.end());
      }
      std::set<FunctionId> callees;
      for (const std::string& key : keys)
        for (FunctionId callee : reached(key)) callees.insert(callee);
      for (FunctionId callee : callees) addCallee(call, callee);
    }
}

void CallGraph::addCallee(ProgramCall& call, FunctionId callee) {
  if (std::ranges::find(call.callees, callee) != call.callees.end()) return;
  functions_[callee].called |= !call.call.makes;
  functions_[callee].callers.push_back(&call);
  call.callees.push_back(callee);
}

// A function may be reached by a variant alone: where the call of a method passes something to those that override it.
void CallGraph::makeVariants(const Knowledge& knowledge) {
  variants_ = variantsOf(*this, knowledge);
  for (VariantId id = functions_.size(); id < variants_.size(); ++id) {
    const FunctionVariant& variant = variants_[id];
    for (std::size_t i = 0; i < variant.calls.size(); ++i) {
      VariantCall& all = variants_[variant.function].calls[i];
      ProgramCall& call = functions_[variant.function].calls[i];
      for (const SpawnApi* api : variant.calls[i].apis) {
        if (std::ranges::find(all.apis, api) == all.apis.end()) all.apis.push_back(api);
        if (std::ranges::find(call.apis, api) == call.apis.end()) call.apis.push_back(api);
      }
      for (VariantId callee : variant.calls[i].callees) {
        if (std::ranges::find(all.callees, callee) == all.callees.end()) all.callees.push_back(callee);
        addCallee(call, variants_[callee].function);
      }
      call.through_pointer |= !call.call.pointer.empty() && !call.apis.empty();
    }
  }
}

const std::vector<Callable>& CallGraph::putInLocal(const std::string& key) const {
  static const std::vector<Callable> none;
  auto found = locals_.find(key);
  return found == locals_.end() ? none : found->second;
}

namespace {

// Groups of nodes that reach each other, reached ones before those that reach them.
template <typename ForEachEdge>
std::vector<std::vector<std::size_t>> groupsOf(std::size_t nodes, const ForEachEdge& for_each_edge) {
  boost::adjacency_list<boost::vecS, boost::vecS, boost::directedS> graph(nodes);
  for_each_edge([&](std::size_t from, std::size_t to) { boost::add_edge(from, to, graph); });
  std::vector<std::size_t> component(nodes);
  auto map = boost::make_iterator_property_map(component.begin(), boost::get(boost::vertex_index, graph));
  // Tarjan's numbers are in reverse topological order.
  std::vector<std::vector<std::size_t>> groups(nodes == 0 ? 0 : boost::strong_components(graph, map));
  for (std::size_t node = 0; node < nodes; ++node) groups[component[node]].push_back(node);
  return groups;
}

}  // namespace

void CallGraph::group() {
  groups_ = groupsOf(functions_.size(), [&](const auto& add) {
    for (FunctionId caller = 0; caller < functions_.size(); ++caller)
      for (const ProgramCall& call : functions_[caller].calls)
        for (FunctionId callee : call.callees) add(caller, callee);
  });
  variant_groups_ = groupsOf(variants_.size(), [&](const auto& add) {
    for (VariantId caller = 0; caller < variants_.size(); ++caller)
      for (const VariantCall& call : variants_[caller].calls)
        for (VariantId callee : call.callees) add(caller, callee);
  });
}

const std::vector<CellValue>& CallGraph::valuesOf(const std::string& cell) const {
  static const std::vector<CellValue> none;
  auto found = cells_.find(cell);
  return found == cells_.end() ? none : found->second;
}

void CallGraph::findChanges() {
  auto changes = [&](const ProgramFunction& function) {
    if (function.function.adds != Added::nothing || function.function.broken || removesVariables(function.function)) return true;
    for (const std::string& key : function.function.unwritten) {
      std::vector<FunctionId> ids = reached(key);
      if (ids.empty() || std::ranges::any_of(ids, [&](FunctionId id) { return functions_[id].changes_environ; })) return true;
    }
    return std::ranges::any_of(function.calls, [&](const ProgramCall& call) {
      if (call.call.makes) return false;
      if (call.apis.empty() && call.callees.empty()) return !call.call.library;  // not seen: it may do anything
      return std::ranges::any_of(call.callees, [&](FunctionId callee) { return functions_[callee].changes_environ; });
    });
  };
  // What runs without a call in the text is not in the groups' order.
  for (bool again = true; again;) {
    again = false;
    for (const std::vector<FunctionId>& group : groups_)
      for (bool changed = true; changed;) {
        changed = false;
        for (FunctionId id : group) {
          ProgramFunction& function = functions_[id];
          if (function.changes_environ || !changes(function)) continue;
          function.changes_environ = changed = again = true;
        }
      }
  }
}

}  // namespace envleak::analyzer
