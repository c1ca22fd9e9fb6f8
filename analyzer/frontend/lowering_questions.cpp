// Two questions about one variable that does not change: if (child == 0) ...; if (child == 0) ...
#include "analyzer/frontend/lowering.h"

#include <algorithm>

namespace envleak::analyzer {

// A test of a local number that is set once, before, and whose address is not taken.
std::optional<Lowering::Asked> Lowering::asked(NodeId node, NodeId condition) const {
  if (has_labels_ || c_.tree[c_.tree[node].parent].kind != CXCursor_CompoundStmt) return std::nullopt;
  Asked question;
  question.node = node;
  condition = c_.tree.peel(condition);
  if (condition == noNode) return std::nullopt;
  NodeId named = condition;
  if (c_.tree[condition].kind == CXCursor_DeclRefExpr) {
    question.equal = false;
  } else if (c_.tree[condition].kind == CXCursor_UnaryOperator) {
    if (clang_getCursorUnaryOperatorKind(c_.tree[condition].cursor) != CXUnaryOperator_LNot) return std::nullopt;
    named = c_.tree.peel(c_.tree.child(condition, 0));
  } else if (c_.tree[condition].kind == CXCursor_BinaryOperator) {
    CXBinaryOperatorKind op = clang_getCursorBinaryOperatorKind(c_.tree[condition].cursor);
    std::optional<long long> number = values_.number(c_.tree.child(condition, 1));
    if ((op != CXBinaryOperator_EQ && op != CXBinaryOperator_NE) || !number) return std::nullopt;
    named = c_.tree.peel(c_.tree.child(condition, 0));
    question.equal = op == CXBinaryOperator_EQ;
    question.number = *number;
  }
  if (named == noNode || c_.tree[named].kind != CXCursor_DeclRefExpr) return std::nullopt;
  question.variable = clang_getCursorReferenced(c_.tree[named].cursor);
  CXType type = clang_getCursorType(question.variable);
  const Variable* variable = c_.dataflow.find(question.variable);
  bool local = clang_getCursorKind(question.variable) == CXCursor_VarDecl && clang_Cursor_hasVarDeclGlobalStorage(question.variable) == 0;
  if (!local || !variable || !isArithmetic(type) || clang_isVolatileQualifiedType(type) != 0 || variable->modified ||
      !variable->escapes.empty())
    return std::nullopt;
  std::vector<NodeId> sources = variable->assigned;
  if (variable->initializer != noNode) sources.push_back(variable->initializer);
  if (sources.size() != 1 || sources.front() > node) return std::nullopt;
  for (NodeId at = root_, end = c_.tree.endOf(root_); at < end; ++at) {
    if (c_.tree[at].kind == CXCursor_LambdaExpr) return std::nullopt;
    if (c_.tree[at].kind != CXCursor_DeclRefExpr || !clang_equalCursors(clang_getCursorReferenced(c_.tree[at].cursor), question.variable)) continue;
    NodeId above = c_.tree[at].parent;
    while (above != noNode && c_.tree.peel(above) == at) above = c_.tree[above].parent;
    bool address = above != noNode && c_.tree[above].kind == CXCursor_UnaryOperator &&
                   clang_getCursorUnaryOperatorKind(c_.tree[above].cursor) == CXUnaryOperator_AddrOf;
    bool reference = above != noNode && c_.tree[above].kind == CXCursor_VarDecl &&
                     clang_getCanonicalType(clang_getCursorType(c_.tree[above].cursor)).kind == CXType_LValueReference;
    if (address || reference) return std::nullopt;
  }
  return question;
}

// Does nothing of it change an environment, or what is known of one?
bool Lowering::isHarmless(NodeId begin, NodeId end) const {
  for (NodeId at = begin; at < end; ++at) {
    CXCursor cursor = c_.tree[at].cursor;
    switch (c_.tree[at].kind) {
      case CXCursor_CallExpr: {
        CXCursor called = c_.dataflow.calledFunction(at);
        if (clang_Cursor_isNull(called) || clang_getCursorKind(called) != CXCursor_FunctionDecl) return false;
        const Callee& callee = c_.callees.of(called);
        const Knowledge& knowledge = c_.callees.knowledge();
        if (callee.project || callee.writer || callee.changes || callee.producers || callee.spawns || callee.name == "vfork" ||
            callee.name == "memset" || callee.name == "swap" || knowledge.fillsString(callee.name) || knowledge.returnsTwice(callee.name))
          return false;
        break;
      }
      case CXCursor_BinaryOperator:
        if (clang_getCursorBinaryOperatorKind(cursor) != CXBinaryOperator_Assign) break;
        [[fallthrough]];
      case CXCursor_CompoundAssignOperator:
        if (!isArithmetic(clang_getCursorType(cursor))) return false;
        break;
      case CXCursor_VarDecl:
        if (!isArithmetic(clang_getCursorType(cursor)) && !isCharacterPointer(clang_getCursorType(cursor))) return false;
        break;
      case CXCursor_DeclRefExpr: {
        CXCursor named = clang_getCursorReferenced(cursor);
        if (!isFunctionKind(clang_getCursorKind(named))) break;
        NodeId above = at;  // called, not given away
        while (c_.tree[above].parent != noNode && c_.tree.peel(c_.tree[above].parent) == at) above = c_.tree[above].parent;
        NodeId call = c_.tree[above].parent;
        if (call == noNode || c_.tree[call].kind != CXCursor_CallExpr || c_.tree.calleeExpression(call) != at) return false;
        break;
      }
      case CXCursor_CaseStmt:
      case CXCursor_DefaultStmt:
      case CXCursor_LabelStmt:
      case CXCursor_GCCAsmStmt:
      case CXCursor_LambdaExpr:
      case CXCursor_CXXNewExpr:
      case CXCursor_CXXDeleteExpr:
        return false;
      default:
        break;
    }
  }
  return true;
}

}  // namespace envleak::analyzer
