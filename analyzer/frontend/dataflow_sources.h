// Templates of Dataflow that its two source files share.
#pragma once

#include "analyzer/frontend/access_path.h"
#include "analyzer/frontend/dataflow.h"
#include "analyzer/frontend/type_names.h"

namespace envleak::analyzer {

// What follows it is a command line for a shell.
inline bool isShellFlag(const SyntaxTree& tree, NodeId node) {
  node = tree.peel(node);
  return node != noNode && tree[node].kind == CXCursor_StringLiteral && spellingOf(tree[node].cursor) == "\"-c\"";
}

template <typename Visit>
void Dataflow::forEachSource(NodeId expression, const Visit& visit) const {
  expression = tree_.peel(expression);
  if (expression == noNode) return;
  const Node& node = tree_[expression];
  switch (node.kind) {
    case CXCursor_DeclRefExpr: {
      CXCursor declaration = clang_getCursorReferenced(node.cursor);
      if (isVariableKind(clang_getCursorKind(declaration)) && !isArithmetic(clang_getCursorType(declaration)))
        visit(Named{declaration, {}});
      return;
    }
    case CXCursor_CXXThisExpr:
      return visit(Named{clang_getNullCursor(), {}});
    case CXCursor_MemberRefExpr: {
      // A string, vector or list of vectors in the structure, or a part of it; what another structure points to is not
      // the caller's.
      CXType type = clang_getCanonicalType(clang_getCursorType(node.cursor));
      if (type.kind == CXType_Pointer && !isCharacterPointer(type) && !isStringArray(type) &&
          !isStringArray(clang_getPointeeType(type)))
        return;
      std::vector<NodeId> base = tree_.expressionChildren(expression);
      NodeId inner = base.empty() ? noNode : tree_.peel(base.front());
      bool through_pointer = inner != noNode && tree_[inner].kind == CXCursor_MemberRefExpr &&
                             clang_getCanonicalType(clang_getCursorType(tree_[inner].cursor)).kind == CXType_Pointer;
      if (through_pointer || isArithmetic(type)) return;
      if (std::optional<AccessPath> path = accessPath(tree_, expression)) visit(Named{path->base, path->fields});
      return;
    }
    case CXCursor_BinaryOperator: {
      CXBinaryOperatorKind op = clang_getCursorBinaryOperatorKind(node.cursor);
      bool second = op == CXBinaryOperator_Assign || op == CXBinaryOperator_Comma;
      if (second || op == CXBinaryOperator_Add || op == CXBinaryOperator_Sub)
        forEachSource(tree_.child(expression, second ? 1 : 0), visit);
      return;
    }
    case CXCursor_UnaryOperator:
    case CXCursor_ArraySubscriptExpr:
      return forEachSource(tree_.child(expression, 0), visit);
    case CXCursor_ConditionalOperator: {
      std::vector<NodeId> parts = tree_.expressionChildren(expression);
      for (std::size_t i = parts.size() > 2 ? 1 : 0; i < parts.size(); ++i) forEachSource(parts[i], visit);
      return;
    }
    case CXCursor_CallExpr:
      return forEachSourceOfCall(expression, visit);
    case CXCursor_InitListExpr:
      return forEachSourceOfList(expression, visit);
    case CXCursor_CompoundLiteralExpr:
    case CXCursor_UnexposedExpr:
      for (NodeId part : tree_.expressionChildren(expression)) forEachSource(part, visit);
      return;
    default:
      return;
  }
}

template <typename Visit>
void Dataflow::forEachSourceOfCall(NodeId call, const Visit& visit) const {
  CXCursor called = calledFunction(call);
  CXCursorKind kind = clang_getCursorKind(called);
  std::vector<NodeId> arguments = tree_.arguments(call);
  if (kind == CXCursor_Constructor) {
    for (NodeId argument : arguments) forEachSource(argument, visit);
    return;
  }
  std::string name = spellingOf(called);
  NodeId callee = tree_.calleeExpression(call);
  if (kind == CXCursor_CXXMethod && callee != noNode && tree_[callee].kind == CXCursor_MemberRefExpr) {
    if (onlyLooks(name)) forEachSource(tree_.child(callee, 0), visit);
    return;
  }
  if (name == "operator[]" || name == "operator*" || name == "operator->" || name == "move" || name == "forward") {
    if (!arguments.empty()) forEachSource(arguments.front(), visit);
    return;
  }
  // strdup(command) and the like: one text in, the same text out.
  NodeId only = noNode;
  for (NodeId argument : arguments) {
    if (argument == noNode) continue;
    CXType type = clang_getCursorType(tree_[argument].cursor);
    if (isArithmetic(type)) continue;
    if (only != noNode) return;
    only = argument;
  }
  if (only == noNode) return;
  CXType type = clang_getCursorType(tree_[tree_.peel(only)].cursor);
  if (isCharacterPointer(type) || isStringArray(type) || isStringObject(type)) forEachSource(only, visit);
}

// {program, ...}, {"sh", "-c", command}, {argv[0], argv[1]}; all fields of a structure.
template <typename Visit>
void Dataflow::forEachSourceOfList(NodeId list, const Visit& visit) const {
  bool array = clang_getCanonicalType(clang_getCursorType(tree_[list].cursor)).kind != CXType_Record;
  bool take = true;
  for (NodeId part : tree_.expressionChildren(list)) {
    if (take || !array || isElement(part)) forEachSource(part, visit);
    take = isShellFlag(tree_, part);
  }
}

}  // namespace envleak::analyzer
