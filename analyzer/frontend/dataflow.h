// Where the values of variables come from, inside each function and without regard to order.
//
// Followed is what hands a program, a command line, an argument vector or an environment on as a whole: copies,
// elements copied from one vector into another, fields, the first element of a vector, what follows "-c". A string
// that only becomes one argument among others, or part of a longer text, does not make the function a wrapper.
#pragma once

#include "analyzer/frontend/callees.h"
#include "analyzer/frontend/summary.h"
#include "analyzer/frontend/syntax_tree.h"

#include <set>
#include <string>
#include <utility>
#include <vector>

namespace envleak::analyzer {

struct Variable {
  int parameter = -1;         // of the function, from 0
  bool of_main = false;       // that function is main
  bool element = false;       // holds elements of a vector, one after the other
  ParameterMask depends = 0;  // parameters it was made from
  NodeId initializer = noNode;
  NodeId range = noNode;         // of the loop that runs through a container
  std::vector<NodeId> assigned;  // right-hand sides
  std::vector<NodeId> elements;  // put into it: x[i] = e, x.push_back(e)
  struct Escape {
    NodeId call;
    std::string callee;
  };
  std::vector<Escape> escapes;    // calls that may change it
  std::vector<CXCursor> aliases;  // variables that point into it
  bool modified = false;          // in another way: ++, +=
  bool leaked = false;            // may be changed through something that is not followed
};

class Dataflow {
 public:
  Dataflow(const SyntaxTree& tree, Callees& callees) : tree_(tree), callees_(callees) {}

  // `root` is a function's declaration with its body, or a variable at namespace level.
  void add(NodeId root);

  const Variable* find(CXCursor declaration) const;
  // Parameters of the enclosing function that the expression's value is made from.
  ParameterMask depends(NodeId expression) const;
  const std::set<PointerAssignment>& pointers() const { return pointers_; }

  // The function called; null cursor when through a pointer or unresolved.
  CXCursor calledFunction(NodeId call) const;

 private:
  using Edge = std::pair<Variable*, const Variable*>;  // target, source
  Variable& variable(CXCursor declaration);
  void addParameters(NodeId function);
  void addDeclaration(NodeId node);
  void addAssignment(NodeId node);
  void addCall(NodeId node);
  void addIncrement(NodeId node);
  void addRangeLoop(NodeId node);
  void addPointer(NodeId node);
  // A second name for an array: what is put in through it counts.
  void addAlias(NodeId source, CXCursor target);
  // Lets the variable that `target` starts from hold what `source` hands on.
  void flow(NodeId target, NodeId source);
  // Visits the variables (or `this`) whose value the expression hands on as a whole.
  template <typename Visit>
  void forEachSource(NodeId expression, const Visit& visit) const;
  template <typename Visit>
  void forEachSourceOfCall(NodeId call, const Visit& visit) const;
  template <typename Visit>
  void forEachSourceOfList(NodeId list, const Visit& visit) const;
  // Is it an element of a vector: argv[i], *it, va_arg, the variable of a loop over one?
  bool isElement(NodeId expression) const;
  void addElement(NodeId target, NodeId value, bool first);
  void fillFromArguments(CXCursor called, const std::vector<NodeId>& arguments, std::size_t filled, bool copies_text);
  bool leaksAt(NodeId node, CXCursor declaration, CXType type) const;
  bool mayBeChangedBy(NodeId argument, CXType parameter) const;

  const SyntaxTree& tree_;
  Callees& callees_;
  CursorMap<Variable> variables_;
  std::set<PointerAssignment> pointers_;
  std::vector<Edge> edges_;
  CursorMap<std::vector<ParameterMask>> filled_;  // by function seen: what each parameter is filled from
};

}  // namespace envleak::analyzer
