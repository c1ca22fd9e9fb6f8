#include "analyzer/frontend/lambda_ports.h"

#include <algorithm>

namespace envleak::analyzer {

std::optional<unsigned> OwnPorts::numberOf(unsigned parameter) const {
  if (parameter >= variadicPort) return parameter;
  if (parameter >= first_ && parameter - first_ < count_) return parameter - first_;
  return inner_ ? std::optional(capturedPort + parameter) : std::nullopt;
}

void OwnPorts::renumber(Ports& ports) const {
  Ports own;
  for (Port& port : ports)
    if (std::optional<unsigned> number = numberOf(port.parameter)) addPort(own, {*number, port.field});
  ports = std::move(own);
}

void OwnPorts::renumber(EnvironmentValue& value) const {
  for (EnvironmentValue& argument : value.arguments) renumber(argument);
  bool all_own = true;
  for (EnvironmentCase& one : value.cases) {
    renumber(one.value);
    std::optional<unsigned> number = numberOf(one.condition.port.parameter);
    all_own &= number.has_value();
    one.condition.port.parameter = number.value_or(0);
  }
  if (!all_own) value.cases.clear();
  if (value.kind != EnvironmentValue::Kind::parameter) return;
  if (std::optional<unsigned> number = numberOf(value.parameter))
    value.parameter = *number;
  else
    value = {EnvironmentValue::Kind::unknown, 0, {}, "a parameter of a lambda decides"};
}

// What a callee finds is told in its own numbers.
void OwnPorts::renumber(EnvironmentState& state) const { renumber(state.value); }

void OwnPorts::renumber(Passed& passed) const {
  renumber(passed.depends);
  if (passed.environment) renumber(*passed.environment);
}

// Names were asked for by function.
void OwnPorts::renumber(Argument& argument) const {
  renumber(static_cast<Passed&>(argument));
  for (Argument::Field& field : argument.fields) renumber(static_cast<Passed&>(field));
}

void OwnPorts::renumber(Function& function) const {
  for (Call& call : function.calls) {
    renumber(call.receiver);
    for (Argument& argument : call.arguments) renumber(argument);
    renumber(call.environment);
    if (call.given) renumber(*call.given);
  }
  if (function.returns) renumber(*function.returns);
  if (function.leaves) renumber(*function.leaves);
  std::vector<Function::Left> left;
  for (Function::Left& one : function.leaves_ports) {
    std::optional<unsigned> number = numberOf(one.port.parameter);
    if (!number) continue;
    renumber(one.environment);
    left.push_back({{*number, one.port.field}, std::move(one.environment)});
  }
  function.leaves_ports = std::move(left);
  for (Function::Fill& fill : function.fills) renumber(fill.value);
}

}  // namespace envleak::analyzer
