// What is put in an array after it was made: by its name, by other names of it, by the functions it is given to.
#include "analyzer/frontend/access_path.h"
#include "analyzer/frontend/summary.h"
#include "analyzer/frontend/type_names.h"
#include "analyzer/frontend/values.h"

#include <algorithm>

namespace envleak::analyzer {
namespace {

using Kind = EnvironmentValue::Kind;
constexpr std::size_t namesFollowed = 16;  // of one array

EnvironmentValue unknown(std::string reason) { return {Kind::unknown, 0, {}, std::move(reason)}; }

std::string quoted(const std::string& name) { return "'" + name + "'"; }

bool isGlobal(CXCursor declaration) { return clang_Cursor_hasVarDeclGlobalStorage(declaration) == 1; }

}  // namespace

// A function of this unit that only looks at what it is given, or hands it on to a spawn.
bool Values::leavesAlone(NodeId call, CXCursor given, int depth) const {
  CXCursor definition = clang_getCursorDefinition(dataflow_.calledFunction(call));
  if (clang_Cursor_isNull(definition) || clang_CXXMethod_isVirtual(definition) != 0 || depth > 4 || partial_) return false;
  auto names = [&](NodeId base) {
    return base != noNode && clang_equalCursors(clang_getCursorReferenced(tree_[base].cursor), given) != 0;
  };
  // A method of it that changes it: a.swap(b)
  if (tree_.isMemberCall(call) && names(tree_.baseReference(tree_.calleeExpression(call)))) return false;
  std::vector<NodeId> arguments = tree_.arguments(call);
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    NodeId base = arguments[i] == noNode ? noNode : tree_.baseReference(arguments[i]);
    if (!names(base)) continue;
    if (tree_.peel(arguments[i]) != base) return false;  // &given
    CXCursor parameter = clang_Cursor_getArgument(definition, static_cast<unsigned>(i));
    const Variable* variable = clang_Cursor_isNull(parameter) ? nullptr : dataflow_.find(parameter);
    CXType type = clang_Cursor_isNull(parameter) ? clang_getCursorType(parameter)
                                                 : clang_getCanonicalType(clang_getCursorType(parameter));
    if (!variable || type.kind != CXType_Pointer || !isStringArray(type) || !variable->elements.empty() ||
        variable->leaked || variable->modified || !variable->aliases.empty() || !variable->assigned.empty() ||
        !variable->kept.empty())
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

// What the function that is called puts in what it is given at `index`.
EnvironmentValue Values::filledBy(NodeId call, std::size_t index, const std::string& name, int depth) const {
  CXCursor called = dataflow_.calledFunction(call);
  const Callee& callee = callees_.of(called);
  EnvironmentValue result{Kind::filled, static_cast<unsigned>(index), callee.key,
                          name + " is filled by " + quoted(callee.name)};
  std::vector<NodeId> arguments = tree_.arguments(call);
  CXType type = clang_getCursorType(called);
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    // What it held before counts where it was put.
    if (i == index)
      result.arguments.push_back({Kind::empty, 0, {}, name + " has no entries"});
    else
      result.arguments.push_back(given(arguments[i], type, i, call, depth + 1));
  }
  return result;
}

// What a call gives for a parameter: an environment, or what may be an entry of one.
EnvironmentValue Values::given(NodeId argument, CXType function, std::size_t index, NodeId call, int depth) const {
  EnvironmentValue other = unknown("the argument is not an environment");
  if (argument == noNode || static_cast<int>(index) >= clang_getNumArgTypes(function)) return other;
  CXType type = clang_getArgType(function, static_cast<unsigned>(index));
  if (isStringArray(type)) return environment(argument, call, depth);
  CXType plain = clang_getCanonicalType(withoutReference(type));
  if (isCharacterPointer(plain) || isStringText(plain)) return ofElement(argument, "it", call, depth);
  return isStringObject(plain) ? environment(argument, call, depth) : other;
}

// Is it put where a whole environment goes? *out = environ
bool Values::isWholePut(NodeId value) const {
  NodeId inner = tree_.peel(value), above = tree_[value].parent;
  while (above != noNode && tree_.peel(above) == inner) above = tree_[above].parent;
  bool assigned = above != noNode && tree_[above].kind == CXCursor_BinaryOperator;
  NodeId typed = assigned ? tree_.child(above, 0) : inner;
  return typed != noNode && isStringArray(clang_getCursorType(tree_[typed].cursor));
}

// The container that an iterator steps through.
NodeId Values::rangeOf(NodeId iterator) const {
  NodeId inner = tree_.peel(iterator);
  if (inner == noNode || tree_[inner].kind != CXCursor_CallExpr) return noNode;
  CXCursor called = dataflow_.calledFunction(inner);
  bool copied = clang_getCursorKind(called) == CXCursor_Constructor && tree_.arguments(inner).size() == 1;
  if (copied && !isStringObject(clang_getCursorType(tree_[inner].cursor))) return rangeOf(tree_.arguments(inner).front());
  if (!tree_.isMemberCall(inner) || !isAnyOf(spellingOf(called), {"begin", "end", "cbegin", "cend"})) return noNode;
  NodeId container = tree_.peel(tree_.child(tree_.calleeExpression(inner), 0));
  bool named = container != noNode && tree_[container].kind == CXCursor_DeclRefExpr;
  return named ? container : noNode;
}

std::optional<EnvironmentValue> Values::putIn(CXCursor declaration, const Variable& variable, NodeId call,
                                              int depth) const {
  std::string name = quoted(spellingOf(declaration));
  std::optional<EnvironmentValue> all, whole;
  auto take = [&](const EnvironmentValue& value) { all = all ? together(*all, value) : value; };
  auto takeWhole = [&](const EnvironmentValue& value) { whole = whole ? widest(*whole, value) : value; };
  // What a caller's vector holds may be changed after the call, and be seen by the next call.
  bool any_time = isGlobal(declaration) || variable.parameter >= 0;
  bool lives_on = any_time && !variable.of_main;
  std::string handed_to = spellingOf(dataflow_.calledFunction(call));
  std::vector<CXCursor> names{declaration};
  for (std::size_t i = 0; i < names.size(); ++i) {
    const Variable* one = i == 0 ? &variable : dataflow_.find(names[i]);
    if (!one) continue;
    std::string through = name + " is filled through " + quoted(spellingOf(names[i]));
    if (i == namesFollowed) {
      take(unknown(through));
      break;
    }
    if (i > 0 && callees_.isEnviron(names[i])) {
      if (!one->elements.empty() || one->modified || one->leaked) take(unknown(through));
      continue;
    }
    if (i > 0 && isGlobal(names[i])) {
      take({Kind::cell, 0, {}, through, {}, entriesCell(callees_.pointerKey(names[i]))});
      continue;
    }
    // *out = array: whoever has the parameter has the array, unless the parameter is moved elsewhere.
    bool out = i > 0 && one->parameter >= 0 && !isStringArray(clang_getCursorType(names[i]));
    if (out && !one->assigned.empty()) take(unknown(through));
    for (NodeId element : one->elements)
      if (NodeId range = rangeOf(element); range != noNode) {  // env.insert(env.end(), other.begin(), other.end())
        if (!clang_equalCursors(clang_getCursorReferenced(tree_[range].cursor), names[i])) takeWhole(ofVariable(range, call, depth + 1));
      } else if (isWholePut(element))
        takeWhole(environment(element, call, depth + 1));
      else
        take(ofElement(element, name, call, depth + 1));
    for (const Variable::Escape& escape : one->escapes) {
      CXCursor called = dataflow_.calledFunction(escape.call);
      bool project = !clang_Cursor_isNull(called) && callees_.of(called).followed() &&
                     !callees_.of(called).name.starts_with("operator");  // its object stands among the arguments
      // Neither what the call itself may change counts, nor another call of the same function: there too it is handed on.
      if (escape.call == call || (!project && !handed_to.empty() && escape.callee == handed_to) ||
          (!any_time && !mayPrecede(escape.call, call)))
        continue;
      std::vector<NodeId> arguments = tree_.arguments(escape.call);
      auto leads = [&](NodeId argument) {
        std::optional<AccessPath> path = argument == noNode ? std::nullopt : accessPath(tree_, argument);
        return path && !path->isThis() && clang_equalCursors(path->base, names[i]) != 0;
      };
      // memcpy(copy, environ, size)
      if (callees_.knowledge().fillsString(escape.callee) && arguments.size() > 1 && leads(arguments[0])) {
        take(environment(arguments[1], call, depth + 1));
        continue;
      }
      if (leavesAlone(escape.call, names[i], 0)) continue;
      bool found = false;
      for (std::size_t at = 0; project && at < arguments.size(); ++at) {
        if (!leads(arguments[at])) continue;
        found = true;
        take(filledBy(escape.call, at, name, depth));
      }
      if (!found) take(unknown(name + " is filled by " + quoted(escape.callee)));
    }
    if (one->leaked) take(unknown(name + " may be changed through another name"));
    for (const std::string& cell : one->kept)
      if (lives_on || !cell.starts_with(resultCell({}))) take({Kind::cell, 0, {}, name + " is also known elsewhere", {}, cell});
    for (CXCursor alias : one->aliases)
      if (std::ranges::none_of(names, [&](CXCursor known) { return clang_equalCursors(known, alias) != 0; }))
        names.push_back(alias);
  }
  if (whole) take(*whole);
  return all;
}

std::optional<EnvironmentValue> Values::fills(CXCursor parameter) const {
  const Variable* variable = dataflow_.find(parameter);
  if (!variable || variable->parameter < 0 || variable->of_main) return std::nullopt;
  CXType type = clang_getCanonicalType(clang_getCursorType(parameter));
  CXType pointee = clang_getCanonicalType(clang_getPointeeType(type));
  bool reference = type.kind == CXType_LValueReference || type.kind == CXType_Pointer;
  bool followed = isStringArray(type) || (reference && (isStringArray(pointee) || isStringObject(pointee)));
  return followed ? putIn(parameter, *variable, noNode, 0) : std::nullopt;
}

}  // namespace envleak::analyzer
