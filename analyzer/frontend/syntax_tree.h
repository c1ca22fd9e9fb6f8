// A function body or initialiser copied out of libclang once, so that several passes can walk it both ways.
#pragma once

#include "analyzer/frontend/cursor.h"

#include <cstdint>
#include <vector>

namespace envleak::analyzer {

using NodeId = std::uint32_t;
inline constexpr NodeId noNode = 0;  // node 0 stands for "none"

bool isCast(CXCursorKind kind);
// Parentheses, casts, and what libclang does not name: the value is what it was.
bool isTransparent(CXCursorKind kind);

struct Node {
  CXCursor cursor;
  CXCursorKind kind;
  NodeId parent = noNode;
  NodeId first_child = noNode;
  NodeId last_child = noNode;
  NodeId next = noNode;
};

class SyntaxTree {
 public:
  SyntaxTree();

  // Copies the cursor and all below it.
  NodeId add(CXCursor root);

  const Node& operator[](NodeId id) const { return nodes_[id]; }
  std::vector<NodeId> children(NodeId id) const;
  std::vector<NodeId> expressionChildren(NodeId id) const;
  NodeId child(NodeId id, unsigned index) const;
  // Ids of a subtree are consecutive: [id, endOf(id)).
  NodeId endOf(NodeId id) const;

  // Through parentheses, casts, and what libclang does not name.
  NodeId peel(NodeId id) const;
  // The declaration an expression names after peeling (variable, field, function); null cursor if none.
  CXCursor declarationOf(NodeId id) const;
  // The variable that an access path starts from: x of x, &x, *x, x[i], x.f, x->f.g; noNode if there is none
  // (then `is_this` tells whether it is the object of the method).
  NodeId baseReference(NodeId id, bool* is_this = nullptr) const;
  // The callee's expression of a call, peeled of parentheses and dereferences.
  NodeId calleeExpression(NodeId call) const;
  // Is it object.method(...) or pointer->method(...), not an operator that is written as one?
  bool isMemberCall(NodeId call) const;
  // Arguments of a call as nodes; noNode for default arguments.
  std::vector<NodeId> arguments(NodeId call) const;
  // Is it an argument that the call does not write?
  bool isDefaultArgument(NodeId id) const;
  // Is it a null pointer constant: NULL, 0, nullptr, ((void*)0)?
  bool isNull(NodeId id) const;

 private:
  std::vector<Node> nodes_;
  std::vector<NodeId> ends_;
};

}  // namespace envleak::analyzer
