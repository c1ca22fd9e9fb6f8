// What an expression stands for: a constant string, a number, an environment.
#pragma once

#include "analyzer/frontend/dataflow.h"
#include "analyzer/frontend/source_files.h"

#include <map>
#include <optional>
#include <set>
#include <string>

namespace envleak::analyzer {

// What variables, fields and objects hold at the point of the function that is looked at.
class PlaceValues {
 public:
  // nullopt: the expression names no place that is followed.
  virtual std::optional<EnvironmentValue> at(NodeId expression) const = 0;
  // What a call or construction makes, if the knowledge base tells; nullopt: it does not.
  virtual std::optional<EnvironmentValue> made(NodeId expression) const = 0;

 protected:
  ~PlaceValues() = default;
};

class Values {
 public:
  // `places` may be null; it must outlive this.
  Values(const SyntaxTree& tree, const Dataflow& dataflow, Callees& callees, SourceFiles& files, bool partial,
         const PlaceValues* places = nullptr)
      : tree_(tree), dataflow_(dataflow), callees_(callees), files_(files), partial_(partial), places_(places) {}
  Values with(const PlaceValues* places) const { return {tree_, dataflow_, callees_, files_, partial_, places}; }

  // Literals, concatenations, macros, and variables that hold nothing else.
  std::optional<std::string> text(NodeId expression) const { return text(expression, 0); }
  // The first string of a constant array or list.
  std::optional<std::string> firstText(NodeId expression) const;
  std::optional<long long> number(NodeId expression) const;
  // The words in the source: the name of a macro where one was used.
  std::string source(NodeId expression) const;
  // `call` is the call the value is meant for: what that call itself may change is of no concern.
  EnvironmentValue environment(NodeId expression, NodeId call) const { return environment(expression, call, 0); }
  // All entries of the parent's environment, one after the other in a loop; nullopt: it is none of them, or not all.
  std::optional<EnvironmentValue> allEntries(NodeId expression) const;
  // The field of a structure whose text the expression is; empty: it is none.
  std::string keptText(NodeId expression) const;
  // The entries that the function puts in what its parameter leads to; nullopt: none.
  std::optional<EnvironmentValue> fills(CXCursor parameter) const;
  // What the function that is called puts in what it is given at `index`, which is called `name`.
  EnvironmentValue filledBy(NodeId call, std::size_t index, const std::string& name) const {
    return filledBy(call, index, name, 0);
  }
  // Is it made from getenv or from elements of environ?
  bool comesFromParent(NodeId expression) const;
  // A test of a number that the caller chooses; nullopt: any other.
  std::optional<Condition> condition(NodeId expression) const;
  // What an element adds to the environment `what` that it is put in.
  EnvironmentValue element(NodeId expression, const std::string& what, NodeId call) const {
    return ofElement(expression, what, call, 0);
  }

 private:
  NodeId rootOf(NodeId node) const;
  bool mayPrecede(NodeId event, NodeId use) const;
  std::optional<std::string> text(NodeId expression, int depth) const;
  std::optional<std::string> onlyText(CXCursor declaration, int depth) const;
  EnvironmentValue environment(NodeId expression, NodeId call, int depth) const;
  // What an argument is that the call does not write.
  EnvironmentValue leftOut(NodeId argument) const;
  bool leavesAlone(NodeId call, CXCursor given, int depth) const;
  EnvironmentValue filledBy(NodeId call, std::size_t index, const std::string& name, int depth) const;
  EnvironmentValue given(NodeId argument, CXType function, std::size_t index, NodeId call, int depth) const;
  bool isWholePut(NodeId value) const;
  NodeId rangeOf(NodeId iterator) const;
  std::optional<EnvironmentValue> putIn(CXCursor declaration, const Variable& variable, NodeId call, int depth) const;
  EnvironmentValue ofVariable(NodeId reference, NodeId call, int depth) const;
  EnvironmentValue ofCall(NodeId expression, NodeId call, int depth) const;
  EnvironmentValue ofContainer(std::vector<NodeId> arguments, NodeId call, int depth) const;
  EnvironmentValue ofElements(const std::vector<NodeId>& elements, const std::string& what, NodeId call,
                              int depth) const;
  EnvironmentValue ofElement(NodeId expression, const std::string& what, NodeId call, int depth) const;
  NodeId list(NodeId expression, int depth) const;
  std::optional<Port> testedPort(NodeId expression) const;
  // The constant that a text begins with: of "PATH=" + path, or a printf format. `maker` receives the call that puts
  // it together.
  std::string leadingText(NodeId expression, NodeId* maker = nullptr) const;
  // Is it put together from constants and numbers that are not of the parent's environment?
  bool isOwnText(NodeId expression) const;
  // An element of the parent's environment that is copied in a loop; nullopt: it is none.
  std::optional<EnvironmentValue> entriesOfParent(NodeId expression, const std::string& what) const;
  bool isWholeOfParent(NodeId node, NamedVariables* others) const;
  bool isEntryOfParent(NodeId expression, NamedVariables* others = nullptr) const;
  // `otherwise`, unless all entries of the parent's environment find their way into the variable.
  EnvironmentValue receives(NodeId reference, EnvironmentValue otherwise) const;

  const SyntaxTree& tree_;
  const Dataflow& dataflow_;
  Callees& callees_;
  SourceFiles& files_;
  bool partial_;  // parts of the unit were lost
  const PlaceValues* places_;
  // By function: variables that all entries of the parent's environment find their way into.
  mutable std::map<NodeId, std::set<std::string>> receivers_;
  mutable std::vector<CXCursor> open_;  // variables being followed
};

}  // namespace envleak::analyzer
