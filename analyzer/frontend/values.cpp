#include "analyzer/frontend/values.h"

#include "analyzer/frontend/access_path.h"

#include <algorithm>
#include <bit>

namespace envleak::analyzer {
namespace {

constexpr int depthLimit = 8;  // of variables that hold variables

// libclang spells a literal with quotes and escapes, its parts put together. Wide and UTF-16 ones are left alone.
std::optional<std::string> literal(const std::string& spelling) {
  std::size_t start = spelling.starts_with("u8") ? 2 : 0;
  if (spelling.size() < start + 2 || spelling[start] != '"' || spelling.back() != '"') return std::nullopt;
  std::string_view inside = std::string_view(spelling).substr(start + 1, spelling.size() - start - 2);
  std::string text;
  for (std::size_t at = 0; at < inside.size(); ++at) {
    if (inside[at] != '\\' || at + 1 == inside.size()) {
      text += inside[at];
      continue;
    }
    char c = inside[++at];
    constexpr std::string_view names = "abfnrtv", values = "\a\b\f\n\r\t\v";
    if (c >= '0' && c <= '7') {
      unsigned code = 0;
      std::size_t end = at + 3;
      for (; at < end && at < inside.size() && inside[at] >= '0' && inside[at] <= '7'; ++at)
        code = code * 8 + static_cast<unsigned>(inside[at] - '0');
      --at;
      text += static_cast<char>(code);
    } else if (std::size_t found = names.find(c); found != std::string_view::npos) {
      text += values[found];
    } else {
      text += c;
    }
  }
  return text.substr(0, text.find('\0'));  // as a C function sees it
}

}  // namespace

std::optional<std::string> Values::text(NodeId expression, int depth) const {
  expression = tree_.peel(expression);
  if (expression == noNode || depth > depthLimit) return std::nullopt;
  const Node& node = tree_[expression];
  switch (node.kind) {
    case CXCursor_StringLiteral:
      return literal(spellingOf(node.cursor));
    case CXCursor_DeclRefExpr:
      return onlyText(clang_getCursorReferenced(node.cursor), depth);
    case CXCursor_CallExpr: {
      CXCursor called = dataflow_.calledFunction(expression);
      std::vector<NodeId> arguments = tree_.arguments(expression);
      if (clang_getCursorKind(called) == CXCursor_Constructor)
        return arguments.empty() ? std::nullopt : text(arguments.front(), depth + 1);
      std::string name = spellingOf(called);
      if (name == "c_str" || name == "data") {
        NodeId base = tree_.baseReference(expression);
        return base == noNode ? std::nullopt : text(base, depth + 1);
      }
      if (callees_.knowledge().copiesString(name) && arguments.size() == 1) return text(arguments[0], depth + 1);
      return std::nullopt;
    }
    case CXCursor_InitListExpr: {
      std::vector<NodeId> parts = tree_.expressionChildren(expression);
      return parts.size() == 1 ? text(parts.front(), depth + 1) : std::nullopt;
    }
    default: {
      // Temporaries and conversions wrap their one part.
      if (node.kind != CXCursor_UnexposedExpr) return std::nullopt;
      std::vector<NodeId> parts = tree_.expressionChildren(expression);
      return parts.empty() ? std::nullopt : text(parts.front(), depth + 1);
    }
  }
}

// The string of a variable that never holds another one, as far as this unit can tell.
std::optional<std::string> Values::onlyText(CXCursor declaration, int depth) const {
  const Variable* variable = dataflow_.find(declaration);
  if (!variable || variable->parameter >= 0 || variable->modified || !variable->escapes.empty() || variable->leaked ||
      !variable->elements.empty())
    return std::nullopt;
  CXType type = clang_getCanonicalType(clang_getCursorType(declaration));
  bool constant = isConstant(type);
  bool external = clang_getCursorLinkage(declaration) == CXLinkage_External;
  if (external && !constant) return std::nullopt;  // another unit may change it
  if (variable->initializer != noNode && variable->assigned.empty()) return text(variable->initializer, depth + 1);
  if (variable->initializer == noNode && variable->assigned.size() == 1)
    return text(variable->assigned.front(), depth + 1);
  return std::nullopt;
}

namespace {

// libclang crashes when it evaluates the initializer list of an array or a structure.
bool canBeNumber(CXCursor expression) {
  CXTypeKind kind = clang_getCanonicalType(clang_getCursorType(expression)).kind;
  return (kind >= CXType_Bool && kind <= CXType_Int128) || kind == CXType_Enum || kind == CXType_Pointer ||
         kind == CXType_NullPtr;
}

}  // namespace

std::optional<long long> Values::number(NodeId expression) const {
  if (expression == noNode || !canBeNumber(tree_[expression].cursor)) return std::nullopt;
  CXEvalResult value = clang_Cursor_Evaluate(tree_[expression].cursor);
  std::optional<long long> result;
  if (value && clang_EvalResult_getKind(value) == CXEval_Int) result = clang_EvalResult_getAsLongLong(value);
  if (value) clang_EvalResult_dispose(value);
  return result;
}

std::string Values::source(NodeId expression) const {
  if (expression == noNode) return {};
  FilePlace start = files_.startOf(tree_[expression].cursor);
  std::string_view text = files_.text(start.file);
  if (start.offset >= text.size()) return {};
  auto isWord = [](char c) {
    return c == '_' || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  };
  std::size_t end = start.offset;
  while (end < text.size() && isWord(text[end])) ++end;
  return std::string(text.substr(start.offset, end - start.offset));
}

// The braces that give an array or container its elements.
NodeId Values::list(NodeId expression, int depth) const {
  expression = tree_.peel(expression);
  if (expression == noNode || depth > depthLimit) return noNode;
  switch (tree_[expression].kind) {
    case CXCursor_InitListExpr:
      return expression;
    case CXCursor_CompoundLiteralExpr:
    case CXCursor_UnexposedExpr:
    case CXCursor_CallExpr: {
      if (tree_[expression].kind == CXCursor_CallExpr &&
          clang_getCursorKind(clang_getCursorReferenced(tree_[expression].cursor)) != CXCursor_Constructor)
        return noNode;
      std::vector<NodeId> parts = tree_.expressionChildren(expression);
      // Default arguments have nothing below them; with other parts more than the braces decides.
      auto is_default = [&](NodeId part) {
        bool plain = tree_[part].kind == CXCursor_UnexposedExpr || tree_[part].kind == CXCursor_CallExpr;
        return plain && tree_[part].first_child == noNode;
      };
      if (parts.size() > 1 && !std::all_of(parts.begin() + 1, parts.end(), is_default)) return noNode;
      for (NodeId part : parts)
        if (NodeId found = list(part, depth + 1); found != noNode) return found;
      return noNode;
    }
    default:
      return noNode;
  }
}

std::optional<std::string> Values::firstText(NodeId expression) const {
  NodeId braces = list(expression, 0);
  if (braces == noNode) {
    NodeId base = tree_.baseReference(expression);
    if (base == noNode) return std::nullopt;
    const Variable* variable = dataflow_.find(clang_getCursorReferenced(tree_[base].cursor));
    if (!variable || variable->parameter >= 0 || variable->modified || variable->leaked || !variable->escapes.empty())
      return std::nullopt;
    if (variable->initializer == noNode && variable->assigned.empty() && !variable->elements.empty())
      return text(variable->elements.front());
    if (variable->initializer == noNode || !variable->assigned.empty()) return std::nullopt;
    braces = list(variable->initializer, 0);
    if (braces == noNode) return std::nullopt;
  }
  std::vector<NodeId> parts = tree_.expressionChildren(braces);
  return parts.empty() ? std::nullopt : text(parts.front());
}

bool Values::comesFromParent(NodeId expression) const {
  if (expression == noNode) return false;
  for (NodeId at = expression, end = tree_.endOf(expression); at < end; ++at) {
    CXCursorKind kind = tree_[at].kind;
    if (kind == CXCursor_CallExpr) {
      CXCursor called = dataflow_.calledFunction(at);
      if (!clang_Cursor_isNull(called) && callees_.of(called).reader) return true;
    } else if (kind == CXCursor_DeclRefExpr) {
      CXCursor declaration = clang_getCursorReferenced(tree_[at].cursor);
      if (callees_.isEnviron(declaration)) return true;
      const Variable* variable = dataflow_.find(declaration);
      if (variable && variable->of_main && variable->parameter == 2) return true;
      if (variable && variable->initializer != noNode && variable->initializer < expression &&
          tree_[tree_.peel(variable->initializer)].kind == CXCursor_CallExpr && comesFromParent(variable->initializer))
        return true;
    }
  }
  return false;
}

NodeId Values::rootOf(NodeId node) const {
  while (node != noNode && tree_[node].parent != noNode) node = tree_[node].parent;
  return node;
}

// May what happens at `event` be seen at `use`? Earlier, or in a later round or call.
bool Values::mayPrecede(NodeId event, NodeId use) const {
  if (use == noNode || event < use || rootOf(event) != rootOf(use)) return true;
  for (NodeId above = tree_[use].parent; above != noNode; above = tree_[above].parent) {
    CXCursorKind kind = tree_[above].kind;
    bool loop = kind == CXCursor_ForStmt || kind == CXCursor_WhileStmt || kind == CXCursor_DoStmt ||
                kind == CXCursor_CXXForRangeStmt;
    if (kind == CXCursor_LambdaExpr || (loop && event < tree_.endOf(above))) return true;
  }
  for (NodeId at = rootOf(use), end = tree_.endOf(at); at < end; ++at)
    if (tree_[at].kind == CXCursor_LabelStmt) return true;
  return false;
}

namespace {

// Can the function jump back?
bool hasLabels(const SyntaxTree& tree, NodeId node) {
  while (tree[node].parent != noNode) node = tree[node].parent;
  for (NodeId at = node; at < tree.endOf(node); ++at)
    if (tree[at].kind == CXCursor_LabelStmt) return true;
  return false;
}

}  // namespace

std::optional<Condition> Values::condition(NodeId expression) const {
  using Relation = Condition::Relation;
  expression = tree_.peel(expression);
  if (expression == noNode) return std::nullopt;
  const Node& node = tree_[expression];
  if (node.kind == CXCursor_UnaryOperator && clang_getCursorUnaryOperatorKind(node.cursor) == CXUnaryOperator_LNot) {
    std::optional<Condition> inner = condition(tree_.child(expression, 0));
    return inner ? std::optional(inner->negated()) : std::nullopt;
  }
  if (node.kind == CXCursor_BinaryOperator) {
    CXBinaryOperatorKind op = clang_getCursorBinaryOperatorKind(node.cursor);
    NodeId left = tree_.child(expression, 0), right = tree_.child(expression, 1);
    bool bits = op == CXBinaryOperator_And;
    if (!bits && op != CXBinaryOperator_EQ && op != CXBinaryOperator_NE) return std::nullopt;
    std::optional<long long> constant = tree_.isNull(right) ? 0 : number(right);
    if (!constant) {
      std::swap(left, right);
      constant = tree_.isNull(right) ? 0 : number(right);
    }
    std::optional<Port> port = testedPort(left);
    if (!constant || !port) return std::nullopt;
    return Condition{*port, bits ? Relation::any_bit : op == CXBinaryOperator_EQ ? Relation::equal : Relation::not_equal,
                     *constant};
  }
  std::optional<Port> port = testedPort(expression);
  return port ? std::optional(Condition{*port, Relation::not_equal, 0}) : std::nullopt;
}

// A parameter that keeps the caller's value, or a field of one that this function does not set.
std::optional<Port> Values::testedPort(NodeId expression) const {
  std::optional<AccessPath> path = accessPath(tree_, expression);
  if (!path || path->element) return std::nullopt;
  if (path->isThis()) return path->fields.empty() ? std::nullopt : std::optional(Port{thisPort, path->fields});
  const Variable* variable = dataflow_.find(path->base);
  if (!variable || variable->parameter < 0 || variable->of_main || variable->modified ||
      (variable->cells.contains(path->fields) && variable->assigned.empty()))
    return std::nullopt;
  // Assigned to only later on: the test is of the caller's value.
  bool later = std::ranges::all_of(variable->assigned, [&](NodeId value) { return value > expression; });
  for (NodeId above = expression; above != noNode && !variable->assigned.empty(); above = tree_[above].parent)
    later = later && tree_[above].kind != CXCursor_ForStmt && tree_[above].kind != CXCursor_WhileStmt &&
            tree_[above].kind != CXCursor_DoStmt && tree_[above].kind != CXCursor_CXXForRangeStmt;
  if (!later || (!variable->assigned.empty() && hasLabels(tree_, expression))) return std::nullopt;
  if (path->fields.empty() && !variable->escapes.empty() && isArithmetic(clang_getCursorType(path->base)))
    return std::nullopt;
  return Port{static_cast<unsigned>(variable->parameter), path->fields};
}

}  // namespace envleak::analyzer
