#include "analyzer/frontend/access_path.h"

#include "analyzer/frontend/environment_value.h"
#include "analyzer/frontend/type_names.h"

#include <vector>

namespace envleak::analyzer {
namespace {

bool leadsOn(CXType type) {
  type = clang_getCanonicalType(type);
  while (type.kind == CXType_ConstantArray) type = clang_getCanonicalType(clang_getArrayElementType(type));
  return type.kind == CXType_LValueReference || isObjectHandle(type);
}

}  // namespace

std::optional<AccessPath> accessPath(const SyntaxTree& tree, NodeId id) {
  AccessPath path;
  bool inside = false;  // a field was passed: what stands further out belongs to the variable
  auto enter = [&](NodeId member) {
    CXCursor field = clang_getCursorReferenced(tree[member].cursor);
    if (inside) path.through |= leadsOn(clang_getCursorType(field));
    if (clang_Cursor_isNull(path.last)) path.last = field;
    path.fields = joinedFields(spellingOf(field), path.fields);
    inside = true;
  };
  for (id = tree.peel(id); id != noNode;) {
    switch (tree[id].kind) {
      case CXCursor_DeclRefExpr:
        path.base = clang_getCursorReferenced(tree[id].cursor);
        if (!isVariableKind(clang_getCursorKind(path.base))) return std::nullopt;
        return path;
      case CXCursor_CXXThisExpr:
        return path;
      case CXCursor_MemberRefExpr: {
        CXCursorKind kind = clang_getCursorKind(clang_getCursorReferenced(tree[id].cursor));
        if (kind == CXCursor_VarDecl) {  // a static member
          path.base = clang_getCursorReferenced(tree[id].cursor);
          return path;
        }
        if (kind != CXCursor_FieldDecl) return std::nullopt;
        enter(id);
        std::vector<NodeId> base = tree.expressionChildren(id);
        if (base.empty()) return path;  // the implicit "this" has no cursor
        id = tree.peel(base.front());
        break;
      }
      case CXCursor_UnaryOperator:
      case CXCursor_ArraySubscriptExpr: {
        if (tree[id].kind == CXCursor_UnaryOperator) {
          CXUnaryOperatorKind op = clang_getCursorUnaryOperatorKind(tree[id].cursor);
          bool steps = op == CXUnaryOperator_PostInc || op == CXUnaryOperator_PreInc || op == CXUnaryOperator_PostDec ||
                       op == CXUnaryOperator_PreDec;  // p++ leads where p does
          if (op != CXUnaryOperator_AddrOf && op != CXUnaryOperator_Deref && !steps) return std::nullopt;
          if (op == CXUnaryOperator_Deref && !inside) path.element = true;
          if (op == CXUnaryOperator_AddrOf && !inside) path.element = false;
        } else if (!inside) {
          path.element = true;
        } else {
          path.indexed = true;
        }
        std::vector<NodeId> parts = tree.expressionChildren(id);
        id = parts.empty() ? noNode : tree.peel(parts.front());
        break;
      }
      case CXCursor_BinaryOperator: {  // pointer arithmetic: args + 1
        CXBinaryOperatorKind op = clang_getCursorBinaryOperatorKind(tree[id].cursor);
        if (op != CXBinaryOperator_Add && op != CXBinaryOperator_Sub) return std::nullopt;
        std::vector<NodeId> parts = tree.expressionChildren(id);
        id = parts.empty() ? noNode : tree.peel(parts.front());
        break;
      }
      case CXCursor_CallExpr: {
        // x.data(), x[i] of a class, *x and x-> of a smart pointer: the object.
        NodeId callee = tree.calleeExpression(id);
        if (tree.isMemberCall(id)) {
          if (!pointsInto(spellingOf(clang_getCursorReferenced(tree[callee].cursor)))) return std::nullopt;
          std::vector<NodeId> base = tree.expressionChildren(callee);
          if (base.empty()) return std::nullopt;
          id = tree.peel(base.front());
          break;
        }
        CXCursor called = clang_getCursorReferenced(tree[id].cursor);
        std::vector<NodeId> given = tree.arguments(id);
        std::string name = spellingOf(called);
        if (isAnyOf(name, {"operator[]", "at", "front", "back"})) (inside ? path.indexed : path.element) = true;
        bool passes = pointsInto(name) || name == "move" || name == "forward" || name == "ref" || name == "addressof" ||
                      (clang_getCursorKind(called) == CXCursor_Constructor && given.size() == 1);
        id = passes && !given.empty() ? tree.peel(given.front()) : noNode;
        break;
      }
      default:
        return std::nullopt;
    }
  }
  return std::nullopt;
}

}  // namespace envleak::analyzer
