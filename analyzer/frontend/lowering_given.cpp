// What a spawn gives its child by an object, a field or the kind of an argument.
#include "analyzer/frontend/lowering.h"
#include "analyzer/frontend/type_names.h"
#include "analyzer/knowledge/selector.h"

#include <algorithm>

namespace envleak::analyzer {
namespace {

using Kind = EnvironmentValue::Kind;

EnvironmentValue unknown(std::string reason) { return {Kind::unknown, 0, {}, std::move(reason)}; }

std::string quoted(const std::string& name) { return "'" + name + "'"; }

}  // namespace

// What the call gives its child, where it is not simply an argument that says so; nullopt: it is, or nothing does.
std::optional<EnvironmentState> Lowering::given(const SpawnApi& api, NodeId call, const CallParts& parts) {
  std::string name = quoted(api.name.substr(api.name.rfind(':') == std::string::npos ? 0 : api.name.rfind(':') + 1));
  EnvironmentState state;
  bool found = false;
  if (api.environment_is_empty) {
    state.value = {Kind::empty, 0, {}, name + " gives the child an empty environment"};
    return state;
  }
  if (api.environment_in) {
    std::optional<Place> place = placeOf(*api.environment_in, parts);
    NodeId operand = operandOf(*api.environment_in, parts);
    CXType type = operand == noNode ? CXType{} : clang_getCursorType(c_.tree[operand].cursor);
    bool none = operand != noNode && (c_.tree.isNull(operand) || c_.tree.isDefaultArgument(c_.tree.peel(operand)));
    bool left_out = operand == noNode && api.environment_in->argument;
    if (none || left_out) {
      state.value = {Kind::inherited, 0, {}, name + " is given no environment"};
    } else if (!place) {
      std::optional<EnvironmentValue> fresh = operand == noNode ? std::nullopt : made(operand);
      state.value = fresh ? *fresh : unknown("what holds the environment of " + name + " is not followed");
    } else if (api.environment_in->field.empty()) {
      state = objectState(*place, type, parts);
      recordObject(*place, type);
      const ObjectType* object = c_.callees.objectType(type);
      if (object && object->if_empty == "inherited") state.value.empty_inherits = true;
    } else {
      for (const std::string& field : split(api.environment_in->field)) {
        CXCursor declaration = fieldNamed(type, field);
        if (clang_Cursor_isNull(declaration)) break;
        *place = places_.inside(*place, declaration);
        type = clang_getCursorType(declaration);
      }
      state = state_.at(*place);
      bool fresh = place->root == Place::Root::local && (state.value.kind == Kind::unset || state.value.kind == Kind::cell);
      if (fresh && isStringContainer(type)) state.value = {Kind::empty, 0, {}, quoted(place->name) + " has no entries"};
      if (fresh && c_.callees.objectType(type)) state = objectState(*place, type, parts);
    }
    found = true;
  }
  for (std::size_t i = 0; i < parts.arguments.size() && !api.types.empty(); ++i) {
    NodeId argument = parts.arguments[i];
    if (argument == noNode) continue;
    std::string type = typeName(clang_getCursorType(c_.tree[argument].cursor));
    auto effect = std::ranges::find(api.types, type, &SpawnApi::TypeEffect::type);
    if (effect == api.types.end()) continue;
    using Effect = SpawnApi::TypeEffect::Effect;
    EnvironmentState one;
    switch (effect->effect) {
      case Effect::inherited:
        continue;
      case Effect::extends:
        one.value = {Kind::extended, 0, {}, "variables are added to the parent's environment"};
        one.value.names.open = true;
        break;
      case Effect::forwarded:
        one.value = {Kind::forwarded, 0, {}, "the parent's environment is passed on"};
        break;
      case Effect::replaces:
        one = environmentOf(argument, call);
        break;
      case Effect::empty:
        one.value = {Kind::empty, 0, {}, "an empty environment is given"};
        break;
      case Effect::explicit_:
        one.value = {Kind::explicit_, 0, {}, "an environment of its own is given"};
        break;
    }
    state = found ? join(state, one) : one;
    found = true;
  }
  bool slot = api.environment && *api.environment < parts.arguments.size() && parts.arguments[*api.environment] != noNode;
  bool special = api.extends || api.overruled_by || !api.if_empty.empty() || !api.trap.empty();
  if (slot && special) {
    state = environmentOf(parts.arguments[*api.environment], call);
    found = true;
  }
  if (!found) return std::nullopt;
  bool replaces = api.replaces_if && matches(*api.replaces_if, parts) == Match::yes;
  EnvironmentValue& value = state.value;
  if (replaces && value.kind == Kind::null) value = {Kind::empty, 0, {}, name + " gives the child an empty environment"};
  if (replaces && api.extends) return state;
  if (api.extends) {
    bool nothing = value.kind == Kind::null || value.kind == Kind::empty || value.kind == Kind::inherited;
    NamedVariables names = value.names;
    if (value.kind == Kind::unknown || value.kind == Kind::parameter) names.open = true;
    state = {};
    value = {nothing ? Kind::inherited : Kind::extended, 0, {}, name + " adds to the parent's environment", {}, {}, nothing ? "" : api.trap, names};
  }
  if (api.if_empty == "inherited") {
    value.empty_inherits = true;
    if (value.empty_trap.empty()) value.empty_trap = api.trap;
  }
  if (api.overruled_by && *api.overruled_by < parts.arguments.size() && parts.arguments[*api.overruled_by] != noNode) {
    NodeId overruling = parts.arguments[*api.overruled_by];
    if (std::optional<Place> place = places_.of(overruling)) {
      EnvironmentState object = objectState(*place, clang_getCursorType(c_.tree[overruling].cursor), parts);
      if (object.value.kind == Kind::inherited)
        state = object;
      else if (object.value.kind != Kind::explicit_ && object.value.kind != Kind::empty && object.value.kind != Kind::filtered)
        value = unknown("whether " + quoted(place->name) + " overrules the environment is not known");
    }
  }
  return state;
}

std::vector<std::string> Lowering::split(const std::string& fields) {
  std::vector<std::string> names;
  for (std::size_t start = 0; start <= fields.size();) {
    std::size_t end = std::min(fields.find('.', start), fields.size());
    names.push_back(fields.substr(start, end - start));
    start = end + 1;
  }
  return names;
}

}  // namespace envleak::analyzer
