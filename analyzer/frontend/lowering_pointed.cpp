// `environ` changed through a pointer to it: drop(&environ), where drop sets what its parameter points to.
#include "analyzer/frontend/lowering.h"

#include <algorithm>

namespace envleak::analyzer {

using Kind = EnvironmentValue::Kind;

// Is the parameter a char ***that is only ever dereferenced, with what it points to read or set?
bool Lowering::pointsOnlyToGiven(CXCursor parameter) const {
  CXType type = clang_getCanonicalType(clang_getCursorType(parameter));
  if (type.kind != CXType_Pointer || !isStringArray(clang_getPointeeType(type))) return false;
  if (has_labels_) return false;
  for (NodeId at = root_, end = c_.tree.endOf(root_); at < end; ++at) {
    if (c_.tree[at].kind == CXCursor_LambdaExpr) return false;
    if (c_.tree[at].kind != CXCursor_DeclRefExpr || !clang_equalCursors(clang_getCursorReferenced(c_.tree[at].cursor), parameter)) continue;
    NodeId above = c_.tree[at].parent;
    while (above != noNode && c_.tree.peel(above) == at) above = c_.tree[above].parent;
    if (above == noNode || c_.tree[above].kind != CXCursor_UnaryOperator ||
        clang_getCursorUnaryOperatorKind(c_.tree[above].cursor) != CXUnaryOperator_Deref)
      return false;
    // &*parameter, (*parameter)[i] = text
    NodeId outer = c_.tree[above].parent;
    while (outer != noNode && c_.tree.peel(outer) == above) outer = c_.tree[outer].parent;
    CXCursorKind kind = outer == noNode ? CXCursor_InvalidFile : c_.tree[outer].kind;
    if (kind == CXCursor_UnaryOperator || kind == CXCursor_ArraySubscriptExpr || kind == CXCursor_CompoundAssignOperator) return false;
    if (kind == CXCursor_CallExpr || kind == CXCursor_VarDecl || kind == CXCursor_InitListExpr) return false;
  }
  return true;
}

// *parameter
std::optional<Place> Lowering::pointed(NodeId expression) const {
  expression = c_.tree.peel(expression);
  if (expression == noNode || c_.tree[expression].kind != CXCursor_UnaryOperator) return std::nullopt;
  NodeId inner = c_.tree.peel(c_.tree.child(expression, 0));
  if (inner == noNode || c_.tree[inner].kind != CXCursor_DeclRefExpr) return std::nullopt;
  CXCursor parameter = clang_getCursorReferenced(c_.tree[inner].cursor);
  if (clang_getCursorKind(parameter) != CXCursor_ParmDecl || !pointsOnlyToGiven(parameter)) return std::nullopt;
  std::optional<Place> place = places_.ofVariable(parameter);
  if (!place || place->root != Place::Root::parameter) return std::nullopt;
  place->port.field = pointedTo;
  return place;
}

void Lowering::storePointed(NodeId left, NodeId right) {
  if (std::optional<Place> place = pointed(left)) return state_.set(*place, captured(environmentOf(right, noNode)));
  // Whatever it points to may be `environ`.
  changed(Added::other);
  EnvironmentValue others{Kind::cell, 0, {}, {}, {}, environCell()};
  addCall(state_.environ, sharedCall(others), "environ", false);
}

// Parameters that point to an environment, with what the function leaves there.
void Lowering::leavePointed() {
  for (NodeId child : c_.tree.children(root_)) {
    if (c_.tree[child].kind != CXCursor_ParmDecl || !pointsOnlyToGiven(c_.tree[child].cursor)) continue;
    std::optional<Place> place = places_.ofVariable(c_.tree[child].cursor);
    if (!place || place->root != Place::Root::parameter) continue;
    place->port.field = pointedTo;
    if (!exit_.held.contains(place->key())) function_.leaves_ports.push_back({place->port, exit_.at(*place)});
  }
}

// f(&environ), f(environ) by reference
bool Lowering::giveEnviron(NodeId argument, CXType expected, unsigned parameter, const Callee& callee, bool always) {
  NodeId inner = c_.tree.peel(argument);
  if (inner == noNode) return false;
  bool address = c_.tree[inner].kind == CXCursor_UnaryOperator &&
                 clang_getCursorUnaryOperatorKind(c_.tree[inner].cursor) == CXUnaryOperator_AddrOf;
  bool reference = clang_getCanonicalType(expected).kind == CXType_LValueReference;
  if (!address && !reference) return false;
  if (!c_.callees.isEnviron(c_.tree.declarationOf(address ? c_.tree.child(inner, 0) : inner))) return false;
  changed(Added::other);
  addCall(state_.environ, callee.key, callee.name, always, {parameter, pointedTo});
  if (!recording_) return true;
  EnvironmentState state;
  state.value = {Kind::filled, parameter, callee.key, "'" + callee.name + "' is given the address of 'environ'"};
  c_.summary.cells.push_back({environCell(), function_.key, std::move(state)});
  return true;
}

}  // namespace envleak::analyzer
