#include "analyzer/frontend/summary.h"

#include <nlohmann/json.hpp>

namespace envleak::analyzer {
namespace {

using Json = nlohmann::json;

// How much a value lets through; of two paths the higher one decides.
int width(EnvironmentValue::Kind kind) {
  using Kind = EnvironmentValue::Kind;
  switch (kind) {
    case Kind::inherited:
      return 8;
    case Kind::environ:
    case Kind::forwarded:
      return 7;
    case Kind::unknown:
      return 6;
    case Kind::result:
      return 5;
    case Kind::parameter:
      return 4;
    case Kind::null:
      return 3;
    case Kind::filtered:
      return 2;
    case Kind::explicit_:
      return 1;
    case Kind::empty:
      return 0;
  }
  return 6;
}

Json valueToJson(const EnvironmentValue& value) {
  return Json::array({static_cast<int>(value.kind), value.parameter, value.function, value.reason});
}

EnvironmentValue valueFromJson(const Json& json) {
  int kind = json.at(0);
  if (kind < 0 || kind > static_cast<int>(EnvironmentValue::Kind::unknown))
    kind = static_cast<int>(EnvironmentValue::Kind::unknown);
  return {static_cast<EnvironmentValue::Kind>(kind), json.at(1), json.at(2), json.at(3)};
}

Json optionalToJson(const std::optional<EnvironmentValue>& value) {
  return value ? valueToJson(*value) : Json(nullptr);
}

std::optional<EnvironmentValue> optionalFromJson(const Json& json) {
  if (json.is_null()) return std::nullopt;
  return valueFromJson(json);
}

Json stateToJson(const EnvironmentState& state) {
  Json called = Json::array();
  for (const auto& call : state.called) called.push_back(Json::array({call.function, call.name, call.always}));
  return Json::array({valueToJson(state.value), state.reachable, state.narrowed_on_some_path, called});
}

EnvironmentState stateFromJson(const Json& json) {
  EnvironmentState state;
  state.value = valueFromJson(json.at(0));
  state.reachable = json.at(1);
  state.narrowed_on_some_path = json.at(2);
  for (const Json& call : json.at(3)) state.called.push_back({call.at(0), call.at(1), call.at(2)});
  return state;
}

// Arguments without anything to say are left out at the end: most calls have none.
Json argumentsToJson(const std::vector<Argument>& arguments) {
  std::size_t count = arguments.size();
  while (count > 0 && arguments[count - 1].depends == 0 && !arguments[count - 1].text &&
         !arguments[count - 1].environment)
    --count;
  Json json = Json::array();
  for (std::size_t i = 0; i < count; ++i)
    json.push_back(Json::array({arguments[i].depends, arguments[i].text ? Json(*arguments[i].text) : Json(nullptr),
                                optionalToJson(arguments[i].environment)}));
  return json;
}

std::vector<Argument> argumentsFromJson(const Json& json) {
  std::vector<Argument> arguments;
  for (const Json& element : json) {
    Argument argument;
    argument.depends = element.at(0);
    if (!element.at(1).is_null()) argument.text = element.at(1).get<std::string>();
    argument.environment = optionalFromJson(element.at(2));
    arguments.push_back(std::move(argument));
  }
  return arguments;
}

Json callToJson(const Call& call) {
  Json positions = Json::array();
  for (const facts::Position& position : call.positions)
    positions.push_back(Json::array({position.line, position.column}));
  bool has_state = !call.api.empty() || !call.pointer.empty();
  return Json::array({call.file, call.line, call.column, call.end_line, positions, call.tail, call.callee,
                      call.function, call.api, call.functions, call.pointer, call.receiver,
                      argumentsToJson(call.arguments), has_state ? stateToJson(call.environment) : Json(nullptr)});
}

Call callFromJson(const Json& json) {
  Call call;
  call.file = json.at(0);
  call.line = json.at(1);
  call.column = json.at(2);
  call.end_line = json.at(3);
  for (const Json& position : json.at(4)) call.positions.push_back({position.at(0), position.at(1)});
  call.tail = json.at(5);
  call.callee = json.at(6);
  call.function = json.at(7);
  call.api = json.at(8);
  call.functions = json.at(9).get<std::vector<std::string>>();
  call.pointer = json.at(10);
  call.receiver = json.at(11);
  call.arguments = argumentsFromJson(json.at(12));
  if (!json.at(13).is_null()) call.environment = stateFromJson(json.at(13));
  return call;
}

Json functionToJson(const Function& function) {
  Json calls = Json::array();
  for (const Call& call : function.calls) calls.push_back(callToJson(call));
  return {{"key", function.key},
          {"name", function.name},
          {"file", function.file},
          {"line", function.line},
          {"parameters", function.parameters},
          {"parameter_names", function.parameter_names},
          {"broken", function.broken},
          {"overrides", function.overrides},
          {"calls", calls},
          {"returns", optionalToJson(function.returns)},
          {"adds", static_cast<int>(function.adds)},
          {"leaves", function.leaves ? stateToJson(*function.leaves) : Json(nullptr)}};
}

Function functionFromJson(const Json& json) {
  Function function;
  function.key = json.at("key");
  function.name = json.at("name");
  function.file = json.at("file");
  function.line = json.at("line");
  function.parameters = json.at("parameters");
  function.parameter_names = json.at("parameter_names").get<std::vector<std::string>>();
  function.broken = json.at("broken");
  function.overrides = json.at("overrides").get<std::vector<std::string>>();
  for (const Json& call : json.at("calls")) function.calls.push_back(callFromJson(call));
  function.returns = optionalFromJson(json.at("returns"));
  int adds = json.at("adds");
  function.adds = adds < 0 || adds > static_cast<int>(Added::other) ? Added::other : static_cast<Added>(adds);
  if (!json.at("leaves").is_null()) function.leaves = stateFromJson(json.at("leaves"));
  return function;
}

template <typename Access>
Json accessToJson(const Access& access) {
  return Json::array({access.file, access.line, access.column, access.function, access.callee,
                      access.name ? Json(*access.name) : Json(nullptr)});
}

template <typename Access>
Access accessFromJson(const Json& json) {
  Access access;
  access.file = json.at(0);
  access.line = json.at(1);
  access.column = json.at(2);
  access.function = json.at(3);
  access.callee = json.at(4);
  if (!json.at(5).is_null()) access.name = json.at(5).get<std::string>();
  return access;
}

}  // namespace

EnvironmentValue widest(const EnvironmentValue& a, const EnvironmentValue& b) {
  using Kind = EnvironmentValue::Kind;
  const EnvironmentValue& wide = width(b.kind) > width(a.kind) ? b : a;
  const EnvironmentValue& narrow = &wide == &a ? b : a;
  // How wide these are is known at the link only: the other path may be the wider one then.
  bool deferred = wide.kind == Kind::parameter || wide.kind == Kind::result || wide.kind == Kind::null;
  if (!deferred || narrow.kind == Kind::empty) return wide;
  if (wide.kind == narrow.kind && wide.parameter == narrow.parameter && wide.function == narrow.function) return wide;
  if (wide.kind == Kind::parameter && narrow.kind == Kind::parameter)
    return {Kind::unknown, 0, {}, "one of several parameters, by path"};
  return {Kind::unknown, 0, {}, "one of several environments, by path"};
}

Json toJson(const UnitSummary& unit) {
  Json functions = Json::array(), pointers = Json::array(), reads = Json::array(), writes = Json::array(),
       suppressions = Json::array(), lines = Json::array();
  for (const Function& function : unit.functions) functions.push_back(functionToJson(function));
  for (const PointerAssignment& pointer : unit.pointers)
    pointers.push_back(Json::array({pointer.target, pointer.function, pointer.api, pointer.from}));
  for (const auto& read : unit.reads) reads.push_back(accessToJson(read));
  for (const auto& write : unit.writes) {
    Json json = accessToJson(write);
    json.push_back(facts::toString(write.kind));
    writes.push_back(json);
  }
  for (const auto& suppression : unit.suppressions)
    suppressions.push_back(Json::array({suppression.file, suppression.line, suppression.rule, suppression.reason}));
  Json repairs = Json::array();
  for (const facts::Repair& repair : unit.repairs)
    repairs.push_back(Json::array({static_cast<int>(repair.kind), repair.detail}));
  for (const auto& line : unit.suppressed_lines) lines.push_back(Json::array({line.suppression, line.line}));
  return {{"main_file", unit.main_file},
          {"status", static_cast<int>(unit.status)},
          {"errors", unit.errors},
          {"repairs", repairs},
          {"unseen_mentions", unit.unseen_mentions},
          {"files", unit.files},
          {"functions", functions},
          {"pointers", pointers},
          {"reads", reads},
          {"writes", writes},
          {"suppressions", suppressions},
          {"suppressed_lines", lines}};
}

UnitSummary summaryFromJson(const Json& json) {
  UnitSummary unit;
  unit.main_file = json.at("main_file");
  unit.status = static_cast<facts::UnitStatus>(json.at("status").get<int>());
  unit.errors = json.at("errors").get<std::vector<std::string>>();
  for (const Json& repair : json.at("repairs"))
    unit.repairs.push_back({static_cast<facts::RepairKind>(repair.at(0).get<int>()), repair.at(1)});
  unit.unseen_mentions = json.at("unseen_mentions");
  unit.files = json.at("files").get<std::vector<std::string>>();
  for (const Json& function : json.at("functions")) unit.functions.push_back(functionFromJson(function));
  for (const Json& pointer : json.at("pointers"))
    unit.pointers.push_back({pointer.at(0), pointer.at(1), pointer.at(2), pointer.at(3)});
  for (const Json& read : json.at("reads")) unit.reads.push_back(accessFromJson<facts::EnvironmentRead>(read));
  for (const Json& element : json.at("writes")) {
    auto write = accessFromJson<facts::EnvironmentWrite>(element);
    write.kind = facts::writeKindFromString(element.at(6).get<std::string>());
    unit.writes.push_back(std::move(write));
  }
  for (const Json& suppression : json.at("suppressions"))
    unit.suppressions.push_back({suppression.at(0), suppression.at(1), suppression.at(2), suppression.at(3), false});
  for (const Json& line : json.at("suppressed_lines")) unit.suppressed_lines.push_back({line.at(0), line.at(1)});
  return unit;
}

}  // namespace envleak::analyzer
