// What a call passes for a parameter of what it calls.
#include "analyzer/program/call_graph.h"

#include <algorithm>
#include <map>

namespace envleak::analyzer {
namespace {

// The parameter of the function around both, as the caller numbers it; nullopt: the caller has no such parameter.
std::optional<unsigned> sharedPort(const Function& caller, const Function& callee, unsigned parameter) {
  if (caller.key != callee.within && caller.within != callee.within) return std::nullopt;
  if (parameter == thisPort) return parameter;
  unsigned number = parameter - capturedPort;
  if (caller.within.empty()) return number < caller.parameters ? std::optional(number) : std::nullopt;
  bool own = number >= caller.first && number - caller.first < caller.parameters;
  return own ? number - caller.first : parameter;
}

// A parameter of the caller's that is handed on as it is.
const Argument& unchanged(unsigned parameter) {
  thread_local std::map<unsigned, Argument> known;
  auto [found, added] = known.try_emplace(parameter);
  if (added) {
    addPort(found->second.depends, {parameter, {}});
    EnvironmentValue value{EnvironmentValue::Kind::parameter, parameter, {}, "what the lambda captures decides"};
    found->second.environment.emplace().value = std::move(value);
  }
  return found->second;
}

}  // namespace

const Argument* passedFor(const Call& call, const Function& caller, const Function& callee, unsigned parameter) {
  if (!callee.within.empty() && (parameter >= capturedPort || parameter == thisPort)) {
    std::optional<unsigned> port = sharedPort(caller, callee, parameter);
    return port ? &unchanged(*port) : nullptr;
  }
  if (parameter == thisPort) return &call.receiver;
  return parameter < callee.parameters && parameter < call.arguments.size() ? &call.arguments[parameter] : nullptr;
}

Port fieldOf(const Function& function, const Port& port, const std::string& field) {
  bool record = port.parameter == thisPort || port.parameter >= capturedPort ||
                (port.parameter < 64 && (function.records & (std::uint64_t{1} << port.parameter)) != 0);
  return {port.parameter, record ? joinedFields(port.field, field) : port.field};
}

bool choosesFor(const ProgramCall& call, const Function& caller, const Function& callee, const Ports& carried) {
  if (callee.within.empty()) return !carried.empty();
  return std::ranges::any_of(carried, [&](const Port& port) {
    bool own = port.parameter < capturedPort && port.parameter != thisPort;
    return own ? !call.call.makes : passedFor(call.call, caller, callee, port.parameter) != nullptr;
  });
}

}  // namespace envleak::analyzer
