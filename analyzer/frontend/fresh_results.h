// Functions that return memory which nothing else holds: what one caller does to it, no other one sees.
#pragma once

#include "analyzer/frontend/callees.h"
#include "analyzer/frontend/dataflow.h"
#include "analyzer/frontend/syntax_tree.h"

#include <optional>
#include <set>
#include <string>

namespace envleak::analyzer {

class FreshResults {
 public:
  FreshResults(const SyntaxTree& tree, const Dataflow& dataflow, Callees& callees, NodeId function)
      : tree_(tree), dataflow_(dataflow), callees_(callees), function_(function) {}

  // `value` is returned by the function. Is it fresh, provided that what the functions of the project return is whose
  // keys are added to `from`?
  bool isFresh(NodeId value, std::set<std::string>& from, int depth = 0);
  // Does all that was found fresh hold nothing yet?
  bool isBlank() const { return blank_; }

 private:
  bool isFreshVariable(CXCursor variable, std::set<std::string>& from, int depth);
  bool leavesNoName(NodeId reference);
  bool onlyLooks(NodeId call, NodeId argument);

  const SyntaxTree& tree_;
  const Dataflow& dataflow_;
  Callees& callees_;
  NodeId function_;
  bool blank_ = true;
};

}  // namespace envleak::analyzer
