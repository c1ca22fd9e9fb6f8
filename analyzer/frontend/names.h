// Names of variables that are no constants at the place where they are used.
#pragma once

#include "analyzer/frontend/dataflow.h"
#include "analyzer/frontend/source_files.h"
#include "analyzer/frontend/summary.h"
#include "analyzer/frontend/values.h"

namespace envleak::analyzer {

class Names {
 public:
  Names(const SyntaxTree& tree, const Dataflow& dataflow, const Values& values, SourceFiles& files)
      : tree_(tree), dataflow_(dataflow), values_(values), files_(files) {}

  // `function`: the root whose parameters count.
  NameSource source(NodeId expression, NodeId function) const;

 private:
  std::optional<unsigned> parameter(NodeId expression, NodeId function, int depth) const;
  std::optional<NameTable> table(NodeId expression, int depth) const;
  // The strings of the array that `array` names: its elements, or their field.
  std::optional<NameTable> tableOf(NodeId array, CXCursor field, int depth) const;
  NodeId elementsOf(NodeId initializer) const;
  // The part of a structure's braces that is for the field.
  NodeId partFor(NodeId element, CXCursor field) const;
  // The expression that a variable always holds; noNode if there is not exactly one.
  NodeId onlyValue(const Variable& variable) const;

  const SyntaxTree& tree_;
  const Dataflow& dataflow_;
  const Values& values_;
  SourceFiles& files_;
};

}  // namespace envleak::analyzer
