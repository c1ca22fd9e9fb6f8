// Functions whose address is put somewhere, or passed on.
#include "analyzer/frontend/access_path.h"
#include "analyzer/frontend/dataflow.h"
#include "analyzer/frontend/initializers.h"
#include "analyzer/frontend/type_names.h"

#include <algorithm>

namespace envleak::analyzer {

// The function, or what is in the variable; an empty one: a function of a library; nullopt: neither.
std::optional<Callable> Dataflow::callableNamed(CXCursor declaration) const {
  CXCursorKind kind = clang_getCursorKind(declaration);
  Callable callable;
  if (kind == CXCursor_FunctionDecl || kind == CXCursor_CXXMethod) {
    const Callee& callee = callees_.of(declaration);
    if (callee.spawns) callable.api = callee.spawns->front().name;
    if (!callee.spawns && callee.followed()) callable.function = callee.key;
    return callable;
  }
  if (!isVariableKind(kind) || !isFunctionPointer(clang_getCursorType(declaration))) return std::nullopt;
  callable.from = callees_.pointerKey(declaration);
  return callable;
}

std::optional<std::vector<Callable>> Dataflow::callables(NodeId expression) const {
  expression = tree_.peel(expression);
  if (expression == noNode) return std::nullopt;
  switch (tree_[expression].kind) {
    case CXCursor_DeclRefExpr:
    case CXCursor_MemberRefExpr: {
      std::optional<Callable> callable = callableNamed(clang_getCursorReferenced(tree_[expression].cursor));
      if (!callable) return std::nullopt;
      std::vector<Callable> all;
      if (*callable != Callable()) all.push_back(std::move(*callable));
      return all;
    }
    case CXCursor_IntegerLiteral:  // NULL, SIG_IGN
    case CXCursor_GNUNullExpr:
    case CXCursor_CXXNullPtrLiteralExpr:
      return std::vector<Callable>();
    case CXCursor_UnaryOperator: {
      CXUnaryOperatorKind op = clang_getCursorUnaryOperatorKind(tree_[expression].cursor);
      if (op != CXUnaryOperator_AddrOf && op != CXUnaryOperator_Deref) return std::nullopt;
      // What a pointer to a variable leads to may change before the call.
      std::optional<std::vector<Callable>> inner = callables(tree_.child(expression, 0));
      if (inner && std::ranges::any_of(*inner, [](const Callable& one) { return !one.from.empty(); })) return std::nullopt;
      return inner;
    }
    case CXCursor_ConditionalOperator: {
      std::vector<NodeId> parts = tree_.expressionChildren(expression);
      if (parts.size() != 3) return std::nullopt;
      std::optional<std::vector<Callable>> all = callables(parts[1]), other = callables(parts[2]);
      if (!all || !other) return std::nullopt;
      all->insert(all->end(), other->begin(), other->end());
      return all;
    }
    default:
      return std::nullopt;
  }
}

// Something that is not known is put there.
void Dataflow::addUnknownPointer(const std::string& pointer) {
  if (pointer.starts_with("v|")) return;
  pointers_.insert({pointer.starts_with("l|") ? pointer : "l|" + pointer, {}, false, "?"});
}

void Dataflow::addPointerTo(CXCursor target, PointerAssignment assignment) {
  assignment.target = callees_.pointerKey(target);
  // What its own function puts in a parameter is there whatever the caller passed.
  if (clang_getCursorKind(target) == CXCursor_ParmDecl) {
    PointerAssignment own = assignment;
    own.target = "l|" + assignment.target;
    pointers_.insert(std::move(own));
  }
  pointers_.insert(std::move(assignment));
}

std::string Dataflow::resultKey(NodeId call) const {
  CXCursor called = calledFunction(call);
  if (!clang_Cursor_isNull(called) && callees_.of(called).followed()) return "r|" + callees_.of(called).key;
  return "e|" + callees_.placeKey(tree_[call].cursor);
}

// A function, or a variable that holds one.
void Dataflow::addPointer(NodeId node) {
  std::optional<Callable> callable = callableNamed(clang_getCursorReferenced(tree_[node].cursor));
  if (!callable || *callable == Callable()) return;
  addPointer(node, {{}, callable->api.empty() ? callable->function : callable->api, !callable->api.empty(), callable->from});
}

// A call that returns a function of the project's choice.
void Dataflow::addReturnedPointer(NodeId call) {
  std::string key = resultKey(call);
  if (key.starts_with("r|") && isFunctionPointer(clang_getCursorType(tree_[call].cursor))) addPointer(call, {{}, {}, false, key});
}

void Dataflow::addPointer(NodeId value, PointerAssignment assignment) {
  // A way that is not followed: it may be called from anywhere.
  auto lost = [&] {
    if (!assignment.api && !assignment.function.empty()) address_taken_.insert(assignment.function);
  };
  bool address = false;
  for (NodeId above = tree_[value].parent; above != noNode; value = above, above = tree_[above].parent) {
    switch (tree_[above].kind) {
      case CXCursor_VarDecl:
      case CXCursor_ParmDecl:  // a default argument
        assignment.target = callees_.pointerKey(tree_[above].cursor);
        pointers_.insert(assignment);
        return;
      case CXCursor_BinaryOperator: {
        if (clang_getCursorBinaryOperatorKind(tree_[above].cursor) != CXBinaryOperator_Assign ||
            tree_.child(above, 1) != value)
          return lost();
        NodeId left = tree_.peel(tree_.child(above, 0));
        CXCursor target = tree_.declarationOf(left);
        if (!isVariableKind(clang_getCursorKind(target)))
          if (std::optional<AccessPath> path = accessPath(tree_, left))
            target = clang_Cursor_isNull(path->last) ? path->base : path->last;
        if (!isVariableKind(clang_getCursorKind(target))) return lost();
        return addPointerTo(target, assignment);
      }
      case CXCursor_CallExpr: {
        if (tree_[above].first_child == value) {  // it is called here
          if (tree_[tree_.calleeExpression(above)].kind != CXCursor_CallExpr) return;
          assignment.target = resultKey(tree_.calleeExpression(above));
          pointers_.insert(assignment);
          return;
        }
        CXCursor called = calledFunction(above);
        if (clang_Cursor_isNull(called) || !callees_.of(called).followed()) return lost();
        if (callees_.of(called).library) lost();
        std::vector<NodeId> arguments = tree_.arguments(above);
        for (unsigned i = 0; i < arguments.size(); ++i)
          if (arguments[i] == value) {
            assignment.target = "p" + std::to_string(i) + "|" + callees_.of(called).key;
            pointers_.insert(assignment);
            if (address && !assignment.from.empty()) {  // and what the function puts there
              std::swap(assignment.target, assignment.from);
              pointers_.insert(assignment);
            }
          }
        return;
      }
      case CXCursor_InitListExpr: {
        CXType type = clang_getCanonicalType(clang_getCursorType(tree_[above].cursor));
        if (type.kind != CXType_Record) break;  // an array: the place is further up
        CXCursor field = clang_getNullCursor();
        for (const FieldInitializer& one : fieldInitializers(tree_, above))
          if (value <= one.value && one.value < tree_.endOf(value)) field = one.field;
        if (clang_Cursor_isNull(field)) return lost();
        assignment.target = callees_.pointerKey(field);
        pointers_.insert(assignment);
        return;
      }
      case CXCursor_UnaryOperator:
        if (clang_getCursorUnaryOperatorKind(tree_[above].cursor) != CXUnaryOperator_AddrOf) break;
        address = true;
        if (!assignment.from.empty()) addUnknownPointer(assignment.from);
        break;
      case CXCursor_ReturnStmt: {
        NodeId root = above;
        while (tree_[root].parent != noNode) root = tree_[root].parent;
        if (!isFunctionKind(tree_[root].kind)) return lost();
        assignment.target = "r|" + callees_.functionKey(tree_[root].cursor);
        pointers_.insert(assignment);
        return;
      }
      case CXCursor_ConditionalOperator:
        break;
      default:
        if (!clang_isExpression(tree_[above].kind)) return lost();
    }
  }
}

}  // namespace envleak::analyzer
