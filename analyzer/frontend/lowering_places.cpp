// What variables, fields and objects hold along the paths of a function.
#include "analyzer/frontend/initializers.h"
#include "analyzer/frontend/lowering.h"
#include "analyzer/frontend/type_names.h"

#include <algorithm>

namespace envleak::analyzer {

using Kind = EnvironmentValue::Kind;

namespace {

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
  // By other names: all that is ever put there by these.
  EnvironmentValue value = state.value;
  bool others_only = true;
  for (const EnvironmentState::Called& called : state.called) {
    std::optional<EnvironmentValue> others = sharedBy(called);
    others_only &= others.has_value();
    if (others) value = widest(value, *others);
  }
  if (others_only) return value;
  return {Kind::unknown, 0, {}, "'" + state.called.back().name + "' may change it before"};
}

// What `environ` was earlier stays what it was, whatever is done to `environ` afterwards.
EnvironmentState Lowering::captured(EnvironmentState state) const {
  if (state.value.kind != Kind::environ) return state;
  if (state_.environ.value.kind == Kind::inherited)
    state.value.kind = Kind::forwarded;
  else
    state = inTermsOf(state_.environ, {});  // it may get to other functions
  return state;
}

std::optional<EnvironmentState> Lowering::stateAt(NodeId expression) const {
  NodeId inner = c_.tree.peel(expression);
  if (inner == noNode) return std::nullopt;
  std::optional<Place> place = places_.of(inner);
  if (!place || place->element) return std::nullopt;
  if (!heldOf(*place)) {
    if (place->port.field.empty()) return std::nullopt;  // a variable that nothing is known of here
    if (!holdsEnvironment(clang_getCursorType(c_.tree[inner].cursor))) return std::nullopt;
  }
  EnvironmentState state = read(*place);
  if (!place->port.field.empty() && isOfUnion(inner))
    state.value = widest(state.value, {Kind::unknown, 0, {}, "'" + place->name + "' is part of a union"});
  return state;
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
  share(place, state, false);
  if (place.indexed) {  // of which of the objects is not known
    EnvironmentState before = state_.at(place);
    bool none = before.value.kind == Kind::unset || (before.value.kind == Kind::cell && place.root == Place::Root::local);
    if (!none || !before.called.empty()) state = join(before, state);
  }
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
            if (std::optional<Place> source = given.size() == 1 ? places_.of(given[0]) : std::nullopt)
              return copy(place, *source, clang_getCursorType(c_.tree[value].cursor));
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
        shareFields(place, clang_getCursorType(c_.tree[value].cursor), &state);
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
  if (std::optional<Place> source = places_.of(value)) return copy(place, *source, clang_getCursorType(c_.tree[value].cursor));
  state.value = {Kind::unknown, 0, {}, "what '" + place.name + "' is copied from is not followed"};
  shareFields(place, clang_getCursorType(c_.tree[value].cursor), &state);
  state_.set(place, state);
}

void Lowering::copy(const Place& target, const Place& source, CXType type) {
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
  // What it holds by other names as well.
  if (source.reach != Place::Reach::own)
    for (CXCursor field : fieldsOf(plainType(type)))
      if (holdsEnvironment(clang_getCursorType(field))) parts.emplace_back(places_.inside(target, field), read(places_.inside(source, field)));
  EnvironmentState whole = state_.at(source);
  if (target.indexed) whole = join(state_.at(target), whole);
  state_.set(target, std::move(whole));
  for (const auto& [part, state] : parts) state_.set(part, state);
  shareFields(target, type, nullptr);
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
  if (!place) {
    shareAnywhere(left, right);
    if (isStringArray(type) && (c_.tree[left].kind == CXCursor_UnaryOperator || c_.tree[left].kind == CXCursor_CallExpr))
      storePointed(left, right);
    return changeResult(left, right);
  }
  bool text = isCharacterPointer(type) || isStringText(type);
  if (text && !place->element && !place->port.field.empty()) keepText(*place, right);
  bool of_container = c_.tree[left].kind == CXCursor_CallExpr && isRecord(type);  // map[name] = value
  if (place->element && (isCharacterPointer(type) || isStringObject(type) || of_container))
    return putElement(*place, c_.tree.baseReference(left), right);
  bool referred = c_.tree[left].kind == CXCursor_MemberRefExpr &&
                  clang_getCanonicalType(clang_getCursorType(clang_getCursorReferenced(c_.tree[left].cursor))).kind == CXType_LValueReference;
  if ((place->element || referred) && isStringArray(type)) storePointed(left, right);
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

}  // namespace envleak::analyzer
