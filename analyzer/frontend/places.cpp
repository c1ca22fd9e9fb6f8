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
    if (!dataflow_.isOtherName(path.base)) break;
    NodeId initializer = dataflow_.find(path.base)->initializer;
    std::optional<AccessPath> origin = accessPath(tree_, initializer);
    if (!origin || (!origin->isThis() && clang_equalCursors(origin->base, path.base))) break;
    path.base = origin->base;
    if (clang_Cursor_isNull(path.last)) path.last = origin->last;
    path.fields = joinedFields(origin->fields, path.fields);
    NodeId made = tree_.peel(initializer);
    bool leads_on = !origin->fields.empty() && tree_[made].kind == CXCursor_MemberRefExpr && isObjectHandle(clang_getCursorType(tree_[made].cursor));
    path.through |= origin->through || leads_on;
    path.indexed |= origin->indexed || (origin->element && !path.fields.empty());
    path.element |= origin->element && path.fields.empty();
  }
  place.element = path.element;
  place.indexed = path.indexed;
  place.port.field = path.fields;
  if (!clang_Cursor_isNull(path.last)) place.cell = callees_.pointerKey(path.last);
  if (path.isThis()) {
    if (path.fields.empty()) place.name = "this";
    place.root = Place::Root::parameter;
    place.port.parameter = thisPort;
    place.reach = Place::Reach::open;
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
    reach(place, path);
  }
  if (!place.port.field.empty()) place.name = place.port.field.substr(place.port.field.rfind('.') + 1);
  return place;
}

void Places::reach(Place& place, const AccessPath& path) const {
  CXType type = clang_getCanonicalType(clang_getCursorType(path.base));
  while (type.kind == CXType_ConstantArray) type = clang_getCanonicalType(clang_getArrayElementType(type));
  bool leads = type.kind == CXType_LValueReference || type.kind == CXType_RValueReference || isObjectHandle(type) ||
               isArithmetic(type) || isArgumentList(type);
  place.direct = !leads && !path.through;
  bool own = place.root == Place::Root::local && !path.through && (!leads || dataflow_.isFresh(path.base));
  if (place.root == Place::Root::parameter && !leads && !path.through) own = true;  // given by value
  place.reach = Place::Reach::open;
  if (!own) return;
  place.variable = path.base;
  Dataflow::Sharing sharing = dataflow_.sharingOf(path.base);
  place.reach = sharing.shared ? Place::Reach::shared : sharing.given.empty() ? Place::Reach::own : Place::Reach::given;
}

bool Place::mayBe(const Place& other) const {
  if (cell.empty() || cell != other.cell || reach == Reach::own || other.reach == Reach::own) return false;
  return !(direct && other.direct) && keyOf({}) != other.keyOf({});
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
