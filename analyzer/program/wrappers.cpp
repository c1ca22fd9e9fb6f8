// Which parameters of functions reach a spawn.
#include "analyzer/program/call_graph.h"

#include <algorithm>

namespace envleak::analyzer {
namespace {

const Ports& dependsOf(const Call& call, std::size_t argument) {
  static const Ports none;
  return argument < call.arguments.size() ? call.arguments[argument].depends : none;
}

// What of the caller decides about the value.
void addDeciding(Ports& ports, const EnvironmentValue& value) {
  if (value.kind == EnvironmentValue::Kind::parameter) addPort(ports, {value.parameter, value.field});
  for (const EnvironmentValue& argument : value.arguments) addDeciding(ports, argument);
  for (const EnvironmentCase& one : value.cases) {
    addPort(ports, one.condition.port);
    addDeciding(ports, one.value);
  }
}

}  // namespace

std::optional<std::size_t> environmentArgument(const SpawnApi& api, const Call& call) {
  if (api.environment) return *api.environment;
  if (!api.environment_is_last) return std::nullopt;
  for (std::size_t i = call.arguments.size(); i-- > 0;)
    if (call.arguments[i].environment) return i;
  return call.arguments.size();
}

Ports CallGraph::mapped(const ProgramCall& call, const ProgramFunction& callee, const Ports& wanted) const {
  Ports ports;
  const Function& caller = functions_[call.caller].function;
  for (const Port& port : wanted) {
    if (port.parameter == variadicPort) {
      for (std::size_t i = callee.function.parameters; i < call.call.arguments.size(); ++i)
        addPorts(ports, call.call.arguments[i].depends);
      continue;
    }
    const Argument* argument = passedFor(call.call, caller, callee.function, port.parameter);
    if (!argument) continue;
    for (const Port& from : argument->depends) addPort(ports, fieldOf(caller, from, port.field));
    if (port.field.empty()) continue;
    for (const Argument::Field& field : argument->fields) {
      std::string rest;
      if (!isFieldOf(port.field, field.path, &rest) && !isFieldOf(field.path, port.field)) continue;
      for (const Port& from : field.depends) addPort(ports, fieldOf(caller, from, rest));
    }
  }
  return ports;
}

// Of an object or a field of one.
Ports CallGraph::dependsOfOperand(const ProgramCall& call, const Operand& operand) const {
  const Argument* argument = !operand.argument                                 ? &call.call.receiver
                             : *operand.argument < call.call.arguments.size() ? &call.call.arguments[*operand.argument]
                                                                               : nullptr;
  Ports ports;
  if (!argument) return ports;
  for (const Port& from : argument->depends) addPort(ports, fieldOf(functions_[call.caller].function, from, operand.field));
  for (const Argument::Field& field : argument->fields)
    if (isFieldOf(field.path, operand.field)) addPorts(ports, field.depends);
  return ports;
}

Ports CallGraph::handedOn(const VariantCall& bound) const {
  Ports ports;
  const ProgramCall& call = *bound.call;
  for (const SpawnApi* api : bound.apis) {
    if (api->program) addPorts(ports, dependsOf(call.call, *api->program));
    if (api->command) addPorts(ports, dependsOf(call.call, *api->command));
    if (api->arguments)
      for (std::size_t i = *api->arguments; i < (api->variadic ? call.call.arguments.size() : *api->arguments + 1); ++i)
        addPorts(ports, dependsOf(call.call, i));
    auto slot = environmentArgument(*api, call.call);
    if (slot) addPorts(ports, dependsOf(call.call, *slot));
    if (slot && *slot < call.call.arguments.size() && call.call.arguments[*slot].environment)
      addDeciding(ports, call.call.arguments[*slot].environment->value);
    if (!slot) addDeciding(ports, call.call.environment.value);
    if (call.call.given) addDeciding(ports, call.call.given->value);
    for (const auto* operand : {&api->program_in, &api->arguments_in, &api->command_in})
      if (*operand) addPorts(ports, dependsOfOperand(call, **operand));
  }
  for (VariantId callee : bound.callees)
    if (variants_[callee].isWrapper())
      addPorts(ports, mapped(call, functions_[variants_[callee].function], variants_[callee].carried));
  return ports;
}

Ports CallGraph::programHandedOn(const VariantCall& bound) const {
  Ports ports;
  const ProgramCall& call = *bound.call;
  for (const SpawnApi* api : bound.apis) {
    if (api->program) addPorts(ports, dependsOf(call.call, *api->program));
    if (api->command) addPorts(ports, dependsOf(call.call, *api->command));
    for (const auto* operand : {&api->program_in, &api->command_in})
      if (*operand) addPorts(ports, dependsOfOperand(call, **operand));
  }
  for (VariantId callee : bound.callees)
    addPorts(ports, mapped(call, functions_[variants_[callee].function], variants_[callee].program));
  return ports;
}

void CallGraph::findWrappers() {
  for (const std::vector<VariantId>& group : variant_groups_)
    for (bool changed = true; changed;) {
      changed = false;
      for (VariantId id : group) {
        FunctionVariant& variant = variants_[id];
        for (const VariantCall& call : variant.calls) {
          changed |= addPorts(variant.carried, handedOn(call));
          changed |= addPorts(variant.program, programHandedOn(call));
        }
      }
    }
}

}  // namespace envleak::analyzer
