// Arrays of entries in fields and global variables, and what is put in them by whatever name.
#include "analyzer/frontend/lowering.h"
#include "analyzer/frontend/type_names.h"

#include <algorithm>

namespace envleak::analyzer {
namespace {

using Kind = EnvironmentValue::Kind;
constexpr int namesFollowed = 4;  // pointers that lead to pointers

}  // namespace

// What a function returned is changed: its next caller has that as well.
void Lowering::changeResult(NodeId result, NodeId value) {
  result = c_.tree.peel(result);
  while (result != noNode && (c_.tree[result].kind == CXCursor_ArraySubscriptExpr || c_.tree[result].kind == CXCursor_UnaryOperator ||
                              c_.tree[result].kind == CXCursor_BinaryOperator))
    result = c_.tree.peel(c_.tree.child(result, 0));
  if (!recording_ || result == noNode || c_.tree[result].kind != CXCursor_CallExpr) return;
  CXCursor called = c_.dataflow.calledFunction(result);
  if (clang_Cursor_isNull(called) || !c_.callees.of(called).followed()) return;
  if (!holdsEnvironment(clang_getCursorResultType(called)) || values_.element(value, "it", noNode).kind == Kind::empty) return;
  // A container of its own.
  if (clang_getCanonicalType(clang_getCursorResultType(called)).kind == CXType_Record) return;
  const Callee& callee = c_.callees.of(called);
  EnvironmentState changed;
  changed.value = {Kind::unknown, 0, {}, "'" + name_ + "' changes what '" + callee.name + "' returned"};
  c_.summary.cells.push_back({resultCell(callee.key), function_.key, changed});
}

// The fields and global variables whose array the expression leads to, also through local pointers.
std::vector<Place> Lowering::arraysOf(NodeId expression, int depth) const {
  std::vector<Place> found;
  expression = c_.tree.peel(expression);
  if (expression == noNode || depth > namesFollowed) return found;
  auto add = [&](NodeId source) {
    for (Place& place : arraysOf(source, depth + 1)) found.push_back(std::move(place));
  };
  if (c_.tree[expression].kind == CXCursor_ConditionalOperator) {
    std::vector<NodeId> parts = c_.tree.expressionChildren(expression);
    for (std::size_t i = 1; i < parts.size(); ++i) add(parts[i]);
    return found;
  }
  std::optional<Place> place = places_.of(expression);
  if (!place) return found;
  if (!place->port.field.empty() || place->root == Place::Root::global) {
    found.push_back(std::move(*place));
    return found;
  }
  NodeId base = c_.tree.baseReference(expression);
  const Variable* variable = base == noNode ? nullptr : c_.dataflow.find(clang_getCursorReferenced(c_.tree[base].cursor));
  if (!variable || !isStringArray(clang_getCursorType(c_.tree[base].cursor))) return found;
  if (variable->initializer != noNode) add(variable->initializer);
  for (NodeId source : variable->assigned) add(source);
  return found;
}

// More entries in the array that the place leads to.
void Lowering::addEntries(const Place& place, const EnvironmentValue& entries) {
  EnvironmentState more;
  more.value = entries;
  if (recording_ && !place.cell.empty()) c_.summary.cells.push_back({entriesCell(place.cell), function_.key, more});
  if (place.port.field.empty()) return recordCell(place, more);
  share(place, more, true);
  EnvironmentState state = state_.at(place);
  bool fresh = state.value.kind == Kind::null || state.value.kind == Kind::unset || state.value.kind == Kind::empty ||
               (state.value.kind == Kind::cell && place.root == Place::Root::local);
  // What is put there by other names of the object may come before or after.
  auto isCall = [](const EnvironmentState::Called& called) { return !sharedBy(called); };
  auto call = std::ranges::find_if(state.called, isCall);
  if (call != state.called.end())
    state.value = {Kind::unknown, 0, {}, "'" + place.name + "' is filled after '" + call->name + "' was called"}, state.called.clear();
  else
    state.value = fresh ? entries : together(state.value, entries);
  recordCell(place, state);
  state_.set(place, std::move(state));
}

// place[i] = value
void Lowering::putElement(const Place& place, NodeId target, NodeId value) {
  EnvironmentValue element = values_.element(value, "'" + place.name + "'", noNode);
  if (!place.port.field.empty() || place.root == Place::Root::global) return addEntries(place, element);
  // A variable: the data flow knows. What it points to may have other names.
  CXCursor declaration = clang_getCursorReferenced(c_.tree[target].cursor);
  const Variable* variable = c_.dataflow.find(declaration);
  if (!variable) return;
  for (const Place& array : arraysOf(target, 0)) addEntries(array, element);
  if (!recording_) return;
  std::vector<NodeId> sources = variable->assigned;
  if (variable->initializer != noNode) sources.push_back(variable->initializer);
  for (NodeId source : sources) changeResult(source, value);
}

// The arrays that the expression leads to have another name from here on.
void Lowering::nameArrays(NodeId expression, const std::string& cell) {
  if (c_.tree.isNull(expression)) return;
  for (const Place& array : arraysOf(expression, 0)) {
    if (entriesCell(array.cell) == cell) continue;
    addEntries(array, {Kind::cell, 0, {}, "'" + array.name + "' is also known elsewhere", {}, cell});
  }
}

// A function may put entries in the arrays of fields and global variables that it is given.
void Lowering::giveArrays(NodeId call, CXCursor called, const Callee& callee) {
  // Functions that make an environment of a list return it and leave the list as it is.
  if (c_.callees.knowledge().onlyFrees(callee.name) || callee.producers) return;
  // Methods of containers are told by what they are; those of the project's classes have no arrays of their own here.
  bool of_container = clang_getCursorKind(called) == CXCursor_CXXMethod && spellingOf(called).starts_with("operator");
  if (of_container) return;
  CXType type = clang_getCursorType(called);
  std::vector<NodeId> arguments = c_.tree.arguments(call);
  bool copies = c_.callees.knowledge().fillsString(callee.name);
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    if (arguments[i] == noNode || static_cast<int>(i) >= clang_getNumArgTypes(type)) continue;
    NodeId inner = c_.tree.peel(arguments[i]);
    CXType given = clang_getCursorType(c_.tree[inner].cursor);
    bool address = c_.tree[inner].kind == CXCursor_UnaryOperator;
    if (address) given = clang_getCursorType(c_.tree[c_.tree.peel(c_.tree.child(inner, 0))].cursor);
    bool array = isStringArray(given) || isStringContainer(given);
    if (!array || !pointsToMutable(clang_getArgType(type, static_cast<unsigned>(i)))) continue;
    for (const Place& place : arraysOf(arguments[i], 0)) {
      std::string name = "'" + place.name + "'";
      EnvironmentValue entries{Kind::unknown, 0, {}, name + " is filled by '" + callee.name + "'"};
      if (callee.project)
        entries = values_.filledBy(call, i, name);
      else if (copies && i == 0 && arguments.size() > 1)
        entries = collapsed(captured(environmentOf(arguments[1], call)));
      else if (callee.library)
        entries = values_.filledBy(call, i, name);
      addEntries(place, entries);
    }
  }
}

// A function that is not known is given these: it may change the arrays and objects.
void Lowering::giveAway(NodeId call, const std::string& function) {
  for (NodeId argument : c_.tree.arguments(call)) {
    if (argument == noNode || !pointsToMutable(clang_getCursorType(c_.tree[argument].cursor))) continue;
    for (const Place& place : arraysOf(argument, 0))
      addEntries(place, {Kind::unknown, 0, {}, "'" + place.name + "' is filled by '" + function + "'"});
    if (!containsEnvironment(clang_getCursorType(c_.tree[c_.tree.peel(argument)].cursor))) continue;
    std::optional<Place> whole = places_.of(argument);
    if (!whole) continue;
    if (!heldOf(*whole)) state_.held.insert_or_assign(whole->key(), FlowState::Held{*whole, state_.at(*whole), false});
    for (auto& [key, held] : state_.held)
      if (held.place.keyOf({}) == whole->keyOf({}) && isFieldOf(held.place.port.field, whole->port.field))
        addCall(held.state, {}, function, true, held.place.port);
  }
}

}  // namespace envleak::analyzer
