// Texts that are put together: what they begin with, and whether anything of the parent's environment may be in them.
#include "analyzer/frontend/type_names.h"
#include "analyzer/frontend/values.h"

#include <algorithm>

namespace envleak::analyzer {

std::string Values::leadingText(NodeId expression, NodeId* maker) const {
  expression = tree_.peel(expression);
  if (expression == noNode) return {};
  switch (tree_[expression].kind) {
    case CXCursor_CallExpr: {
      CXCursor called = dataflow_.calledFunction(expression);
      std::vector<NodeId> arguments = tree_.arguments(expression);
      std::string name = spellingOf(called);
      bool first = name == "operator+" || clang_getCursorKind(called) == CXCursor_Constructor ||
                   callees_.knowledge().copiesString(name) || isAnyOf(name, {"g_strdup_printf", "g_strconcat", "format"});
      if (first && !arguments.empty() && arguments.front() != noNode) {
        if (maker && *maker == noNode) *maker = expression;
        if (std::optional<std::string> constant = text(arguments.front())) return *constant;
        return leadingText(arguments.front(), maker);
      }
      NodeId callee = tree_.calleeExpression(expression);
      if (isAnyOf(name, {"c_str", "data"}) && callee != noNode && tree_[callee].kind == CXCursor_MemberRefExpr)
        return leadingText(tree_.child(callee, 0), maker);
      return {};
    }
    case CXCursor_DeclRefExpr: {
      const Variable* variable = dataflow_.find(clang_getCursorReferenced(tree_[expression].cursor));
      if (!variable || variable->parameter >= 0 || variable->leaked || variable->modified) return {};
      if (variable->escapes.empty() && variable->assigned.size() + (variable->initializer != noNode ? 1 : 0) == 1)
        return leadingText(variable->initializer != noNode ? variable->initializer : variable->assigned.front(), maker);
      // char entry[80]; snprintf(entry, sizeof entry, "PATH=%s", path);
      if (!variable->assigned.empty() || variable->escapes.size() != 1) return {};
      if (!isAnyOf(variable->escapes.front().callee, {"snprintf", "sprintf", "asprintf", "xasprintf"})) return {};
      std::vector<NodeId> arguments = tree_.arguments(variable->escapes.front().call);
      if (maker && *maker == noNode) *maker = variable->escapes.front().call;
      for (std::size_t i = 1; i < arguments.size() && i < 3; ++i)
        if (std::optional<std::string> format = arguments[i] == noNode ? std::nullopt : text(arguments[i]))
          return format->substr(0, std::min(format->find('%'), format->size()));
      return {};
    }
    case CXCursor_UnexposedExpr: {
      std::vector<NodeId> parts = tree_.expressionChildren(expression);
      return parts.size() == 1 ? leadingText(parts.front(), maker) : std::string();
    }
    default:
      return {};
  }
}

bool Values::isOwnText(NodeId expression) const {
  if (expression == noNode || comesFromParent(expression)) return false;
  if (text(expression)) return true;
  NodeId inner = tree_.peel(expression);
  if (tree_[inner].kind == CXCursor_CallExpr) {
    std::string name = spellingOf(dataflow_.calledFunction(inner));
    bool makes = isAnyOf(name, {"operator+", "to_string", "c_str", "data", "format", "g_strconcat", "g_strdup_printf",
                                "snprintf", "sprintf", "asprintf", "xasprintf"}) ||
                 callees_.knowledge().copiesString(name) ||
                 clang_getCursorKind(dataflow_.calledFunction(inner)) == CXCursor_Constructor;
    if (!makes) return isArithmetic(clang_getCursorType(tree_[inner].cursor)) && !callees_.of(dataflow_.calledFunction(inner)).project;
    // What it writes to, and how much of it there is room for, comes before the format.
    std::vector<NodeId> arguments = tree_.arguments(inner);
    bool writes = isAnyOf(name, {"snprintf", "sprintf", "asprintf", "xasprintf"});
    std::size_t first = writes ? (name == "snprintf" ? 2 : 1) : 0;
    NodeId callee = tree_.calleeExpression(inner);
    if (tree_.isMemberCall(inner)) return isOwnText(tree_.child(callee, 0));
    for (std::size_t i = first; i < arguments.size(); ++i)
      if (arguments[i] != noNode && !tree_.isDefaultArgument(tree_.peel(arguments[i])) && !tree_.isNull(arguments[i]) &&
          !isOwnText(arguments[i]))
        return false;
    return arguments.size() > first;
  }
  if (!isArithmetic(clang_getCursorType(tree_[inner].cursor))) return false;
  for (NodeId at = inner; at < tree_.endOf(inner); ++at) {
    if (tree_[at].kind == CXCursor_CallExpr && callees_.of(dataflow_.calledFunction(at)).project) return false;
    if (tree_[at].kind != CXCursor_DeclRefExpr) continue;
    const Variable* variable = dataflow_.find(clang_getCursorReferenced(tree_[at].cursor));
    if (!variable) continue;
    std::vector<NodeId> sources = variable->assigned;
    if (variable->initializer != noNode) sources.push_back(variable->initializer);
    if (!variable->escapes.empty() || std::ranges::any_of(sources, [&](NodeId source) { return comesFromParent(source); }))
      return false;
  }
  return true;
}

}  // namespace envleak::analyzer
