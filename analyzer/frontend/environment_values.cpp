// What an expression stands for as an environment.
#include "analyzer/frontend/access_path.h"
#include "analyzer/frontend/type_names.h"
#include "analyzer/frontend/values.h"

#include <algorithm>

namespace envleak::analyzer {
namespace {

using Kind = EnvironmentValue::Kind;
constexpr int depthLimit = 8;  // of variables that hold variables

EnvironmentValue unknown(std::string reason) { return {Kind::unknown, 0, {}, std::move(reason)}; }

std::string quoted(const std::string& name) { return "'" + name + "'"; }

// const char text[] = "...": whatever is done with a pointer to it, nobody may change it.
bool isConstantText(CXCursor declaration) {
  CXType type = clang_getCanonicalType(clang_getCursorType(declaration));
  if (type.kind != CXType_ConstantArray || !isConstant(type)) return false;
  CXCursor initializer = clang_Cursor_getVarDeclInitializer(declaration);
  return clang_getCursorKind(initializer) == CXCursor_StringLiteral;
}

// p++, --p
bool isStep(const SyntaxTree& tree, NodeId node) {
  if (tree[node].kind != CXCursor_UnaryOperator) return false;
  CXUnaryOperatorKind op = clang_getCursorUnaryOperatorKind(tree[node].cursor);
  return op == CXUnaryOperator_PostInc || op == CXUnaryOperator_PreInc || op == CXUnaryOperator_PostDec ||
         op == CXUnaryOperator_PreDec;
}

// The NAME of NAME=value; empty: not of that form.
std::string nameIn(const std::string& text) {
  std::size_t equals = text.find('=');
  return equals == std::string::npos ? std::string() : text.substr(0, equals);
}

EnvironmentValue singleVariable(const std::string& name, const std::string& what) {
  EnvironmentValue value{Kind::filtered, 0, {}, what + " takes over single variables"};
  addName(value.names.kept, name);
  return value;
}

}  // namespace

// What one string of an environment is: constant (explicit), the end (empty), an element of another environment (that
// one's value), or unknown.
EnvironmentValue Values::ofElement(NodeId expression, const std::string& what, NodeId call, int depth) const {
  EnvironmentValue undecided = unknown("an element of " + what + " is not a constant");
  if (depth > depthLimit) return undecided;
  if (tree_.isNull(expression)) return {Kind::empty, 0, {}, what + " has no entries"};
  if (std::optional<std::string> constant = text(expression)) return constantEntry(*constant, what);
  if (std::optional<EnvironmentValue> entries = entriesOfParent(expression, what)) return *entries;
  NodeId maker = noNode;
  if (std::string name = nameIn(leadingText(expression, &maker)); !name.empty())
    return isOwnText(maker) ? constantEntry(name + "=", what) : singleVariable(name, what);
  if (comesFromParent(expression)) return unknown("an element of " + what + " comes from the parent's environment");
  expression = tree_.peel(expression);
  if (expression == noNode) return undecided;
  auto ofContainer = [&](NodeId container) {
    // *p++, *(p + 1)
    for (container = tree_.peel(container); container != noNode; container = tree_.peel(tree_.child(container, 0))) {
      CXCursorKind kind = tree_[container].kind;
      CXBinaryOperatorKind op = clang_getCursorBinaryOperatorKind(tree_[container].cursor);
      bool moves = kind == CXCursor_BinaryOperator && (op == CXBinaryOperator_Add || op == CXBinaryOperator_Sub);
      if (!moves && !isStep(tree_, container)) break;
    }
    if (container == noNode) return undecided;
    EnvironmentValue value = environment(container, call, depth + 1);
    if (value.kind == Kind::parameter) value.reason = what + " is filled from a parameter";
    bool known = value.kind == Kind::parameter || value.kind == Kind::explicit_ || value.kind == Kind::empty ||
                 value.kind == Kind::cell || value.kind == Kind::result || value.kind == Kind::filled ||
                 value.kind == Kind::either || value.kind == Kind::together;
    return known ? value : undecided;
  };
  // A text that the program keeps: never more certain than not known.
  if (std::string kept = keptText(expression); !kept.empty())
    return together(undecided, {Kind::cell, 0, {}, "entries of " + what + " are kept in " + quoted(spellingOf(tree_[expression].cursor)), {}, kept});
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
      if (!variable || variable->of_main || variable->modified || variable->leaked || !variable->escapes.empty() ||
          !variable->elements.empty())
        return undecided;
      if (variable->parameter >= 0) {
        bool other_function = call != noNode && rootOf(call) != rootOf(expression);
        if (!variable->assigned.empty() || other_function || variable->parameter >= static_cast<int>(variadicPort)) return undecided;
        return {Kind::parameter, static_cast<unsigned>(variable->parameter), {}, what + " is filled from a parameter"};
      }
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
  for (NodeId value : elements) result = together(result, ofElement(value, what, call, depth + 1));
  return result;
}

EnvironmentValue Values::ofVariable(NodeId reference, NodeId call, int depth) const {
  CXCursor declaration = clang_getCursorReferenced(tree_[reference].cursor);
  std::string name = quoted(spellingOf(declaration));
  if (callees_.isEnviron(declaration))
    return {depth == 0 ? Kind::environ : Kind::forwarded, 0, {}, name + " is passed on"};
  if (places_)
    if (std::optional<EnvironmentValue> held = places_->at(reference)) return *held;
  const Variable* variable = dataflow_.find(declaration);
  CXType type = clang_getCanonicalType(clang_getCursorType(declaration));
  bool external = clang_getCursorLinkage(declaration) == CXLinkage_External;
  EnvironmentValue cell{Kind::cell, 0, {}, "what the global variable " + name + " holds decides"};
  if (external && isStringArray(type) && !isConstant(type) && clang_getCursorKind(declaration) == CXCursor_VarDecl) {
    cell.cell = callees_.pointerKey(declaration);
    return cell;
  }
  if (!variable || clang_getCursorKind(declaration) == CXCursor_FieldDecl) return unknown(name + " is set elsewhere");
  bool global = clang_Cursor_hasVarDeclGlobalStorage(declaration) == 1;
  if (global && partial_) return unknown("the unit has errors, what fills " + name + " may be lost");
  if (variable->modified && !isStringArray(type)) return unknown(name + " is moved along an array");
  // Through itself nothing more is put in it.
  if (std::ranges::find_if(open_, [&](CXCursor one) { return clang_equalCursors(one, declaration) != 0; }) != open_.end())
    return {Kind::empty, 0, {}, name + " has no entries"};
  struct Open {
    std::vector<CXCursor>& all;
    ~Open() { all.pop_back(); }
  } open{open_};
  open_.push_back(declaration);
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
  if (external && !isConstant(type)) {
    cell.cell = callees_.pointerKey(declaration);
    return cell;
  }

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
  if (std::optional<EnvironmentValue> put = putIn(declaration, *variable, call, depth)) {
    // Without an initial value it holds at least what is put there.
    if (!result && put->kind == Kind::filled) {
      result = EnvironmentValue{Kind::together, 0, {}, put->reason};
      result->arguments.push_back(*put);
    } else {
      result = result ? together(*result, *put) : *put;
    }
  }
  if (!result)
    return unknown(fresh ? "what fills " + name + " was not found" : name + " has no known value");
  return receives(reference, *result);
}

// std::vector<char *> env(environ, environ + count)
EnvironmentValue Values::ofContainer(std::vector<NodeId> arguments, NodeId call, int depth) const {
  while (!arguments.empty() && (arguments.back() == noNode || tree_.isDefaultArgument(tree_.peel(arguments.back()))))
    arguments.pop_back();
  if (arguments.empty()) return ofElements({}, "the container", call, depth);
  bool number = arguments[0] != noNode && isArithmetic(clang_getCursorType(tree_[tree_.peel(arguments[0])].cursor));
  if (number && arguments.size() == 1) return ofElements({}, "the container", call, depth);
  if (number && arguments.size() == 2) return ofElements({arguments[1]}, "the container", call, depth);
  if (arguments.size() == 1) return environment(arguments.front(), call, depth + 1);
  // From the first to the last of one array.
  NodeId first = tree_.baseReference(arguments[0]), last = tree_.baseReference(arguments[1]);
  bool range = arguments.size() == 2 && first != noNode && last != noNode &&
               clang_equalCursors(clang_getCursorReferenced(tree_[first].cursor),
                                  clang_getCursorReferenced(tree_[last].cursor)) != 0;
  CXType type = range ? clang_getCursorType(tree_[first].cursor) : CXType{};
  if (range && (isStringArray(type) || isStringObject(type)) && !isStringText(type)) return ofVariable(first, call, depth + 1);
  return unknown("the container is filled when it is made");
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
    return ofContainer(arguments, call, depth);
  }
  if (name == "data" || name == "operator[]" || name == "begin" || name == "get")
    if (NodeId base = tree_.baseReference(expression); base != noNode) return ofVariable(base, call, depth + 1);
  const Callee& callee = callees_.of(called);
  if (callee.followed()) {
    EnvironmentValue result{Kind::result, 0, callee.key, "the result of " + quoted(name)};
    CXType type = clang_getCursorType(called);
    for (std::size_t i = 0; i < arguments.size(); ++i)
      result.arguments.push_back(given(arguments[i], type, i, call, depth + 1));
    // return finished(end - start), where `end` ran along the array: what it was filled with.
    for (std::size_t i = 0; i < arguments.size(); ++i)
      for (NodeId at = arguments[i]; at != noNode && at < tree_.endOf(arguments[i]); ++at) {
        if (tree_[at].kind != CXCursor_DeclRefExpr) continue;
        CXCursor named = clang_getCursorReferenced(tree_[at].cursor);
        const Variable* variable = dataflow_.find(named);
        if (variable && variable->modified && !variable->elements.empty() && isStringArray(clang_getCursorType(named)))
          if (std::optional<EnvironmentValue> put = putIn(named, *variable, call, depth)) return together(result, *put);
      }
    return result;
  }
  return unknown("the result of " + quoted(name));
}

EnvironmentValue Values::environment(NodeId expression, NodeId call, int depth) const {
  if (depth > depthLimit) return unknown("too many variables on the way");
  if (tree_.isNull(expression)) return {Kind::null, 0, {}, "the environment argument is NULL"};
  expression = tree_.peel(expression);
  if (tree_.isDefaultArgument(expression)) return leftOut(expression);
  if (expression != noNode && tree_[expression].kind == CXCursor_DeclRefExpr &&
      spellingOf(tree_[expression].cursor) == "nullopt")
    return {Kind::null, 0, {}, "the environment argument is nullopt"};
  if (expression == noNode) return unknown("the argument is missing");
  if (places_)
    if (std::optional<EnvironmentValue> value = places_->made(expression)) return *value;
  if (NodeId braces = list(expression, 0); braces != noNode)
    return ofElements(tree_.expressionChildren(braces), "the array", call, depth);
  const Node& node = tree_[expression];
  switch (node.kind) {
    case CXCursor_DeclRefExpr:
      return ofVariable(expression, call, depth);
    case CXCursor_MemberRefExpr:
      if (places_)
        if (std::optional<EnvironmentValue> held = places_->at(expression)) return *held;
      return unknown("the field " + quoted(spellingOf(node.cursor)) + " decides");
    case CXCursor_ConditionalOperator: {
      std::vector<NodeId> parts = tree_.expressionChildren(expression);
      if (parts.size() < 2) break;
      EnvironmentValue if_so = environment(parts[parts.size() - 2], call, depth + 1);
      EnvironmentValue if_not = environment(parts.back(), call, depth + 1);
      std::optional<Condition> test = parts.size() > 2 ? condition(parts.front()) : std::nullopt;
      return test ? chosen(*test, if_so, if_not) : widest(if_so, if_not);
    }
    case CXCursor_UnaryOperator: {
      NodeId inner = tree_.peel(tree_.child(expression, 0));
      if (clang_getCursorUnaryOperatorKind(node.cursor) == CXUnaryOperator_AddrOf && inner != noNode &&
          (tree_[inner].kind == CXCursor_ArraySubscriptExpr || tree_[inner].kind == CXCursor_CallExpr)) {
        NodeId base = tree_.baseReference(inner);
        if (base != noNode) return ofVariable(base, call, depth);
      }
      bool container = inner != noNode && isStringObject(clang_getCursorType(tree_[inner].cursor));
      if (clang_getCursorUnaryOperatorKind(node.cursor) == CXUnaryOperator_AddrOf && container)
        return environment(inner, call, depth);
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
    case CXCursor_StmtExpr: {  // its last statement
      NodeId block = tree_.child(expression, 0);
      std::vector<NodeId> parts = block == noNode ? std::vector<NodeId>() : tree_.children(block);
      if (!parts.empty() && clang_isExpression(tree_[parts.back()].kind)) return environment(parts.back(), call, depth + 1);
      break;
    }
    default:
      break;
  }
  return unknown("the environment argument is an expression that is not followed");
}

}  // namespace envleak::analyzer
