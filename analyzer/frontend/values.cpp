#include "analyzer/frontend/values.h"

#include <algorithm>
#include <bit>

namespace envleak::analyzer {
namespace {

using Kind = EnvironmentValue::Kind;
constexpr int depthLimit = 8;  // of variables that hold variables

EnvironmentValue unknown(std::string reason) { return {Kind::unknown, 0, {}, std::move(reason)}; }

std::string quoted(const std::string& name) { return "'" + name + "'"; }

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

// const char text[] = "...": whatever is done with a pointer to it, nobody may change it.
bool isConstantText(CXCursor declaration) {
  CXType type = clang_getCanonicalType(clang_getCursorType(declaration));
  if (type.kind != CXType_ConstantArray || !isConstant(type)) return false;
  CXCursor initializer = clang_Cursor_getVarDeclInitializer(declaration);
  return clang_getCursorKind(initializer) == CXCursor_StringLiteral;
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

std::optional<long long> Values::number(NodeId expression) const {
  if (expression == noNode) return std::nullopt;
  CXEvalResult value = clang_Cursor_Evaluate(tree_[expression].cursor);
  std::optional<long long> result;
  if (value && clang_EvalResult_getKind(value) == CXEval_Int) result = clang_EvalResult_getAsLongLong(value);
  if (value) clang_EvalResult_dispose(value);
  return result;
}

std::string Values::source(NodeId expression) const {
  if (expression == noNode) return {};
  Place start = files_.startOf(tree_[expression].cursor);
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

// What one string of an environment is: constant (explicit), the end (empty), an element of another environment (that
// one's value), or unknown.
EnvironmentValue Values::ofElement(NodeId expression, const std::string& what, NodeId call, int depth) const {
  EnvironmentValue undecided = unknown("an element of " + what + " is not a constant");
  if (depth > depthLimit) return undecided;
  if (tree_.isNull(expression)) return {Kind::empty, 0, {}, what + " has no entries"};
  if (text(expression)) return {Kind::explicit_, 0, {}, what + " holds constants only"};
  if (comesFromParent(expression)) return unknown("an element of " + what + " comes from the parent's environment");
  expression = tree_.peel(expression);
  if (expression == noNode) return undecided;
  auto ofContainer = [&](NodeId container) {
    NodeId base = tree_.peel(container);
    if (base == noNode || tree_[base].kind != CXCursor_DeclRefExpr) return undecided;
    EnvironmentValue value = ofVariable(base, call, depth + 1);
    if (value.kind == Kind::parameter) value.reason = what + " is filled from a parameter";
    bool known = value.kind == Kind::parameter || value.kind == Kind::explicit_ || value.kind == Kind::empty;
    return known ? value : undecided;
  };
  switch (tree_[expression].kind) {
    case CXCursor_ArraySubscriptExpr:
      return ofContainer(tree_.child(expression, 0));
    case CXCursor_UnaryOperator:
      if (clang_getCursorUnaryOperatorKind(tree_[expression].cursor) != CXUnaryOperator_Deref) return undecided;
      return ofContainer(tree_.child(expression, 0));
    case CXCursor_DeclRefExpr: {
      const Variable* variable = dataflow_.find(clang_getCursorReferenced(tree_[expression].cursor));
      if (isConstantText(clang_getCursorReferenced(tree_[expression].cursor)))
        return {Kind::explicit_, 0, {}, what + " holds constants only"};
      if (!variable || variable->parameter >= 0 || variable->modified || variable->leaked ||
          !variable->escapes.empty() || !variable->elements.empty())
        return undecided;
      if (variable->range != noNode) return variable->assigned.empty() ? ofContainer(variable->range) : undecided;
      if (clang_Cursor_hasVarDeclGlobalStorage(clang_getCursorReferenced(tree_[expression].cursor)) == 1)
        return undecided;
      std::optional<EnvironmentValue> result;
      std::vector<NodeId> sources = variable->assigned;
      if (variable->initializer != noNode) sources.push_back(variable->initializer);
      for (NodeId source : sources) {
        EnvironmentValue value = ofElement(source, what, call, depth + 1);
        result = result ? widest(*result, value) : value;
      }
      return result.value_or(undecided);
    }
    case CXCursor_CallExpr: {
      CXCursor called = dataflow_.calledFunction(expression);
      std::string name = spellingOf(called);
      std::vector<NodeId> arguments = tree_.arguments(expression);
      NodeId callee = tree_.calleeExpression(expression);
      if (callee != noNode && tree_[callee].kind == CXCursor_MemberRefExpr && (name == "c_str" || name == "data"))
        return ofElement(tree_.child(callee, 0), what, call, depth + 1);
      bool copies = callees_.knowledge().copiesString(name) || clang_getCursorKind(called) == CXCursor_Constructor;
      if (copies && arguments.size() == 1 && arguments.front() != noNode)
        return ofElement(arguments.front(), what, call, depth + 1);
      if (name == "operator[]" && !arguments.empty()) return ofContainer(arguments.front());
      return undecided;
    }
    default:
      return undecided;
  }
}

EnvironmentValue Values::ofElements(const std::vector<NodeId>& elements, const std::string& what, NodeId call,
                                    int depth) const {
  EnvironmentValue result{Kind::empty, 0, {}, what + " has no entries"};
  for (NodeId value : elements) result = widest(result, ofElement(value, what, call, depth + 1));
  return result;
}

EnvironmentValue Values::ofVariable(NodeId reference, NodeId call, int depth) const {
  CXCursor declaration = clang_getCursorReferenced(tree_[reference].cursor);
  std::string name = quoted(spellingOf(declaration));
  if (callees_.isEnviron(declaration))
    return {depth == 0 ? Kind::environ : Kind::forwarded, 0, {}, name + " is passed on"};
  const Variable* variable = dataflow_.find(declaration);
  if (!variable || clang_getCursorKind(declaration) == CXCursor_FieldDecl) return unknown(name + " is set elsewhere");
  bool global = clang_Cursor_hasVarDeclGlobalStorage(declaration) == 1;
  // What a caller's vector holds may be changed after the call, and be seen by the next call.
  bool any_time = global || variable->parameter >= 0;
  // Neither what the call itself may change counts, nor another call of the same function: there too it is handed on.
  std::string handed_to = spellingOf(dataflow_.calledFunction(call));
  for (const Variable::Escape& escape : variable->escapes)
    if (escape.call != call && (handed_to.empty() || escape.callee != handed_to) &&
        (any_time || mayPrecede(escape.call, call)))
      return unknown(name + " is filled by " + quoted(escape.callee));
  std::vector<CXCursor> aliases = variable->aliases;
  for (std::size_t i = 0; i < aliases.size() && i < 16; ++i) {
    const Variable* other = dataflow_.find(aliases[i]);
    if (!other) continue;
    bool escapes =
        std::ranges::any_of(other->escapes, [&](const Variable::Escape& escape) { return escape.call != call; });
    if (!other->elements.empty() || other->modified || other->leaked || escapes || i == 15)
      return unknown(name + " is filled through " + quoted(spellingOf(aliases[i])));
    aliases.insert(aliases.end(), other->aliases.begin(), other->aliases.end());
  }
  if (variable->leaked) return unknown(name + " may be changed through another name");
  if (global && partial_) return unknown("the unit has errors, what fills " + name + " may be lost");
  if (variable->modified) return unknown(name + " is moved along an array");

  std::optional<EnvironmentValue> result;
  auto join = [&](const EnvironmentValue& value) { result = result ? widest(*result, value) : value; };
  if (variable->parameter >= 0) {
    if (variable->of_main && variable->parameter == 2)
      join({Kind::forwarded, 0, {}, "main's third parameter is passed on"});
    else if (variable->of_main)
      return unknown(name + " is a parameter of main");
    else if (call != noNode && rootOf(call) != rootOf(reference))
      return unknown(name + " of another function decides");
    else
      join({Kind::parameter, static_cast<unsigned>(variable->parameter), {}, "parameter " + name + " decides"});
  }
  bool external = clang_getCursorLinkage(declaration) == CXLinkage_External;
  CXType type = clang_getCanonicalType(clang_getCursorType(declaration));
  bool constant = isConstant(type);
  if (external && !constant) return unknown(name + " is a global variable");

  // Memory that is filled element by element: what it started as adds nothing.
  bool fresh = false;
  auto value = [&](NodeId source) {
    NodeId inner = tree_.peel(source);
    if (inner != noNode && tree_[inner].kind == CXCursor_CallExpr &&
        callees_.knowledge().allocates(spellingOf(dataflow_.calledFunction(inner))))
      fresh = true;
    else if (inner != noNode && tree_[inner].kind == CXCursor_CXXNewExpr)
      fresh = true;
    else if (NodeId braces = list(source, 0); braces != noNode)
      join(ofElements(tree_.expressionChildren(braces), name, call, depth));
    else
      join(environment(source, call, depth + 1));
  };
  if (variable->initializer != noNode) value(variable->initializer);
  for (NodeId source : variable->assigned) value(source);
  if (!variable->elements.empty()) join(ofElements(variable->elements, name, call, depth));
  if (!result && variable->elements.empty())
    return unknown(fresh ? "what fills " + name + " was not found" : name + " has no known value");
  return *result;
}

EnvironmentValue Values::ofCall(NodeId expression, NodeId call, int depth) const {
  CXCursor called = dataflow_.calledFunction(expression);
  if (clang_Cursor_isNull(called)) return unknown("the result of a call that is not resolved");
  std::string name = spellingOf(called);
  std::vector<NodeId> arguments = tree_.arguments(expression);
  if (clang_getCursorKind(called) == CXCursor_Constructor) {
    if (NodeId braces = list(expression, 0); braces != noNode)
      return ofElements(tree_.expressionChildren(braces), "the list", call, depth);
    if (arguments.empty()) return ofElements({}, "the container", call, depth);
    if (arguments.size() == 1) return environment(arguments.front(), call, depth + 1);
    return unknown("the container is filled when it is made");
  }
  if (name == "data" || name == "operator[]" || name == "begin" || name == "get")
    if (NodeId base = tree_.baseReference(expression); base != noNode) return ofVariable(base, call, depth + 1);
  const Callee& callee = callees_.of(called);
  if (clang_CXXMethod_isVirtual(called) != 0) return unknown("the result of the virtual method " + quoted(name));
  if (callee.project) return {Kind::result, 0, callee.key, "the result of " + quoted(name)};
  return unknown("the result of " + quoted(name));
}

EnvironmentValue Values::environment(NodeId expression, NodeId call, int depth) const {
  if (depth > depthLimit) return unknown("too many variables on the way");
  if (tree_.isNull(expression)) return {Kind::null, 0, {}, "the environment argument is NULL"};
  expression = tree_.peel(expression);
  if (expression == noNode) return unknown("the argument is missing");
  if (NodeId braces = list(expression, 0); braces != noNode)
    return ofElements(tree_.expressionChildren(braces), "the array", call, depth);
  const Node& node = tree_[expression];
  switch (node.kind) {
    case CXCursor_DeclRefExpr:
      return ofVariable(expression, call, depth);
    case CXCursor_MemberRefExpr:
      return unknown("the field " + quoted(spellingOf(node.cursor)) + " decides");
    case CXCursor_ConditionalOperator: {
      std::vector<NodeId> parts = tree_.expressionChildren(expression);
      if (parts.size() < 2) break;
      return widest(environment(parts[parts.size() - 2], call, depth + 1), environment(parts.back(), call, depth + 1));
    }
    case CXCursor_UnaryOperator: {
      NodeId inner = tree_.peel(tree_.child(expression, 0));
      if (clang_getCursorUnaryOperatorKind(node.cursor) == CXUnaryOperator_AddrOf && inner != noNode &&
          (tree_[inner].kind == CXCursor_ArraySubscriptExpr || tree_[inner].kind == CXCursor_CallExpr)) {
        NodeId base = tree_.baseReference(inner);
        if (base != noNode) return ofVariable(base, call, depth);
      }
      break;
    }
    case CXCursor_BinaryOperator: {
      CXBinaryOperatorKind op = clang_getCursorBinaryOperatorKind(node.cursor);
      if (op == CXBinaryOperator_Assign || op == CXBinaryOperator_Comma)
        return environment(tree_.child(expression, 1), call, depth + 1);
      break;
    }
    case CXCursor_CallExpr:
      return ofCall(expression, call, depth);
    default:
      break;
  }
  return unknown("the environment argument is an expression that is not followed");
}

}  // namespace envleak::analyzer
