// Functions whose address is put somewhere.
#include "analyzer/frontend/access_path.h"
#include "analyzer/frontend/dataflow.h"
#include "analyzer/frontend/initializers.h"
#include "analyzer/frontend/type_names.h"

#include <algorithm>

namespace envleak::analyzer {

// A function, or a variable that holds one, that is put somewhere: climb from its name to the place.
void Dataflow::addPointer(NodeId node) {
  CXCursor named = clang_getCursorReferenced(tree_[node].cursor);
  CXCursorKind kind = clang_getCursorKind(named);
  PointerAssignment assignment;
  if (kind == CXCursor_FunctionDecl || kind == CXCursor_CXXMethod) {
    const Callee& callee = callees_.of(named);
    if (!callee.spawns && !callee.project) return;
    assignment.api = callee.spawns != nullptr;
    assignment.function = callee.spawns ? callee.spawns->front().name : callee.key;
  } else if (isVariableKind(kind) && isFunctionPointer(clang_getCursorType(named))) {
    assignment.from = callees_.pointerKey(named);
  } else {
    return;
  }
  // A way that is not followed: it may be called from anywhere.
  auto lost = [&] {
    if (!assignment.api && !assignment.function.empty()) address_taken_.insert(assignment.function);
  };
  NodeId value = node;
  for (NodeId above = tree_[node].parent; above != noNode; value = above, above = tree_[above].parent) {
    switch (tree_[above].kind) {
      case CXCursor_VarDecl:
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
          if (NodeId base = tree_.baseReference(left); base != noNode)
            target = clang_getCursorReferenced(tree_[base].cursor);
        if (!isVariableKind(clang_getCursorKind(target))) return lost();
        assignment.target = callees_.pointerKey(target);
        pointers_.insert(assignment);
        return;
      }
      case CXCursor_CallExpr: {
        if (tree_[above].first_child == value) return;  // it is called here
        CXCursor called = calledFunction(above);
        if (clang_Cursor_isNull(called) || !callees_.of(called).project) return lost();
        std::vector<NodeId> arguments = tree_.arguments(above);
        for (unsigned i = 0; i < arguments.size(); ++i)
          if (arguments[i] == value) {
            assignment.target = "p" + std::to_string(i) + "|" + callees_.of(called).key;
            pointers_.insert(assignment);
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
      case CXCursor_ConditionalOperator:
      case CXCursor_UnaryOperator:
        break;
      default:
        if (!clang_isExpression(tree_[above].kind)) return lost();
    }
  }
}

}  // namespace envleak::analyzer
