// What variables, fields and objects hold along the paths of a function.
#include "analyzer/frontend/initializers.h"
#include "analyzer/frontend/lowering.h"
#include "analyzer/frontend/type_names.h"

#include <algorithm>

namespace envleak::analyzer {

using Kind = EnvironmentValue::Kind;

namespace {

CXType plainType(CXType type) {
  type = clang_getCanonicalType(withoutReference(type));
  return type.kind == CXType_Pointer ? clang_getCanonicalType(clang_getPointeeType(type)) : type;
}

bool hasBases(CXCursor record) {
  bool found = false;
  clang_visitChildren(
      record,
      [](CXCursor child, CXCursor, CXClientData data) {
        *static_cast<bool*>(data) |= clang_getCursorKind(child) == CXCursor_CXXBaseSpecifier;
        return CXChildVisit_Continue;
      },
      &found);
  return found;
}

// Does a constructor of its own make it?
bool makesItself(CXType type) {
  bool found = false;
  clang_visitChildren(
      clang_getTypeDeclaration(clang_getCanonicalType(type)),
      [](CXCursor child, CXCursor, CXClientData data) {
        bool own = clang_CXXConstructor_isDefaultConstructor(child) != 0 && clang_CXXMethod_isDefaulted(child) == 0;
        *static_cast<bool*>(data) |= own;
        return CXChildVisit_Continue;
      },
      &found);
  return found;
}

bool isRecord(CXType type) { return plainType(type).kind == CXType_Record && !isStringObject(plainType(type)); }

}  // namespace

bool isStringContainer(CXType type) {
  CXType plain = clang_getCanonicalType(withoutReference(type));
  if (plain.kind != CXType_Record) return false;
  return isAnyOf(spellingOf(clang_getTypeDeclaration(plain)),
                 {"vector", "array", "span", "initializer_list", "list", "deque", "map", "unordered_map", "flat_map",
                  "QStringList", "QList"});
}

bool Lowering::holdsEnvironment(CXType type) const {
  return isStringArray(type) || isStringContainer(type) || c_.callees.objectType(type) != nullptr;
}

// Could one of its fields, or of theirs, hold an environment?
bool Lowering::containsEnvironment(CXType type, int depth) const {
  if (c_.callees.objectType(type)) return true;
  CXType plain = plainType(type);
  if (plain.kind != CXType_Record || depth > 2) return false;
  CXCursor declaration = clang_getTypeDeclaration(plain);
  if (clang_Location_isInSystemHeader(clang_getCursorLocation(declaration)) && isStringObject(plain)) return false;
  auto [found, added] = c_.contains_environment.try_emplace(declaration, false);
  if (!added) return found->second;
  bool contains = false;
  for (CXCursor field : fieldsOf(plain)) {
    CXType of_field = clang_getCursorType(field);
    contains = contains || holdsEnvironment(of_field) ||
               (clang_getCanonicalType(of_field).kind == CXType_Record && containsEnvironment(of_field, depth + 1));
  }
  c_.contains_environment[declaration] = contains;
  return contains;
}

const FlowState::Held* Lowering::heldOf(const Place& place) const {
  auto found = state_.held.find(place.key());
  return found == state_.held.end() ? nullptr : &found->second;
}

EnvironmentValue Lowering::collapsed(const EnvironmentState& state) {
  if (state.called.empty()) return state.value;
  return {Kind::unknown, 0, {}, "'" + state.called.back().name + "' may change it before"};
}

// What `environ` was earlier stays what it was, whatever is done to `environ` afterwards.
EnvironmentState Lowering::captured(EnvironmentState state) const {
  if (state.value.kind != Kind::environ) return state;
  if (state_.environ.value.kind == Kind::inherited)
    state.value.kind = Kind::forwarded;
  else
    state = state_.environ;
  return state;
}

std::optional<EnvironmentState> Lowering::stateAt(NodeId expression) const {
  NodeId inner = c_.tree.peel(expression);
  if (inner == noNode) return std::nullopt;
  std::optional<Place> place = places_.of(inner);
  if (!place || place->element) return std::nullopt;
  if (const FlowState::Held* held = heldOf(*place)) return held->state;
  if (place->port.field.empty()) return std::nullopt;  // a variable that nothing is known of here
  if (!holdsEnvironment(clang_getCursorType(c_.tree[inner].cursor))) return std::nullopt;
  return state_.at(*place);
}

std::optional<EnvironmentValue> Lowering::at(NodeId expression) const {
  std::optional<EnvironmentState> state = stateAt(expression);
  return state ? std::optional(collapsed(*state)) : std::nullopt;
}

EnvironmentState Lowering::environmentOf(NodeId expression, NodeId call) const {
  if (std::optional<EnvironmentState> state = stateAt(expression)) return *state;
  EnvironmentState state;
  state.value = values_.environment(expression, call);
  return state;
}

void Lowering::recordCell(const Place& place, const EnvironmentState& state) {
  if (!recording_ || place.cell.empty()) return;
  c_.summary.cells.push_back({place.cell, function_.key, state});
}

// A member that is an object of a library: so it is made.
void Lowering::recordObject(const Place& place, CXType type) {
  const ObjectType* object = c_.callees.objectType(type);
  if (!recording_ || !object || place.cell.empty() || clang_getCanonicalType(type).kind != CXType_Record) return;
  CellValue value{place.cell, {}, {}};
  switch (object->initial) {
    case GivenEnvironment::inherited:
      value.value.value = {Kind::inherited, 0, {}, "'" + place.name + "' has no environment of its own"};
      break;
    case GivenEnvironment::forwarded:
      value.value.value = {Kind::forwarded, 0, {}, "'" + place.name + "' copies the whole environment"};
      break;
    default:
      value.value.value = {Kind::empty, 0, {}, "'" + place.name + "' is empty as it is made"};
      break;
  }
  c_.summary.cells.push_back(std::move(value));
}

void Lowering::set(const Place& place, EnvironmentState state) {
  recordCell(place, state);
  state_.set(place, std::move(state));
}

// Is the variable only ever pointed elsewhere as a whole?
bool Lowering::isPlainPointer(CXCursor declaration) const {
  CXType type = clang_getCanonicalType(clang_getCursorType(declaration));
  const Variable* variable = c_.dataflow.find(declaration);
  return type.kind == CXType_Pointer && isStringArray(type) && variable && variable->elements.empty() &&
         variable->escapes.empty() && variable->aliases.empty() && !variable->modified && !variable->leaked &&
         (!variable->of_main || variable->parameter == 2);
}

void Lowering::declare(NodeId node) {
  CXCursor declaration = c_.tree[node].cursor;
  const Variable* variable = c_.dataflow.find(declaration);
  std::optional<Place> place = places_.ofVariable(declaration);
  if (!variable || !place || !place->port.field.empty() || place->element) return;
  bool alias = place->root == Place::Root::parameter || place->base != c_.callees.pointerKey(declaration);
  if (alias) return;
  CXType type = clang_getCursorType(declaration);
  if (place->root == Place::Root::global) {
    if (variable->initializer == noNode || !recording_) return;
    if (holdsEnvironment(type))
      recordCell(*place, environmentOf(variable->initializer, noNode));
    else if (isRecord(type) && containsEnvironment(type))
      initializeRecord(*place, variable->initializer);
    return;
  }
  if (variable->initializer != noNode && !holdsEnvironment(type))
    if (std::optional<EnvironmentValue> value = made(variable->initializer)) {
      EnvironmentState state;
      state.value = *value;
      return state_.set(*place, state);
    }
  if (c_.callees.objectType(type)) {
    EnvironmentState state = initial(*place);
    if (variable->initializer != noNode) state = environmentOf(variable->initializer, node);
    bool by_address = variable->initializer == noNode || state.value.kind == Kind::null;
    // An object, or a pointer that a call is given the address of: a fresh one.
    if (by_address) state.value = {Kind::unset};
    state_.set(*place, state);
    if (by_address) {
      state = objectState(*place, type, {});
      state_.set(*place, state);
    }
    return;
  }
  if (variable->initializer == noNode) {
    if (isRecord(type) && containsEnvironment(type)) set(*place, initial(*place));
    return;
  }
  if (isPlainPointer(declaration))
    set(*place, captured(environmentOf(variable->initializer, node)));
  else if (isRecord(type) && containsEnvironment(type))
    initializeRecord(*place, variable->initializer);
}

void Lowering::initializeRecord(const Place& place, NodeId initializer) {
  NodeId value = c_.tree.peel(initializer);
  if (value == noNode) return;
  EnvironmentState state = initial(place);
  switch (c_.tree[value].kind) {
    case CXCursor_InitListExpr:
      if (!hasBases(clang_getTypeDeclaration(clang_getCursorType(c_.tree[value].cursor))))
        state.value = {Kind::null, 0, {}, "'" + place.name + "' is NULL"};
      state_.set(place, state);
      initializeDefaults(place, clang_getCursorType(c_.tree[value].cursor));
      for (const FieldInitializer& one : fieldInitializers(c_.tree, value)) {
        Place field = places_.inside(place, one.field);
        CXType type = clang_getCursorType(one.field);
        if (holdsEnvironment(type))
          set(field, captured(environmentOf(one.value, noNode)));
        else if (clang_getCanonicalType(type).kind == CXType_Record && containsEnvironment(type))
          initializeRecord(field, one.value);
      }
      return;
    case CXCursor_CallExpr: {
      CXCursor called = c_.dataflow.calledFunction(value);
      if (clang_getCursorKind(called) == CXCursor_Constructor) {
        const Callee& callee = c_.callees.of(called);
        std::vector<NodeId> given = c_.tree.arguments(value);
        if (clang_CXXMethod_isDefaulted(called) != 0) {
          if (clang_CXXConstructor_isDefaultConstructor(called) == 0) {
            if (std::optional<Place> source = given.size() == 1 ? places_.of(given[0]) : std::nullopt) return copy(place, *source);
          } else if (!hasBases(clang_getCursorSemanticParent(called))) {
            // Written, as in T(): zeroed like T{}; a bare declaration leaves it as it is.
            auto is_type = [&](NodeId child) { return c_.tree[child].kind == CXCursor_TypeRef; };
            std::vector<NodeId> children = c_.tree.children(value);
            if (std::ranges::any_of(children, is_type)) state.value = {Kind::null, 0, {}, "'" + place.name + "' is NULL"};
            state_.set(place, state);
            return initializeDefaults(place, clang_getCursorType(c_.tree[value].cursor));
          }
        }
        if (callee.project) addCall(state, callee.key, callee.name, true, {thisPort, {}});
      } else if (c_.callees.knowledge().allocates(spellingOf(called))) {
        state.value = {Kind::null, 0, {}, "'" + place.name + "' is NULL"};
      } else {
        state.value = {Kind::unknown, 0, {}, "'" + place.name + "' comes from '" + spellingOf(called) + "'"};
      }
      return state_.set(place, state);
    }
    case CXCursor_CXXNewExpr:
      for (NodeId child : c_.tree.children(value))
        if (c_.tree[child].kind == CXCursor_CallExpr) return initializeRecord(place, child);
      return state_.set(place, state);
    default:
      break;
  }
  if (std::optional<Place> source = places_.of(value)) return copy(place, *source);
  state.value = {Kind::unknown, 0, {}, "what '" + place.name + "' is copied from is not followed"};
  state_.set(place, state);
}

void Lowering::copy(const Place& target, const Place& source) {
  std::vector<std::pair<Place, EnvironmentState>> parts;
  for (const auto& [key, held] : state_.held) {
    std::string rest;
    if (held.place.keyOf({}) != source.keyOf({}) || !isFieldOf(held.place.port.field, source.port.field, &rest)) continue;
    Place part = target;
    part.port.field = joinedFields(target.port.field, rest);
    part.cell = held.place.cell;
    part.name = rest.empty() ? target.name : held.place.name;
    if (rest.empty()) continue;
    parts.emplace_back(part, held.state);
  }
  state_.set(target, state_.at(source));
  for (const auto& [part, state] : parts) state_.set(part, state);
}

// What the fields are declared with.
void Lowering::initializeDefaults(const Place& place, CXType type, int depth) {
  if (depth > 2) return;
  for (CXCursor declared : fieldsOf(type)) {
    CXType of_field = clang_getCursorType(declared);
    Place field = places_.inside(place, declared);
    auto found = c_.member_defaults.find(declared);
    bool record = clang_getCanonicalType(of_field).kind == CXType_Record && containsEnvironment(of_field);
    if (clang_Cursor_isNull(defaultOf(declared))) {
      if (record && makesItself(of_field))
        state_.set(field, initial(field));
      else if (record && !holdsEnvironment(of_field))
        initializeDefaults(field, of_field, depth + 1);
    } else if (holdsEnvironment(of_field)) {
      EnvironmentState state;
      state.value = {Kind::unknown, 0, {}, "what '" + field.name + "' is declared with is not followed"};
      if (found != c_.member_defaults.end()) state = captured(environmentOf(found->second, noNode));
      set(field, std::move(state));
    } else if (record && found != c_.member_defaults.end()) {
      initializeRecord(field, found->second);
    }
  }
}

void Lowering::initializeMember(const FieldInitializer& one) {
  Place object;
  object.root = Place::Root::parameter;
  object.port.parameter = thisPort;
  Place field = places_.inside(object, one.field);
  CXType type = clang_getCursorType(one.field);
  if (holdsEnvironment(type))
    set(field, captured(environmentOf(one.value, noNode)));
  else if (clang_getCanonicalType(type).kind == CXType_Record && containsEnvironment(type))
    initializeRecord(field, one.value);
}

// place = value
void Lowering::store(NodeId left, NodeId right) {
  left = c_.tree.peel(left);
  if (left == noNode) return;
  CXType type = clang_getCursorType(c_.tree[left].cursor);
  std::optional<Place> place = places_.of(left);
  if (!place) return changeResult(left, right);
  bool text = isCharacterPointer(type) || isStringText(type);
  if (text && !place->element && !place->port.field.empty()) keepText(*place, right);
  bool of_container = c_.tree[left].kind == CXCursor_CallExpr && isRecord(type);  // map[name] = value
  if (place->element && (isCharacterPointer(type) || isStringObject(type) || of_container))
    return putElement(*place, c_.tree.baseReference(left), right);
  if (place->element && !place->port.field.empty()) return;
  if (holdsEnvironment(type)) {
    bool variable = place->port.field.empty();
    CXCursor declaration = c_.tree.declarationOf(left);
    if (!place->cell.empty() && isStringArray(type)) nameArrays(right, entriesCell(place->cell));
    if (variable && place->root == Place::Root::global) {
      EnvironmentState state = captured(environmentOf(right, noNode));
      recordCell(*place, state);
      return;
    }
    bool object = c_.callees.objectType(type) != nullptr;
    if (variable && !object && (clang_Cursor_isNull(declaration) || !isPlainPointer(declaration))) return;
    set(*place, captured(environmentOf(right, noNode)));
  } else if (isRecord(type) && clang_getCanonicalType(type).kind == CXType_Record && containsEnvironment(type)) {
    initializeRecord(*place, right);
  } else if (isRecord(type) && place->root == Place::Root::local && containsEnvironment(type)) {
    initializeRecord(*place, right);  // a pointer: what it leads to now
  }
}

// A function of the project may change the objects it is given.
void Lowering::touch(NodeId call, CXCursor called, const Callee& callee, bool always) {
  auto give = [&](NodeId argument, unsigned parameter) {
    if (argument == noNode || !containsEnvironment(clang_getCursorType(c_.tree[c_.tree.peel(argument)].cursor))) return;
    std::optional<Place> whole = places_.of(argument);
    if (!whole) return;
    if (!heldOf(*whole)) state_.held.insert_or_assign(whole->key(), FlowState::Held{*whole, state_.at(*whole), false});
    for (auto& [key, held] : state_.held) {
      std::string rest;
      if (held.place.keyOf({}) == whole->keyOf({}) && isFieldOf(held.place.port.field, whole->port.field, &rest))
        addCall(held.state, callee.key, callee.name, always, {parameter, rest});
    }
  };
  CXType type = clang_getCursorType(called);
  std::vector<NodeId> arguments = c_.tree.arguments(call);
  for (unsigned i = 0; i < arguments.size(); ++i)
    if (static_cast<int>(i) < clang_getNumArgTypes(type) && pointsToMutable(clang_getArgType(type, i)))
      give(arguments[i], i);
  NodeId named = c_.tree.calleeExpression(call);
  if (named == noNode || c_.tree[named].kind != CXCursor_MemberRefExpr || clang_CXXMethod_isConst(called) != 0) return;
  NodeId object = c_.tree.child(named, 0);
  if (object != noNode && clang_isExpression(c_.tree[object].kind)) {
    give(object, thisPort);
  } else {
    for (auto& [key, held] : state_.held)
      if (held.place.root == Place::Root::parameter && held.place.port.parameter == thisPort)
        addCall(held.state, callee.key, callee.name, always, held.place.port);
  }
}

// memset(&object, 0, size), memcpy(&object, &other, size)
void Lowering::fill(NodeId call, const std::string& name) {
  bool clears = isAnyOf(name, {"memset", "bzero", "explicit_bzero", "__builtin_memset", "__builtin___memset_chk"});
  if (!clears && !c_.callees.knowledge().fillsString(name)) return;
  std::vector<NodeId> arguments = c_.tree.arguments(call);
  if (arguments.empty() || arguments[0] == noNode) return;
  CXType type = clang_getCursorType(c_.tree[c_.tree.peel(arguments[0])].cursor);
  if (!isRecord(type) || !containsEnvironment(type)) return;
  std::optional<Place> place = places_.of(arguments[0]);
  if (!place) return;
  EnvironmentState state;
  state.value = clears ? EnvironmentValue{Kind::null, 0, {}, "'" + place->name + "' is NULL"}
                       : EnvironmentValue{Kind::unknown, 0, {}, "'" + name + "' fills '" + place->name + "'"};
  std::optional<Place> source = arguments.size() > 1 && arguments[1] != noNode ? places_.of(arguments[1]) : std::nullopt;
  if (!clears && source) return copy(*place, *source);
  state_.set(*place, state);
}

}  // namespace envleak::analyzer
