// Where the values of variables come from, inside each function and without regard to order.
//
// Followed is what hands a program, a command line, an argument vector or an environment on as a whole: copies,
// elements copied from one vector into another, fields, the first element of a vector, what follows "-c". A string
// that only becomes one argument among others, or part of a longer text, does not make the function a wrapper.
#pragma once

#include "analyzer/frontend/callees.h"
#include "analyzer/frontend/summary.h"
#include "analyzer/frontend/syntax_tree.h"

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace envleak::analyzer {

struct Variable {
  int parameter = -1;    // of the function, from 0
  bool of_main = false;  // that function is main
  bool record = false;   // a parameter that can have fields
  bool element = false;  // holds elements of a vector, one after the other
  // What is put into it, or into one of its fields.
  struct Source {
    const Variable* variable;
    std::string fields;
  };
  struct Cell {
    std::vector<Source> sources;
    NodeId last = noNode;  // the element that was put in last
    std::vector<NodeId> values;
  };
  std::map<std::string, Cell> cells;  // by fields
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
  std::vector<std::string> kept;  // cells that tell what is put in it by other names: of fields, of the function's result
  bool modified = false;          // in another way: ++, +=
  bool leaked = false;            // may be changed through something that is not followed
  // Of an object, or a pointer to one:
  struct Given {
    std::string function;  // key
    unsigned parameter;
    bool operator==(const Given&) const = default;
  };
  bool shared = false;             // its address is kept where it is not followed
  std::vector<Given> given;        // functions that are given its address
  std::vector<CXCursor> object_names;  // pointers and references to it that are made once
};

class Values;

class Dataflow {
 public:
  Dataflow(const SyntaxTree& tree, Callees& callees) : tree_(tree), callees_(callees) {}

  // `root` is a function's declaration with its body, or a variable at namespace level.
  void add(NodeId root);

  // Functions that are looked up by their names, in all that was added.
  void addLookups(const std::vector<NodeId>& roots, const Values& values);

  const Variable* find(CXCursor declaration) const;
  // What of the enclosing function's caller the expression's value is made from.
  Ports depends(NodeId expression) const;
  // What is put in the fields of the object that the expression leads to.
  struct FieldContent {
    std::string path;
    Ports depends;
    NodeId value = noNode;  // if it is only one
  };
  std::vector<FieldContent> contents(NodeId object) const;
  const std::set<PointerAssignment>& pointers() const { return pointers_; }
  // The functions that the expression may be; nullopt: not known.
  std::optional<std::vector<Callable>> callables(NodeId expression) const;
  // Who else may change the object, by whatever name.
  struct Sharing {
    bool shared = false;
    std::vector<Variable::Given> given;
  };
  Sharing sharingOf(CXCursor declaration) const;
  // The same of the object of a method.
  bool sharesObject(NodeId root) const;
  // A pointer or reference that is made once stands for what it leads to.
  bool isOtherName(CXCursor declaration) const;
  // A pointer that only ever leads to memory that was allocated for it.
  bool isFresh(CXCursor declaration) const;
  // Where a call that only hands on what it is given gets it from: std::move(f), a copy of a lambda. Else the expression.
  NodeId handedThrough(NodeId expression) const;
  // Of a lambda, a method of a local class: the number of its first parameter among those of the root.
  unsigned firstParameter(NodeId inner) const;
  // Is the lambda or function put or passed anywhere, or only called by its name?
  bool isPassedOn(const std::string& function) const;
  // The name of what is called, also where that is not decided before a template is instantiated.
  std::string calledName(NodeId call) const;
  // What stands for the function whose address the call returns.
  std::string resultKey(NodeId call) const;
  // Calls visit(declaration, variable) for each variable and field that was met.
  template <typename Visit>
  void forEachVariable(const Visit& visit) const {
    for (const auto& [declaration, variable] : variables_) visit(declaration, variable);
  }
  // Keys of functions whose address is used in a way that is not followed.
  const std::set<std::string>& addressTaken() const { return address_taken_; }

  // The function called; null cursor when through a pointer or unresolved.
  CXCursor calledFunction(NodeId call) const;

 private:
  // A variable, or the object itself, that an expression names, and the fields it goes on to.
  struct Named {
    CXCursor declaration;  // null: the object
    std::string fields;
  };
  using Seen = std::set<std::pair<const Variable*, std::string>>;
  Variable& variable(CXCursor declaration);
  // The object of the method that `node` stands in.
  Variable& object(NodeId node);
  const Variable* named(const Named& source, NodeId at) const;
  void addParameters(NodeId function);
  void addInnerParameters(NodeId root);
  void addLambda(NodeId lambda);
  void addMemberInitializers(NodeId constructor);
  void addDeclaration(NodeId node);
  // Puts the parts of {...} into the fields they initialise.
  void addFields(Variable& target, const std::string& fields, NodeId list);
  void addAssignment(NodeId node);
  void addCall(NodeId node);
  void addMethodCall(NodeId node, NodeId receiver, const std::string& name, const std::vector<NodeId>& arguments);
  void addIncrement(NodeId node);
  void addRangeLoop(NodeId node);
  void addPointer(NodeId node);
  void addReturnedPointer(NodeId call);
  // Climbs from the value to what it is put in.
  void addPointer(NodeId value, PointerAssignment assignment);
  Callable callableByName(const std::string& name) const;
  std::optional<std::vector<Callable>> callablesNamed(CXCursor declaration) const;
  std::vector<Callable> callablesOf(CXType type) const;
  CXCursor memberInitializedBy(NodeId value) const;
  void addUnknownPointer(const std::string& pointer);
  void addPointerTo(CXCursor target, PointerAssignment assignment);
  // A second name for an array: what is put in through it counts.
  void addAlias(NodeId source, CXCursor target);
  // Where `target` leads; nullptr for a global variable or what has no name.
  Variable::Cell* cellOf(NodeId target);
  // Lets what `target` leads to hold what `source` hands on.
  void flow(NodeId target, NodeId source);
  void flow(Variable::Cell& cell, NodeId source, const std::string& fields = {});
  // Visits the variables (or the object) whose value the expression hands on as a whole.
  template <typename Visit>
  void forEachSource(NodeId expression, const Visit& visit) const;
  template <typename Visit>
  void forEachSourceOfCall(NodeId call, const Visit& visit) const;
  template <typename Visit>
  void forEachSourceOfList(NodeId list, const Visit& visit) const;
  void collect(const Variable& variable, const std::string& fields, Seen& seen, Ports& ports) const;
  // Is it an element of a vector: argv[i], *it, va_arg, the variable of a loop over one?
  bool isElement(NodeId expression) const;
  void addElement(NodeId target, NodeId value, bool first);
  void addElement(Variable::Cell& cell, NodeId value, bool first);
  void fillFromArguments(CXCursor called, const std::vector<NodeId>& arguments, std::size_t filled, bool copies_text);
  // The cell of what else leads to the whole array from here on; empty: nothing does.
  std::string keptAt(NodeId node) const;
  bool handsOn(NodeId above) const;
  // *parameter = array, which is no static one: the caller has it from here on.
  bool isGivenOut(NodeId left, NodeId right) const;
  bool leaksAt(NodeId node, CXCursor declaration, CXType type) const;
  void addSharing(NodeId root);
  // What is done with the object, or its address, from `node` on.
  void addSharing(NodeId node, Variable& object);
  void addGiven(NodeId call, NodeId value, bool leads, bool handle, Variable& object);
  bool mayBeChangedBy(NodeId argument, CXType parameter) const;

  const SyntaxTree& tree_;
  Callees& callees_;
  CursorMap<Variable> variables_;
  std::map<NodeId, Variable> objects_;  // by root
  std::map<NodeId, unsigned> first_parameters_;
  std::set<PointerAssignment> pointers_;
  std::set<std::string> address_taken_;
  // By function seen: for each parameter, what is put in its fields.
  struct Filled {
    std::string fields;
    Ports ports;
  };
  CursorMap<std::vector<std::vector<Filled>>> filled_;
};

}  // namespace envleak::analyzer
