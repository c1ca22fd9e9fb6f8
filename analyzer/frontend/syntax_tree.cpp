#include "analyzer/frontend/syntax_tree.h"

namespace envleak::analyzer {

bool isCast(CXCursorKind kind) {
  switch (kind) {
    case CXCursor_CStyleCastExpr:
    case CXCursor_CXXStaticCastExpr:
    case CXCursor_CXXConstCastExpr:
    case CXCursor_CXXReinterpretCastExpr:
    case CXCursor_CXXDynamicCastExpr:
    case CXCursor_CXXFunctionalCastExpr:
      return true;
    default:
      return false;
  }
}

bool isTransparent(CXCursorKind kind) {
  return isCast(kind) || kind == CXCursor_UnexposedExpr || kind == CXCursor_ParenExpr || kind == CXCursor_PackExpansionExpr;
}

SyntaxTree::SyntaxTree() {
  nodes_.push_back({clang_getNullCursor(), CXCursor_InvalidFile});
  ends_.push_back(0);
}

NodeId SyntaxTree::add(CXCursor root) {
  struct Builder {
    SyntaxTree* tree;
    std::vector<NodeId> open;
    NodeId append(CXCursor cursor, NodeId parent) const {
      auto id = static_cast<NodeId>(tree->nodes_.size());
      tree->nodes_.push_back({cursor, clang_getCursorKind(cursor), parent});
      tree->ends_.push_back(id + 1);
      if (parent != noNode) {
        Node& above = tree->nodes_[parent];
        if (above.first_child == noNode)
          above.first_child = id;
        else
          tree->nodes_[above.last_child].next = id;
        above.last_child = id;
      }
      return id;
    }
    // How many are open up to the parent; up to the innermost lambda, where the parent of what it captures is not visited.
    std::size_t openTo(CXCursor parent) const {
      std::size_t count = open.size();
      while (count > 0 && !isSame(tree->nodes_[open[count - 1]].cursor, parent)) --count;
      if (count > 0) return count;
      count = open.size();
      while (count > 1 && tree->nodes_[open[count - 1]].kind != CXCursor_LambdaExpr) --count;
      return count;
    }
    void close() {
      tree->ends_[open.back()] = static_cast<NodeId>(tree->nodes_.size());
      open.pop_back();
    }
  };
  Builder builder{this, {}};
  NodeId id = builder.append(root, noNode);
  builder.open.push_back(id);
  clang_visitChildren(
      root,
      [](CXCursor cursor, CXCursor parent, CXClientData data) {
        auto& self = *static_cast<Builder*>(data);
        std::size_t kept = self.openTo(parent);
        while (self.open.size() > kept) self.close();
        self.open.push_back(self.append(cursor, self.open.back()));
        return CXChildVisit_Recurse;
      },
      &builder);
  while (!builder.open.empty()) builder.close();
  return id;
}

NodeId SyntaxTree::endOf(NodeId id) const { return ends_[id]; }

std::vector<NodeId> SyntaxTree::children(NodeId id) const {
  std::vector<NodeId> list;
  for (NodeId child = nodes_[id].first_child; child != noNode; child = nodes_[child].next) list.push_back(child);
  return list;
}

std::vector<NodeId> SyntaxTree::expressionChildren(NodeId id) const {
  std::vector<NodeId> list;
  for (NodeId child = nodes_[id].first_child; child != noNode; child = nodes_[child].next)
    if (clang_isExpression(nodes_[child].kind)) list.push_back(child);
  return list;
}

NodeId SyntaxTree::child(NodeId id, unsigned index) const {
  NodeId child = nodes_[id].first_child;
  while (child != noNode && index-- > 0) child = nodes_[child].next;
  return child;
}

NodeId SyntaxTree::peel(NodeId id) const {
  while (id != noNode && isTransparent(nodes_[id].kind)) {
    // A cast's types come first, also what typeof asks about; an expression with several parts is not transparent.
    NodeId inner = noNode;
    unsigned expressions = 0;
    for (NodeId child = nodes_[id].first_child; child != noNode; child = nodes_[child].next)
      if (clang_isExpression(nodes_[child].kind)) {
        inner = child;
        ++expressions;
      }
    if (expressions == 0 || (expressions > 1 && nodes_[id].kind != CXCursor_CStyleCastExpr)) return id;
    id = inner;
  }
  return id;
}

CXCursor SyntaxTree::declarationOf(NodeId id) const {
  id = peel(id);
  if (id != noNode && (nodes_[id].kind == CXCursor_DeclRefExpr || nodes_[id].kind == CXCursor_MemberRefExpr))
    return clang_getCursorReferenced(nodes_[id].cursor);
  return clang_getNullCursor();
}

NodeId SyntaxTree::baseReference(NodeId id, bool* is_this) const {
  if (is_this) *is_this = false;
  for (id = peel(id); id != noNode;) {
    switch (nodes_[id].kind) {
      case CXCursor_DeclRefExpr:
        return id;
      case CXCursor_CXXThisExpr:
        if (is_this) *is_this = true;
        return noNode;
      case CXCursor_MemberRefExpr: {
        std::vector<NodeId> base = expressionChildren(id);
        if (base.empty()) {  // the implicit "this" has no cursor
          if (is_this)
            *is_this = clang_getCursorKind(clang_getCursorReferenced(nodes_[id].cursor)) == CXCursor_FieldDecl;
          return noNode;
        }
        id = peel(base.front());
        break;
      }
      case CXCursor_UnaryOperator:
      case CXCursor_ArraySubscriptExpr: {
        std::vector<NodeId> parts = expressionChildren(id);
        id = parts.empty() ? noNode : peel(parts.front());
        break;
      }
      case CXCursor_BinaryOperator: {  // pointer arithmetic: args + 1
        CXBinaryOperatorKind op = clang_getCursorBinaryOperatorKind(nodes_[id].cursor);
        std::vector<NodeId> parts = expressionChildren(id);
        id =
            (op == CXBinaryOperator_Add || op == CXBinaryOperator_Sub) && !parts.empty() ? peel(parts.front()) : noNode;
        break;
      }
      case CXCursor_CallExpr: {
        // x.data(), x.c_str(), x[i] of a class, *x of a smart pointer: the object.
        NodeId callee = calleeExpression(id);
        if (isMemberCall(id)) {
          std::vector<NodeId> base = expressionChildren(callee);
          if (base.empty()) return noNode;
          id = peel(base.front());
          break;
        }
        CXCursor called = clang_getCursorReferenced(nodes_[id].cursor);
        std::vector<NodeId> given = arguments(id);
        bool is_operator = spellingOf(called).starts_with("operator");
        bool is_construction = clang_getCursorKind(called) == CXCursor_Constructor && given.size() == 1;
        id = (is_operator || is_construction) && !given.empty() ? peel(given.front()) : noNode;
        break;
      }
      default:
        return noNode;
    }
  }
  return noNode;
}

NodeId SyntaxTree::calleeExpression(NodeId call) const {
  NodeId callee = peel(nodes_[call].first_child);
  while (callee != noNode && nodes_[callee].kind == CXCursor_UnaryOperator &&
         clang_getCursorUnaryOperatorKind(nodes_[callee].cursor) == CXUnaryOperator_Deref)
    callee = peel(nodes_[callee].first_child);
  return callee;
}

bool SyntaxTree::isMemberCall(NodeId call) const {
  NodeId callee = calleeExpression(call);
  return callee != noNode && nodes_[callee].kind == CXCursor_MemberRefExpr &&
         clang_getCursorKind(clang_getCursorReferenced(nodes_[callee].cursor)) != CXCursor_FieldDecl;
}

std::vector<NodeId> SyntaxTree::arguments(NodeId call) const {
  std::vector<NodeId> list;
  int count = clang_Cursor_getNumArguments(nodes_[call].cursor);
  NodeId search = nodes_[call].first_child;
  for (int i = 0; i < count; ++i) {
    CXCursor argument = clang_Cursor_getArgument(nodes_[call].cursor, static_cast<unsigned>(i));
    NodeId found = noNode;
    for (NodeId at = search; at != noNode && found == noNode; at = nodes_[at].next)
      if (isSame(nodes_[at].cursor, argument)) found = at;
    // Operators list the operator between the operands: arguments need not follow the order of the children.
    for (NodeId at = nodes_[call].first_child; at != noNode && at != search && found == noNode; at = nodes_[at].next)
      if (isSame(nodes_[at].cursor, argument)) found = at;
    if (found != noNode) search = nodes_[found].next;
    list.push_back(found);
  }
  return list;
}

bool SyntaxTree::isDefaultArgument(NodeId id) const {
  if (id == noNode || nodes_[id].first_child != noNode) return false;
  return nodes_[id].kind == CXCursor_UnexposedExpr;
}

bool SyntaxTree::isNull(NodeId id) const {
  id = peel(id);
  if (id == noNode) return false;
  const Node& node = nodes_[id];
  if (node.kind == CXCursor_GNUNullExpr || node.kind == CXCursor_CXXNullPtrLiteralExpr) return true;
  if (node.kind != CXCursor_IntegerLiteral) return false;
  CXEvalResult value = clang_Cursor_Evaluate(node.cursor);
  bool zero = value && clang_EvalResult_getKind(value) == CXEval_Int && clang_EvalResult_getAsLongLong(value) == 0;
  if (value) clang_EvalResult_dispose(value);
  return zero;
}

}  // namespace envleak::analyzer
