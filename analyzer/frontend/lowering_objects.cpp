// Objects of libraries that hold an environment for a child, and functions that make one, as the knowledge base
// describes them.
#include "analyzer/frontend/lowering.h"
#include "analyzer/frontend/type_names.h"
#include "analyzer/knowledge/selector.h"

#include <algorithm>

namespace envleak::analyzer {
namespace {

using Kind = EnvironmentValue::Kind;

EnvironmentValue unknown(std::string reason) { return {Kind::unknown, 0, {}, std::move(reason)}; }

// A copy of the parent's that is changed by name is the parent's but for these names.
void changeCopy(EnvironmentState& state) {
  if (state.called.empty() && (state.value.kind == Kind::forwarded || state.value.kind == Kind::environ))
    state.value.kind = Kind::extended;
}

EnvironmentValue fromKnowledge(GivenEnvironment given, const std::string& name) {
  switch (given) {
    case GivenEnvironment::inherited:
      return {Kind::inherited, 0, {}, name + " has no environment of its own"};
    case GivenEnvironment::forwarded:
      return {Kind::forwarded, 0, {}, name + " copies the whole environment"};
    case GivenEnvironment::empty:
      return {Kind::empty, 0, {}, name + " is empty"};
    case GivenEnvironment::explicit_:
      return {Kind::explicit_, 0, {}, name + " takes nothing from the parent"};
    case GivenEnvironment::filtered:
      return {Kind::filtered, 0, {}, name + " takes over single variables"};
    default:
      return unknown("what " + name + " gives is not known");
  }
}

std::string quoted(const std::string& name) { return "'" + name + "'"; }

}  // namespace

Lowering::CallParts Lowering::partsOf(NodeId call) const {
  CallParts parts;
  parts.called = c_.dataflow.calledFunction(call);
  parts.arguments = c_.tree.arguments(call);
  NodeId callee = c_.tree.calleeExpression(call);
  bool is_method = clang_getCursorKind(parts.called) == CXCursor_CXXMethod;
  if (is_method && c_.tree.isMemberCall(call)) {
    NodeId object = c_.tree.child(callee, 0);
    if (object != noNode && clang_isExpression(c_.tree[object].kind)) parts.receiver = object;
    parts.of_this = parts.receiver == noNode;
  } else if (is_method && spellingOf(parts.called).starts_with("operator") && !parts.arguments.empty()) {
    parts.receiver = parts.arguments.front();
    parts.arguments.erase(parts.arguments.begin());
  }
  return parts;
}

Match Lowering::matches(const Selector& selector, const CallParts& parts) const {
  OperandFacts operand;
  operand.present = selector.argument < parts.arguments.size();
  if (!operand.present) return match(selector, operand, c_.architecture);
  NodeId node = parts.arguments[selector.argument];
  CXType type = clang_getArgType(clang_getCursorType(parts.called), selector.argument);
  if (node != noNode && selector.field.empty()) {
    operand.word = values_.source(node);
    if (std::optional<long long> number = values_.number(node)) operand.number = *number;
    operand.text = values_.text(node);
    if (type.kind == CXType_Invalid) type = clang_getCursorType(c_.tree[node].cursor);
  } else if (node != noNode) {
    for (const Dataflow::FieldContent& content : c_.dataflow.contents(node))
      if (content.path == selector.field && content.value != noNode) {
        operand.word = values_.source(content.value);
        NodeId named = c_.tree.peel(content.value);
        if (c_.tree[named].kind == CXCursor_DeclRefExpr) operand.word = spellingOf(c_.tree[named].cursor);
        if (std::optional<long long> number = values_.number(content.value)) operand.number = *number;
      }
  }
  operand.type = typeName(type);
  return match(selector, operand, c_.architecture);
}

template <typename Entry>
const Entry* Lowering::selected(const std::vector<Entry>* entries, const CallParts& parts) const {
  if (!entries) return nullptr;
  const Entry* maybe = nullptr;
  for (const Entry& entry : *entries) {
    if (!c_.callees.holds(entry.variant)) continue;
    Match matched = entry.when ? matches(*entry.when, parts) : Match::yes;
    if (matched == Match::yes) return maybe ? maybe : &entry;
    // Which of them it is, a value decides that is not known: the first, which lets most through.
    bool by_value = matched == Match::unknown && (entry.when->bit || entry.when->without_bit);
    if (by_value && !maybe) maybe = &entry;
  }
  return maybe;
}

const SpawnApi* Lowering::selectedSpawn(const std::vector<SpawnApi>& entries, NodeId call, const CallParts& parts) const {
  const SpawnApi* api = selected(&entries, parts);
  (void)call;
  if (api && api->no_spawn_if_null && *api->no_spawn_if_null < parts.arguments.size() &&
      c_.tree.isNull(parts.arguments[*api->no_spawn_if_null]))
    return nullptr;
  return api;
}

NodeId Lowering::operandOf(const Operand& operand, const CallParts& parts) const {
  if (!operand.argument) return parts.receiver;
  return *operand.argument < parts.arguments.size() ? parts.arguments[*operand.argument] : noNode;
}

std::optional<Place> Lowering::placeOf(const Operand& operand, const CallParts& parts) const {
  if (!operand.argument && parts.of_this) {
    Place object;
    object.root = Place::Root::parameter;
    object.port.parameter = thisPort;
    object.name = "this";
    return object;
  }
  NodeId node = operandOf(operand, parts);
  return node == noNode ? std::nullopt : places_.of(node);
}

// What an object holds, in whatever way it was made.
EnvironmentState Lowering::objectState(const Place& place, CXType type, const CallParts& parts) const {
  EnvironmentState state = state_.at(place);
  bool fresh = state.value.kind == Kind::unset || (state.value.kind == Kind::cell && place.root == Place::Root::local);
  if (!fresh) return state;
  const ObjectType* object = c_.callees.objectType(type);
  if (!object) object = c_.callees.objectTypeOf(clang_getCursorSemanticParent(parts.called));
  state.value = object ? fromKnowledge(object->initial, quoted(place.name)) : unknown("how " + quoted(place.name) + " was made is not known");
  return state;
}

std::optional<EnvironmentValue> Lowering::made(NodeId expression) const {
  NodeId node = c_.tree.peel(expression);
  if (node == noNode) return std::nullopt;
  const ObjectType* object = c_.callees.objectType(clang_getCursorType(c_.tree[node].cursor));
  if (c_.tree[node].kind == CXCursor_CXXNewExpr) {
    if (!object) return std::nullopt;
    for (NodeId child : c_.tree.children(node))
      if (c_.tree[child].kind == CXCursor_CallExpr)
        if (std::optional<EnvironmentValue> value = made(child)) return value;
    return fromKnowledge(object->initial, quoted(object->type));
  }
  if (c_.tree[node].kind == CXCursor_InitListExpr && object && c_.tree.expressionChildren(node).empty())
    return fromKnowledge(object->initial, quoted(object->type));
  if (c_.tree[node].kind != CXCursor_CallExpr) return std::nullopt;
  CallParts parts = partsOf(node);
  if (clang_Cursor_isNull(parts.called)) return std::nullopt;
  const Callee& callee = c_.callees.of(parts.called);
  std::string name = quoted(callee.name);
  if (const EnvironmentProducer* producer = selected(callee.producers, parts)) {
    if (producer->gives != GivenEnvironment::same && producer->gives != GivenEnvironment::extends &&
        producer->gives != GivenEnvironment::unset) {
      EnvironmentValue value = fromKnowledge(producer->gives, name);
      if (value.kind == Kind::forwarded && state_.environ.value.kind != Kind::inherited) value = collapsed(inTermsOf(state_.environ, {}));
      return value;
    }
    EnvironmentState state;
    if (producer->of) {
      NodeId operand = operandOf(*producer->of, parts);
      if (operand != noNode)
        state = environmentOf(operand, node);
      else if (std::optional<Place> place = placeOf(*producer->of, parts))
        state = state_.at(*place);
    }
    if (producer->gives == GivenEnvironment::same) return collapsed(state);
    if (state.value.kind == Kind::null) state.value = {Kind::empty, 0, {}, name + " begins with nothing"};
    if (state.value.kind == Kind::inherited) state.value = {Kind::empty, 0, {}, name + " begins with nothing"};
    changeCopy(state);
    changeVariable(state, producer->gives == GivenEnvironment::unset, producer->variable, producer->value, parts, callee.name);
    return collapsed(state);
  }
  if (!object || clang_getCursorKind(parts.called) != CXCursor_Constructor) {
    bool fresh = object && !callee.project &&
                 (clang_getCursorType(c_.tree[node].cursor).kind == CXType_Pointer || isAnyOf(callee.name, {"make_unique", "make_shared"}));
    if (fresh) return fromKnowledge(object->initial, quoted(object->type));
    return std::nullopt;
  }
  if (const EnvironmentChange* change = selected(callee.changes, parts))
    if (change->effect == EnvironmentChange::Effect::clear) return EnvironmentValue{Kind::empty, 0, {}, name + " begins with nothing"};
  // A copy, else a fresh one.
  if (parts.arguments.size() == 1 && parts.arguments[0] != noNode &&
      c_.callees.objectType(clang_getCursorType(c_.tree[parts.arguments[0]].cursor)) == object &&
      clang_getCanonicalType(clang_getCursorType(c_.tree[c_.tree.peel(parts.arguments[0])].cursor)).kind != CXType_Pointer)
    return collapsed(environmentOf(parts.arguments[0], node));
  // Made from something else: of another object what that holds; else it may hold anything.
  bool open = object->initial != GivenEnvironment::inherited && object->initial != GivenEnvironment::forwarded;
  for (NodeId argument : parts.arguments) {
    if (!open || argument == noNode || c_.tree.isDefaultArgument(c_.tree.peel(argument)) || c_.tree.isNull(argument)) continue;
    CXType type = clang_getCursorType(c_.tree[argument].cursor);
    if (isArithmetic(type)) continue;
    // A constructor that a base class gives takes the base of what is written.
    if (!c_.callees.objectType(type)) type = clang_getCursorType(c_.tree[c_.tree.peel(argument)].cursor);
    return c_.callees.objectType(type) ? collapsed(environmentOf(argument, node))
                                       : unknown("what " + quoted(object->type) + " is made from is not followed");
  }
  return fromKnowledge(object->initial, quoted(object->type));
}

void Lowering::changeVariable(EnvironmentState& state, bool unset, const std::optional<unsigned>& variable,
                              const std::optional<unsigned>& value, const CallParts& parts, const std::string& callee) const {
  NodeId name_node = variable && *variable < parts.arguments.size() ? parts.arguments[*variable] : noNode;
  std::optional<std::string> name = name_node == noNode ? std::nullopt : values_.text(name_node);
  if (name) name = name->substr(0, name->find('='));
  if (unset) return remove(state, callee, name.value_or(std::string()));
  NodeId value_node = value && *value < parts.arguments.size() ? parts.arguments[*value] : noNode;
  bool constant = value_node == noNode ? !value : values_.text(value_node) || !values_.comesFromParent(value_node);
  Added what = !name ? Added::unknown_name : constant ? Added::constant : Added::from_parent;
  add(state, what, callee, name.value_or(std::string()));
}

// object.insert(...), g_subprocess_launcher_setenv(launcher, ...)
bool Lowering::change(NodeId call, const Callee& callee) {
  CallParts parts = partsOf(call);
  const EnvironmentChange* entry = selected(callee.changes, parts);
  if (!entry) return callee.changes != nullptr;
  std::optional<Place> place = placeOf(entry->object, parts);
  if (!place) return true;
  NodeId operand = operandOf(entry->object, parts);
  CXType type = operand == noNode ? CXType{} : clang_getCursorType(c_.tree[operand].cursor);
  EnvironmentState state = objectState(*place, type, parts);
  recordObject(*place, type);
  using Effect = EnvironmentChange::Effect;
  std::string name = quoted(callee.name);
  auto beginAfresh = [&] {
    if (state.called.empty() && state.value.kind == Kind::inherited)
      state.value = {Kind::empty, 0, {}, name + " begins with nothing"};
    changeCopy(state);
  };
  bool stays = entry->keeps_inherited && state.value.kind == Kind::inherited;
  NodeId given = entry->value && *entry->value < parts.arguments.size() ? parts.arguments[*entry->value] : noNode;
  switch (entry->effect) {
    case Effect::set:
    case Effect::put:
      beginAfresh();
      changeVariable(state, false, entry->variable, entry->effect == Effect::set ? entry->value : std::nullopt, parts, callee.name);
      break;
    case Effect::pass: {
      beginAfresh();
      std::vector<std::string> names = entry->names;
      if (entry->variable && *entry->variable < parts.arguments.size())
        if (std::optional<std::string> text = values_.text(parts.arguments[*entry->variable])) names.push_back(*text);
      if (names.empty()) add(state, Added::unknown_name, callee.name);
      for (const std::string& one : names) add(state, Added::from_parent, callee.name, one);
      break;
    }
    case Effect::unset:
      if (stays) break;
      changeCopy(state);
      changeVariable(state, true, entry->variable, std::nullopt, parts, callee.name);
      break;
    case Effect::clear:
      if (!stays) replace(state, {Kind::empty, 0, {}, name + " takes all away"});
      break;
    case Effect::forward:
      replace(state, {Kind::environ, 0, {}, name + " copies the whole environment"});
      state = captured(std::move(state));
      break;
    case Effect::inherit:
      replace(state, {Kind::inherited, 0, {}, name + " makes the child inherit", {}, {}, entry->trap});
      break;
    case Effect::replace:
    case Effect::extend: {
      EnvironmentState value;
      value.value = unknown("what " + name + " is given is not found");
      if (given != noNode) value = captured(environmentOf(given, noNode));
      if (value.value.kind == Kind::null && !entry->null.empty()) {
        if (entry->null == "inherited") value.value = {Kind::inherited, 0, {}, "NULL makes the child inherit", {}, {}, entry->trap};
        if (entry->null == "forwarded") value.value = {Kind::forwarded, 0, {}, "NULL copies the whole environment", {}, {}, entry->trap};
        if (entry->null == "empty") value.value = {Kind::empty, 0, {}, "NULL is nothing"};
      }
      if (entry->if_empty == "inherited") {
        value.value.empty_inherits = true;
        value.value.empty_trap = entry->trap;
      }
      if (value.value.kind == Kind::inherited && value.value.trap.empty()) value.value.trap = entry->trap;
      if (entry->effect == Effect::extend) {
        EnvironmentValue before = collapsed(state), more = collapsed(value);
        bool all = before.kind == Kind::forwarded || before.kind == Kind::extended || more.kind == Kind::forwarded ||
                   more.kind == Kind::extended || more.kind == Kind::environ;
        EnvironmentValue both = before.kind == Kind::empty || before.kind == Kind::inherited ? more : widest(before, more);
        if (all) both.kind = Kind::extended;
        addNames(both.names, before.names);
        value = {};
        value.value = both;
      }
      value.reachable = state_.reachable();
      state = std::move(value);
      break;
    }
  }
  if (entry->effect == Effect::set || entry->effect == Effect::put || entry->effect == Effect::pass) state.value.trap.clear();
  state_.held.insert_or_assign(place->key(), FlowState::Held{*place, std::move(state), true});
  return true;
}

}  // namespace envleak::analyzer
