#include "analyzer/frontend/places.h"

#include "analyzer/frontend/type_names.h"

namespace envleak::analyzer {

using Kind = EnvironmentValue::Kind;

std::string Place::keyOf(const std::string& fields) const {
  std::string key = root == Root::parameter ? "p" + std::to_string(port.parameter) : base;
  return key + "|" + fields;
}

std::string Place::key() const { return keyOf(port.field); }

std::optional<Place> Places::of(NodeId expression) const {
  std::optional<AccessPath> path = accessPath(tree_, expression);
  return path ? of(std::move(*path)) : std::nullopt;
}

std::optional<Place> Places::of(AccessPath path) const {
  Place place;
  // A pointer or reference that is made once stands for what it leads to.
  for (int names = 0; names < 8 && !path.isThis(); ++names) {
    CXTypeKind type = clang_getCanonicalType(clang_getCursorType(path.base)).kind;
    const Variable* variable = dataflow_.find(path.base);
    bool leads = type == CXType_LValueReference || type == CXType_RValueReference ||
                 (type == CXType_Pointer && canHaveFields(clang_getCursorType(path.base)));
    if (!leads || !variable || variable->parameter >= 0 || variable->initializer == noNode || variable->modified ||
        !variable->assigned.empty() || variable->range != noNode)
      break;
    std::optional<AccessPath> origin = accessPath(tree_, variable->initializer);
    if (!origin || (!origin->isThis() && clang_equalCursors(origin->base, path.base))) break;
    path.base = origin->base;
    if (clang_Cursor_isNull(path.last)) path.last = origin->last;
    path.fields = joinedFields(origin->fields, path.fields);
    path.element |= origin->element && path.fields.empty();
  }
  place.element = path.element;
  place.port.field = path.fields;
  if (!clang_Cursor_isNull(path.last)) place.cell = callees_.pointerKey(path.last);
  if (path.isThis()) {
    if (path.fields.empty()) place.name = "this";
    place.root = Place::Root::parameter;
    place.port.parameter = thisPort;
  } else {
    const Variable* variable = dataflow_.find(path.base);
    bool parameter = clang_getCursorKind(path.base) == CXCursor_ParmDecl;
    if (parameter && (!variable || variable->parameter < 0 || (variable->of_main && variable->parameter != 2))) return std::nullopt;
    place.name = spellingOf(path.base);
    if (parameter && !variable->of_main) {
      place.root = Place::Root::parameter;
      place.port.parameter = static_cast<unsigned>(variable->parameter);
    } else {
      place.base = callees_.pointerKey(path.base);
      bool global = clang_Cursor_hasVarDeclGlobalStorage(path.base) == 1;
      place.root = global ? Place::Root::global : Place::Root::local;
      if (global && place.cell.empty()) place.cell = place.base;
      CXType type = clang_getCanonicalType(clang_getCursorType(path.base));
      if (type.kind == CXType_Pointer) type = clang_getCanonicalType(clang_getPointeeType(type));
      place.constructed = clang_isPODType(type) == 0;
    }
  }
  if (!place.port.field.empty()) place.name = place.port.field.substr(place.port.field.rfind('.') + 1);
  return place;
}

Place Places::inside(const Place& whole, CXCursor field) const {
  Place place = whole;
  place.name = spellingOf(field);
  place.port.field = joinedFields(whole.port.field, place.name);
  place.cell = callees_.pointerKey(field);
  place.element = false;
  return place;
}

EnvironmentState initial(const Place& place) {
  EnvironmentState state;
  std::string name = "'" + place.name + "'";
  if (place.root == Place::Root::parameter)
    state.value = {Kind::parameter, place.port.parameter, {}, (place.port.field.empty() ? "parameter " : "field ") + name + " decides", place.port.field, place.cell};
  else if (place.root == Place::Root::global || (place.constructed && !place.port.field.empty()))
    state.value = {Kind::cell, 0, {}, "what " + name + " holds decides", {}, place.cell};
  else
    state.value = {Kind::unset, 0, {}, "nothing that sets " + name + " was found"};
  return state;
}

}  // namespace envleak::analyzer
