#include "analyzer/frontend/fresh_results.h"

#include "analyzer/frontend/type_names.h"

namespace envleak::analyzer {
namespace {

constexpr int variablesFollowed = 3;

}  // namespace

bool FreshResults::isFresh(NodeId value, std::set<std::string>& from, int depth) {
  if (tree_.isNull(value)) return true;
  NodeId inner = tree_.peel(value);
  if (inner == noNode || depth > variablesFollowed) return false;
  switch (tree_[inner].kind) {
    case CXCursor_CXXNewExpr:
      blank_ = false;
      return true;
    case CXCursor_CallExpr: {
      CXCursor called = dataflow_.calledFunction(inner);
      if (clang_Cursor_isNull(called)) return false;
      if (callees_.knowledge().allocates(spellingOf(called))) {
        for (NodeId argument : tree_.arguments(inner))  // realloc(old, size)
          if (argument != noNode && clang_getCanonicalType(clang_getCursorType(tree_[tree_.peel(argument)].cursor)).kind == CXType_Pointer)
            blank_ = false;
        return true;
      }
      if (!callees_.of(called).project || clang_CXXMethod_isVirtual(called) != 0) return false;
      from.insert(callees_.of(called).key);
      return true;
    }
    case CXCursor_ConditionalOperator: {
      std::vector<NodeId> parts = tree_.expressionChildren(inner);
      return parts.size() == 3 && isFresh(parts[1], from, depth + 1) && isFresh(parts[2], from, depth + 1);
    }
    case CXCursor_DeclRefExpr:
      return isFreshVariable(clang_getCursorReferenced(tree_[inner].cursor), from, depth);
    default:
      return false;
  }
}

// A local pointer that only ever held fresh memory, and was put nowhere else.
bool FreshResults::isFreshVariable(CXCursor variable, std::set<std::string>& from, int depth) {
  if (clang_getCursorKind(variable) != CXCursor_VarDecl || clang_Cursor_hasVarDeclGlobalStorage(variable) != 0 ||
      clang_getCanonicalType(clang_getCursorType(variable)).kind != CXType_Pointer)
    return false;
  auto is_it = [&](NodeId node) {
    return tree_[node].kind == CXCursor_DeclRefExpr &&
           clang_equalCursors(clang_getCursorReferenced(tree_[node].cursor), variable) != 0;
  };
  bool declared = false;
  for (NodeId node = function_; node < tree_.endOf(function_); ++node) {
    if (tree_[node].kind == CXCursor_VarDecl && clang_equalCursors(tree_[node].cursor, variable) != 0) {
      declared = true;
      std::vector<NodeId> parts = tree_.expressionChildren(node);
      if (!parts.empty() && !isFresh(parts.back(), from, depth + 1)) return false;
    }
    if (!is_it(node)) continue;
    if (!leavesNoName(node)) return false;
    NodeId above = tree_[node].parent;
    bool assigned = above != noNode && tree_[above].kind == CXCursor_BinaryOperator && tree_.child(above, 0) == node &&
                    clang_getCursorBinaryOperatorKind(tree_[above].cursor) == CXBinaryOperator_Assign;
    if (assigned && !isFresh(tree_.child(above, 1), from, depth + 1)) return false;
  }
  return declared;
}

// After this use of a pointer, is there no other one to the memory?
bool FreshResults::leavesNoName(NodeId reference) {
  NodeId value = reference;
  for (NodeId above = tree_[reference].parent; above != noNode; value = above, above = tree_[above].parent) {
    CXCursor cursor = tree_[above].cursor;
    if (isTransparent(tree_[above].kind)) continue;
    switch (tree_[above].kind) {
      case CXCursor_ReturnStmt:
      case CXCursor_IfStmt:
      case CXCursor_WhileStmt:
      case CXCursor_ForStmt:
      case CXCursor_DoStmt:
      case CXCursor_CompoundStmt:
        return true;
      case CXCursor_UnaryOperator: {
        CXUnaryOperatorKind op = clang_getCursorUnaryOperatorKind(cursor);
        blank_ &= op != CXUnaryOperator_Deref;
        if (op == CXUnaryOperator_LNot || op == CXUnaryOperator_Deref) return true;
        if (op == CXUnaryOperator_AddrOf) return false;
        break;
      }
      case CXCursor_ArraySubscriptExpr:
      case CXCursor_MemberRefExpr: {
        blank_ = false;
        NodeId outer = tree_[above].parent;
        bool address = outer != noNode && tree_[outer].kind == CXCursor_UnaryOperator &&
                       clang_getCursorUnaryOperatorKind(tree_[outer].cursor) == CXUnaryOperator_AddrOf;
        return !address;
      }
      case CXCursor_CompoundAssignOperator:
        return tree_.child(above, 0) == value;
      case CXCursor_BinaryOperator: {
        CXBinaryOperatorKind op = clang_getCursorBinaryOperatorKind(cursor);
        if (op == CXBinaryOperator_Assign) {
          NodeId target = tree_.child(above, 0);
          return target == value || clang_equalCursors(tree_.declarationOf(target), clang_getCursorReferenced(tree_[reference].cursor)) != 0;
        }
        if (op != CXBinaryOperator_Add && op != CXBinaryOperator_Sub && op != CXBinaryOperator_Comma) return true;
        break;
      }
      case CXCursor_ConditionalOperator:
        if (tree_.child(above, 0) == value) return true;
        break;
      case CXCursor_CallExpr:
        return onlyLooks(above, value);
      default:
        return false;
    }
  }
  return false;
}

// A call that is given the pointer and does not keep it.
bool FreshResults::onlyLooks(NodeId call, NodeId argument) {
  CXCursor called = dataflow_.calledFunction(call);
  if (clang_Cursor_isNull(called)) return false;
  const Knowledge& knowledge = callees_.knowledge();
  std::string name = spellingOf(called);
  // With one byte: no entries.
  if (isAnyOf(name, {"memset", "bzero", "__builtin_memset", "__builtin___memset_chk"}) || knowledge.onlyFrees(name)) return true;
  if (knowledge.fillsString(name) || knowledge.allocates(name)) {
    blank_ = false;
    return true;
  }
  CXType type = clang_getCursorType(called);
  std::vector<NodeId> arguments = tree_.arguments(call);
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    if (arguments[i] == noNode || tree_.peel(arguments[i]) != tree_.peel(argument)) continue;
    if (static_cast<int>(i) >= clang_getNumArgTypes(type)) return true;  // "...", as a message is given it
    CXType pointee = clang_getPointeeType(clang_getCanonicalType(clang_getArgType(type, static_cast<unsigned>(i))));
    return clang_isConstQualifiedType(pointee) != 0;
  }
  return false;
}

}  // namespace envleak::analyzer
