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

// The NAME of NAME=value; empty: not of that form.
std::string nameIn(const std::string& text) {
  std::size_t equals = text.find('=');
  return equals == std::string::npos ? std::string() : text.substr(0, equals);
}

EnvironmentValue constantElement(const std::string& text, const std::string& what) {
  EnvironmentValue value{Kind::explicit_, 0, {}, what + " holds constants only"};
  if (std::string name = nameIn(text); !name.empty()) addName(value.names.set, name);
  return value;
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
  if (std::optional<std::string> constant = text(expression)) return constantElement(*constant, what);
  if (std::optional<EnvironmentValue> entries = entriesOfParent(expression, what)) return *entries;
  if (std::string name = nameIn(leadingText(expression)); !name.empty()) return singleVariable(name, what);
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
  for (NodeId value : elements) {
    EnvironmentValue one = ofElement(value, what, call, depth + 1);
    // Beside all of the parent's it is a variable more.
    if ((one.kind == Kind::unknown || one.kind == Kind::explicit_ || one.kind == Kind::filtered) && !one.names.any())
      one.names.open = true;
    addNames(result.names, one.names);
    NamedVariables all = result.names;
    result = widest(result, one);
    if (result.kind == Kind::forwarded || result.kind == Kind::extended || result.kind == Kind::filtered) {
      all.unset = result.names.unset;
      result.names = all;
    }
  }
  return result;
}

// A function of this unit that only looks at what it is given, or hands it on to a spawn.
bool Values::leavesAlone(NodeId call, CXCursor given, int depth) const {
  CXCursor definition = clang_getCursorDefinition(dataflow_.calledFunction(call));
  if (clang_Cursor_isNull(definition) || clang_CXXMethod_isVirtual(definition) != 0 || depth > 4 || partial_) return false;
  std::vector<NodeId> arguments = tree_.arguments(call);
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    NodeId base = arguments[i] == noNode ? noNode : tree_.baseReference(arguments[i]);
    if (base == noNode || clang_equalCursors(clang_getCursorReferenced(tree_[base].cursor), given) == 0) continue;
    if (tree_.peel(arguments[i]) != base) return false;  // &given
    CXCursor parameter = clang_Cursor_getArgument(definition, static_cast<unsigned>(i));
    const Variable* variable = clang_Cursor_isNull(parameter) ? nullptr : dataflow_.find(parameter);
    CXType type = clang_Cursor_isNull(parameter) ? clang_getCursorType(parameter)
                                                 : clang_getCanonicalType(clang_getCursorType(parameter));
    if (!variable || type.kind != CXType_Pointer || !isStringArray(type) || !variable->elements.empty() ||
        variable->leaked || variable->modified || !variable->aliases.empty() || !variable->assigned.empty())
      return false;
    for (const Variable::Escape& escape : variable->escapes) {
      bool itself = clang_equalCursors(clang_getCursorDefinition(dataflow_.calledFunction(escape.call)), definition) != 0;
      if (!itself && !leavesAlone(escape.call, parameter, depth + 1)) return false;
      // Itself: in the same place.
      std::vector<NodeId> again = tree_.arguments(escape.call);
      if (itself && (i >= again.size() || again[i] == noNode || !clang_equalCursors(tree_.declarationOf(again[i]), parameter)))
        return false;
    }
  }
  return true;
}

EnvironmentValue Values::ofVariable(NodeId reference, NodeId call, int depth) const {
  CXCursor declaration = clang_getCursorReferenced(tree_[reference].cursor);
  std::string name = quoted(spellingOf(declaration));
  if (callees_.isEnviron(declaration))
    return {depth == 0 ? Kind::environ : Kind::forwarded, 0, {}, name + " is passed on"};
  if (places_)
    if (std::optional<EnvironmentValue> held = places_->at(reference)) return *held;
  const Variable* variable = dataflow_.find(declaration);
  if (!variable || clang_getCursorKind(declaration) == CXCursor_FieldDecl) return unknown(name + " is set elsewhere");
  bool global = clang_Cursor_hasVarDeclGlobalStorage(declaration) == 1;
  // What a caller's vector holds may be changed after the call, and be seen by the next call.
  bool any_time = global || variable->parameter >= 0;
  // Neither what the call itself may change counts, nor another call of the same function: there too it is handed on.
  std::string handed_to = spellingOf(dataflow_.calledFunction(call));
  std::optional<EnvironmentValue> result;
  auto join = [&](const EnvironmentValue& value) { result = result ? widest(*result, value) : value; };
  for (const Variable::Escape& escape : variable->escapes) {
    if (escape.call == call || (!handed_to.empty() && escape.callee == handed_to) ||
        (!any_time && !mayPrecede(escape.call, call)))
      continue;
    std::vector<NodeId> arguments = tree_.arguments(escape.call);
    // memcpy(copy, environ, size)
    if (callees_.knowledge().fillsString(escape.callee) && arguments.size() > 1 && arguments[0] != noNode &&
        accessPath(tree_, arguments[0]) && clang_equalCursors(accessPath(tree_, arguments[0])->base, declaration)) {
      join(environment(arguments[1], call, depth + 1));
      continue;
    }
    if (leavesAlone(escape.call, declaration, 0)) continue;
    return receives(reference, unknown(name + " is filled by " + quoted(escape.callee)));
  }
  std::vector<CXCursor> aliases = variable->aliases;
  for (std::size_t i = 0; i < aliases.size() && i < 16; ++i) {
    const Variable* other = dataflow_.find(aliases[i]);
    if (!other || clang_equalCursors(aliases[i], declaration) != 0) continue;
    if (callees_.isEnviron(aliases[i]) && other->elements.empty() && !other->modified && !other->leaked) continue;
    bool escapes =
        std::ranges::any_of(other->escapes, [&](const Variable::Escape& escape) { return escape.call != call; });
    if (!other->elements.empty() || other->modified || other->leaked || escapes || i == 15)
      return unknown(name + " is filled through " + quoted(spellingOf(aliases[i])));
    aliases.insert(aliases.end(), other->aliases.begin(), other->aliases.end());
  }
  if (variable->leaked) return unknown(name + " may be changed through another name");
  if (global && partial_) return unknown("the unit has errors, what fills " + name + " may be lost");
  if (variable->modified) return unknown(name + " is moved along an array");

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
  if (external && !constant)
    return {Kind::cell, 0, {}, "what the global variable " + name + " holds decides", {}, callees_.pointerKey(declaration)};

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
  bool copy = result && (result->kind == Kind::forwarded || result->kind == Kind::environ);
  if (!variable->elements.empty()) join(ofElements(variable->elements, name, call, depth));
  if (copy && isStringObject(clang_getCursorType(declaration)) && !variable->elements.empty()) result->kind = Kind::extended;
  if (!result && variable->elements.empty())
    return unknown(fresh ? "what fills " + name + " was not found" : name + " has no known value");
  return receives(reference, *result);
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
  if (callee.project) {
    EnvironmentValue result{Kind::result, 0, callee.key, "the result of " + quoted(name)};
    CXType type = clang_getCursorType(called);
    for (std::size_t i = 0; i < arguments.size(); ++i) {
      bool array = static_cast<int>(i) < clang_getNumArgTypes(type) && arguments[i] != noNode &&
                   (isStringArray(clang_getArgType(type, static_cast<unsigned>(i))) ||
                    isStringObject(clang_getArgType(type, static_cast<unsigned>(i))));
      result.arguments.push_back(array ? environment(arguments[i], call, depth + 1)
                                       : unknown("the argument is not an environment"));
    }
    return result;
  }
  return unknown("the result of " + quoted(name));
}

EnvironmentValue Values::environment(NodeId expression, NodeId call, int depth) const {
  if (depth > depthLimit) return unknown("too many variables on the way");
  if (tree_.isNull(expression)) return {Kind::null, 0, {}, "the environment argument is NULL"};
  expression = tree_.peel(expression);
  if (tree_.isDefaultArgument(expression)) return {Kind::null, 0, {}, "the environment argument is left out"};
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
