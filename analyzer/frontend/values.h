// What an expression stands for: a constant string, a number, an environment.
#pragma once

#include "analyzer/frontend/dataflow.h"
#include "analyzer/frontend/source_files.h"

#include <optional>
#include <string>

namespace envleak::analyzer {

class Values {
 public:
  Values(const SyntaxTree& tree, const Dataflow& dataflow, Callees& callees, SourceFiles& files, bool partial)
      : tree_(tree), dataflow_(dataflow), callees_(callees), files_(files), partial_(partial) {}

  // Literals, concatenations, macros, and variables that hold nothing else.
  std::optional<std::string> text(NodeId expression) const { return text(expression, 0); }
  // The first string of a constant array or list.
  std::optional<std::string> firstText(NodeId expression) const;
  std::optional<long long> number(NodeId expression) const;
  // The words in the source: the name of a macro where one was used.
  std::string source(NodeId expression) const;
  // `call` is the call the value is meant for: what that call itself may change is of no concern.
  EnvironmentValue environment(NodeId expression, NodeId call) const { return environment(expression, call, 0); }
  // Is it made from getenv or from elements of environ?
  bool comesFromParent(NodeId expression) const;

 private:
  NodeId rootOf(NodeId node) const;
  bool mayPrecede(NodeId event, NodeId use) const;
  std::optional<std::string> text(NodeId expression, int depth) const;
  std::optional<std::string> onlyText(CXCursor declaration, int depth) const;
  EnvironmentValue environment(NodeId expression, NodeId call, int depth) const;
  EnvironmentValue ofVariable(NodeId reference, NodeId call, int depth) const;
  EnvironmentValue ofCall(NodeId expression, NodeId call, int depth) const;
  EnvironmentValue ofElements(const std::vector<NodeId>& elements, const std::string& what, NodeId call,
                              int depth) const;
  EnvironmentValue ofElement(NodeId expression, const std::string& what, NodeId call, int depth) const;
  NodeId list(NodeId expression, int depth) const;

  const SyntaxTree& tree_;
  const Dataflow& dataflow_;
  Callees& callees_;
  SourceFiles& files_;
  bool partial_;  // parts of the unit were lost
};

}  // namespace envleak::analyzer
