#include "analyzer/program/wanted_names.h"

#include "analyzer/frontend/environment_state.h"
#include "analyzer/program/call_graph.h"
#include "analyzer/program/environments.h"
#include "analyzer/program/key_names.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <tuple>

namespace envleak::analyzer {
namespace {

// Goes from the spawns back to all that their environments depend on.
class Demand {
 public:
  Demand(const CallGraph& graph, const Environments& environments, const TextCalls& changers, const TextCalls& writers, KeyNames& names)
      : graph_(graph), environments_(environments), changers_(changers), writers_(writers), names_(names) {}

  void run() {
    std::vector<bool> leads = leadingToSpawns();
    for (FunctionId id = 0; id < leads.size(); ++id) {
      if (!leads[id]) continue;
      const ProgramFunction& function = graph_.functions()[id];
      if (environments_.hasNarrowEntry(id)) names_.addFunction(function.function);
      for (const ProgramCall& call : function.calls) {
        if (!call.apis.empty()) spawn(call);
        if (std::ranges::any_of(call.callees, [&](FunctionId callee) { return leads[callee]; })) entry(call.call.environment, id);
      }
    }
  }

 private:
  std::vector<bool> leadingToSpawns() const {
    std::vector<bool> leads(graph_.functions().size());
    std::vector<FunctionId> todo;
    auto add = [&](FunctionId id) {
      if (!leads[id]) todo.push_back(id);
      leads[id] = true;
    };
    for (FunctionId id = 0; id < leads.size(); ++id)
      if (std::ranges::any_of(graph_.functions()[id].calls, [](const ProgramCall& call) { return !call.apis.empty(); })) add(id);
    while (!todo.empty()) {
      FunctionId id = todo.back();
      todo.pop_back();
      for (const ProgramCall* caller : graph_.functions()[id].callers) add(caller->caller);
    }
    return leads;
  }

  void spawn(const ProgramCall& call) {
    reachChanges(call.call.environment, Environments::callsFollowedForNames);
    entry(call.call.environment, call.caller);
    value(call.call.environment.value, call.caller);
    if (call.call.given) held(*call.call.given, call.caller, {});
    for (const SpawnApi* api : call.apis)
      if (auto slot = environmentArgument(*api, call.call); slot && *slot < call.call.arguments.size())
        if (const auto& environment = call.call.arguments[*slot].environment) held(*environment, call.caller, {});
  }

  // What `environ` is at a call that leads to a spawn. Once it is cleared or replaced, what was not seen may bring the
  // parent's back; who clears or replaces it is wanted by name.
  void entry(const EnvironmentState& state, FunctionId function) {
    EnvironmentState until = state;
    until.called.clear();
    bool narrow = isNarrow(until, function);
    for (const EnvironmentState::Called& called : state.called) {
      if (auto others = sharedBy(called)) {
        cell(others->cell);
        continue;
      }
      if (called.place)
        for (FunctionId id : graph_.reached(called.function)) left(id, called.port, function);
      if (narrow) {
        reach(called.function);
        continue;
      }
      until.called.push_back(called);
      narrow = isNarrow(until, function);
      if (!narrow || !entered_.insert(called.function).second) continue;
      for (FunctionId id : graph_.reached(called.function))
        if (const auto& leaves = functionOf(id).leaves) entry(*leaves, id);
    }
  }
  bool isNarrow(const EnvironmentState& state, FunctionId function) const {
    using Kind = EnvironmentValue::Kind;
    bool narrowed = false;
    Kind kind = environments_.environAt(state, function, &narrowed).kind;
    return kind != Kind::inherited && kind != Kind::environ && kind != Kind::forwarded && kind != Kind::extended;
  }

  // All that it may call must have been seen.
  void reach(const std::string& key) {
    std::vector<std::string> todo{key};
    while (!todo.empty()) {
      std::string next = std::move(todo.back());
      todo.pop_back();
      if (next.empty() || !reached_.insert(next).second) continue;
      if (graph_.definitions(next).empty()) names_.addDefinition(next);
      for (FunctionId id : graph_.reached(next)) {
        todo.insert(todo.end(), functionOf(id).unwritten.begin(), functionOf(id).unwritten.end());
        for (const ProgramCall& call : graph_.functions()[id].calls) {
          todo.insert(todo.end(), call.call.functions.begin(), call.call.functions.end());
          for (FunctionId callee : call.callees) todo.push_back(functionOf(callee).key);
        }
      }
    }
  }

  // What may change single variables, so many calls down, must have been seen.
  void reachChanges(const EnvironmentState& state, unsigned calls) {
    if (calls == 0) return;
    for (const EnvironmentState::Called& called : state.called) {
      if (called.function.empty() || !changers_.reaches(called.name)) continue;
      unsigned& reached = changes_reached_[called.function];
      if (reached >= calls) continue;
      reached = calls;
      if (graph_.definitions(called.function).empty()) names_.addDefinition(called.function);
      for (FunctionId id : graph_.reached(called.function))
        if (const auto& leaves = functionOf(id).leaves) reachChanges(*leaves, calls - 1);
    }
  }

  // `rest`: of what the state tells only this field matters.
  void held(const EnvironmentState& state, FunctionId function, const std::string& rest) {
    if (state.value.kind == EnvironmentValue::Kind::parameter)
      port(fieldOf(functionOf(function), {state.value.parameter, state.value.field}, rest), function);
    value(state.value, function);
    for (const EnvironmentState::Called& called : state.called) {
      if (auto others = sharedBy(called)) {
        this->value(*others, function);
        continue;
      }
      if (!called.place) {
        reach(called.function);
        continue;
      }
      if (graph_.definitions(called.function).empty()) names_.addDefinition(called.function);
      for (FunctionId id : graph_.reached(called.function))
        left(id, {called.port.parameter, joinedFields(called.port.field, rest)}, function);
    }
  }

  // What `callee` leaves in this field of what `caller` gave it.
  void left(FunctionId callee, const Port& port, FunctionId caller) {
    if (!left_.insert({callee, port, caller}).second) return;
    for (const Function::Left& one : functionOf(callee).leaves_ports) {
      std::string rest;
      if (one.port.parameter != port.parameter || !isFieldOf(port.field, one.port.field, &rest)) continue;
      EnvironmentState state = one.environment;
      Port from{state.value.parameter, state.value.field};
      if (state.value.kind == EnvironmentValue::Kind::parameter) {
        // Of its parameters only what this caller gives.
        state.value.kind = EnvironmentValue::Kind::unknown;
        from = fieldOf(functionOf(callee), from, rest);
        for (const ProgramCall& call : graph_.functions()[caller].calls)
          if (from != port && std::ranges::count(call.callees, callee)) given(from, call, callee);
      }
      held(state, callee, rest);
    }
  }

  void value(const EnvironmentValue& value, FunctionId function) {
    if (value.kind == EnvironmentValue::Kind::parameter) port({value.parameter, value.field}, function);
    if (value.kind == EnvironmentValue::Kind::result) result(value, function);
    if (value.kind == EnvironmentValue::Kind::filled) filled(value, function);
    bool several = value.kind == EnvironmentValue::Kind::either || value.kind == EnvironmentValue::Kind::together;
    for (const EnvironmentValue& part : value.arguments)
      if (several) this->value(part, function);
    if (isSharedCell(value.cell) && value.kind == EnvironmentValue::Kind::cell) {
      if (std::string changer = changerOf(value.function); changer.size() > 1)
        comeToWriters(changer.substr(1), {});
      else if (changer.empty() && !value.function.empty() && !keepers(value.function))
        return;
    }
    if (!value.cell.empty()) cell(value.cell);
    for (const EnvironmentCase& one : value.cases) {
      port(one.condition.port, function);
      this->value(one.value, function);
    }
  }

  // What all callers pass there.
  void port(const Port& port, FunctionId function) {
    if (!ports_.insert({function, port}).second) return;
    names_.addFunction(functionOf(function));
    for (const ProgramCall* call : graph_.functions()[function].callers) given(port, *call, function);
  }

  // What one call passes there.
  void given(const Port& port, const ProgramCall& call, FunctionId callee) {
    const Argument* argument = passedFor(call.call, functionOf(call.caller), functionOf(callee), port.parameter);
    if (!argument) return;
    const EnvironmentState* state = argument->environment ? &*argument->environment : nullptr;
    std::string longest, rest;
    for (const Argument::Field& field : argument->fields)
      if (field.environment && isFieldOf(port.field, field.path) && (longest.empty() || field.path.size() > longest.size())) {
        state = &*field.environment;
        longest = field.path;
      }
    if (state) {
      isFieldOf(port.field, longest, &rest);
      held(*state, call.caller, rest);
      return;
    }
    for (const Port& from : argument->depends) this->port(fieldOf(functionOf(call.caller), from, port.field), call.caller);
  }

  void result(const EnvironmentValue& value, FunctionId function) {
    for (const EnvironmentValue& argument : value.arguments) this->value(argument, function);
    if (!results_.insert(value.function).second) return;
    const bool seen = !graph_.definitions(value.function).empty();
    if (graph_.definitions(value.function).empty()) names_.addDefinition(value.function);
    for (FunctionId id : graph_.reached(value.function))
      if (const auto& returns = functionOf(id).returns; returns && returns->kind != EnvironmentValue::Kind::parameter)
        this->value(*returns, id);
    // What its callers do to memory that each of them has for itself does not matter to the others.
    if (seen && !graph_.returnsFresh(value.function)) cell(resultCell(value.function));
  }

  void filled(const EnvironmentValue& value, FunctionId function) {
    for (const EnvironmentValue& argument : value.arguments) this->value(argument, function);
    if (!filled_.insert({value.function, value.parameter}).second) return;
    if (graph_.definitions(value.function).empty()) names_.addDefinition(value.function);
    for (FunctionId id : graph_.reached(value.function))
      for (const Function::Fill& fill : functionOf(id).fills)
        if (fill.parameter == value.parameter) this->value(fill.value, id);
  }

  void cell(const std::string& key) {
    if (!cells_.insert(key).second) return;
    names_.addCell(key);
    for (const CellValue& one : graph_.valuesOf(key)) {
      for (FunctionId id : graph_.definitions(one.function)) held(one.value, id, {});
      if (graph_.definitions(one.function).empty() && !isOfCaller(one.value.value)) value(one.value.value, 0);
    }
  }

  // What lies between a function and those that put an environment in a field by another name must have been seen.
  void comeToWriters(const std::string& key, const std::string& name) {
    if (!writers_reached_.insert(key).second || (!name.empty() && !writers_.reaches(name))) return;
    if (graph_.definitions(key).empty()) names_.addDefinition(key);
    for (FunctionId id : graph_.reached(key))
      for (const ProgramCall& call : graph_.functions()[id].calls)
        for (const std::string& function : call.call.functions) comeToWriters(function, call.call.callee);
  }

  // Those that are given the object must have been seen. Does one of them keep it, as far as that is known?
  bool keepers(const std::string& variable) {
    for (const std::string& key : environments_.keepersOf(variable))
      if (graph_.definitions(key).empty()) names_.addDefinition(key);
    return environments_.isKept(variable);
  }

  const Function& functionOf(FunctionId id) const { return graph_.functions()[id].function; }

  const CallGraph& graph_;
  const Environments& environments_;
  const TextCalls& changers_;  // what may come to a function that changes `environ`
  const TextCalls& writers_;   // what may come to one that puts an environment in a field
  KeyNames& names_;
  std::set<std::string> reached_, results_, cells_, entered_, writers_reached_;
  std::map<std::string, unsigned> changes_reached_;
  std::set<std::pair<std::string, unsigned>> filled_;
  std::set<std::tuple<FunctionId, Port, FunctionId>> left_;
  std::set<std::pair<FunctionId, Port>> ports_;
};

// Of the functions that were seen: those that change `environ`, and what else may have changed it after a call of them.
std::vector<TextCalls::Body> changersOf(const CallGraph& graph, const Environments& environments) {
  std::vector<TextCalls::Body> bodies;
  for (FunctionId id = 0; id < graph.functions().size(); ++id) {
    const Function& function = graph.functions()[id].function;
    TextCalls::Body body{function.name, {}, environments.changesEnviron(id)};
    if (function.leaves)
      for (const EnvironmentState::Called& called : function.leaves->called) body.called.push_back(called.name);
    bodies.push_back(std::move(body));
  }
  return bodies;
}

// Those that put an environment in a field of an object that others lead to, and whom each calls.
std::vector<TextCalls::Body> writersOf(const CallGraph& graph) {
  std::set<std::string> writers = graph.writersOf(isSharedCell);
  std::vector<TextCalls::Body> bodies;
  for (const ProgramFunction& function : graph.functions()) {
    TextCalls::Body body{function.function.name, {}, writers.contains(function.function.key)};
    for (const ProgramCall& call : function.calls) body.called.push_back(call.call.callee);
    bodies.push_back(std::move(body));
  }
  return bodies;
}

}  // namespace

WantedNames wantedNames(std::vector<UnitSummary> units, const Knowledge& knowledge, TextCalls& changers, TextCalls& writers) {
  WantedNames wanted;
  KeyNames names(units, wanted);
  // Functions that read or write the variable which a parameter names: this one, or one that is given it on.
  std::set<std::pair<std::string, unsigned>> naming;
  for (const UnitSummary& unit : units)
    for (const auto* origins : {&unit.read_origins, &unit.write_origins})
      for (const UnitSummary::Origin& origin : *origins)
        if (origin.name.parameter) naming.insert({origin.function, *origin.name.parameter});
  CallGraph graph(units, knowledge);
  for (bool changed = !naming.empty(); changed;) {
    changed = false;
    for (const ProgramFunction& function : graph.functions())
      for (const ProgramCall& call : function.calls)
        for (FunctionId callee : call.callees)
          for (unsigned i = 0; i < call.call.arguments.size(); ++i)
            if (auto parameter = call.call.arguments[i].name.parameter;
                parameter && naming.contains({graph.functions()[callee].function.key, i}))
              changed |= naming.insert({function.function.key, *parameter}).second;
  }
  std::set<std::string> named_by_caller;
  for (const auto& [function, parameter] : naming) named_by_caller.insert(function);
  Environments environments(graph);
  changers.lookFor(changersOf(graph, environments));
  writers.lookFor(writersOf(graph));
  for (FunctionId id = 0; id < graph.functions().size(); ++id) {
    const ProgramFunction& function = graph.functions()[id];
    if (graph.variants()[id].isWrapper() || named_by_caller.contains(function.function.key) || environments.replacesEnviron(id))
      names.addFunction(function.function);
  }
  Demand(graph, environments, changers, writers, names).run();
  for (const auto& [key, held] : graph.pointers()) {
    bool matters = !held.apis.empty();
    for (const std::string& function : held.functions)
      for (FunctionId id : graph.definitions(function)) matters |= graph.variants()[id].isWrapper();
    if (matters) names.addPointer(key);
  }
  return wanted;
}

}  // namespace envleak::analyzer
