// Calls through a value: a pointer to a function or method, a std::function, a parameter of a template; and functions
// that a library calls with what it is given.
#include "analyzer/frontend/lowering.h"
#include "analyzer/frontend/type_names.h"

#include <algorithm>

namespace envleak::analyzer {
namespace {

// What stands behind the callable is passed to it.
bool passesArguments(std::string_view name) {
  return isAnyOf(name, {"thread", "jthread", "async", "invoke", "invoke_r", "call_once", "bind", "bind_front"});
}

bool callsWhatItIsGiven(std::string_view name) {
  return isAnyOf(name, {"apply", "visit", "for_each", "for_each_n", "transform", "find_if", "find_if_not", "any_of", "all_of", "none_of",
                        "count_if", "generate", "generate_n", "accumulate", "remove_if", "copy_if", "partition", "sort", "stable_sort"});
}

}  // namespace

// The functions that the expression may be, or the key of what holds them.
void Lowering::addTargets(Call& call, NodeId callee) const {
  if (c_.tree[callee].kind == CXCursor_CallExpr && c_.callees.callOperators(clang_getCursorType(c_.tree[callee].cursor)).empty()) {
    call.pointer = c_.dataflow.resultKey(callee);  // of what a call returned
    return;
  }
  if (std::optional<std::vector<Callable>> callables = c_.dataflow.callables(callee))
    for (const Callable& one : *callables)
      if (!one.function.empty()) call.functions.push_back(one.function);
  if (!call.functions.empty()) return;
  CXCursor named = clang_getCursorReferenced(c_.tree[callee].cursor);
  if (!isVariableKind(clang_getCursorKind(named))) {
    NodeId base = c_.tree.baseReference(callee);
    named = base == noNode ? clang_getNullCursor() : clang_getCursorReferenced(c_.tree[base].cursor);
  }
  if (isVariableKind(clang_getCursorKind(named))) call.pointer = c_.callees.pointerKey(named);
}

void Lowering::callThrough(NodeId node, NodeId callee, bool tail) {
  callee = callee == noNode ? noNode : c_.dataflow.handedThrough(callee);
  NodeId object = noNode;  // of a method that is called through a pointer
  if (callee != noNode && c_.tree[callee].kind == CXCursor_BinaryOperator) {
    CXBinaryOperatorKind op = clang_getCursorBinaryOperatorKind(c_.tree[callee].cursor);
    if (op == CXBinaryOperator_PtrMemD || op == CXBinaryOperator_PtrMemI) {
      object = c_.tree.child(callee, 0);
      callee = c_.tree.peel(c_.tree.child(callee, 1));
    }
  }
  std::string through = callee == noNode ? "a pointer" : spellingOf(c_.tree[callee].cursor);
  if (through.empty()) through = "a pointer";
  if (tracks_) addCall(state_.environ, {}, through);
  // What a library's object or a template's parameter may be is not all known: whoever calls this may have `environ` changed.
  CXType type = callee == noNode ? CXType{} : clang_getCanonicalType(withoutReference(clang_getCursorType(c_.tree[callee].cursor)));
  if (callee != noNode && (type.kind == CXType_Unexposed || type.kind == CXType_Auto || isCallableObject(type)))
    if (std::ranges::find(function_.unwritten, "?") == function_.unwritten.end()) function_.unwritten.insert(function_.unwritten.begin(), "?");
  giveAway(node, through);
  changeElsewhere({});
  if (!recording_ || callee == noNode) return;
  CXCursor named = clang_getCursorReferenced(c_.tree[callee].cursor);
  if (clang_getCursorKind(named) == CXCursor_OverloadedDeclRef) return callUndecided(node, named, tail);
  if (!isVariableKind(clang_getCursorKind(named)))
    if (NodeId base = c_.tree.baseReference(callee); base != noNode && c_.tree[callee].kind != CXCursor_CallExpr)
      named = clang_getCursorReferenced(c_.tree[base].cursor);
  const bool variable = isVariableKind(clang_getCursorKind(named));
  Call made = place(node, c_.tree[callee].kind == CXCursor_LambdaExpr ? "(lambda)" : variable ? spellingOf(named) : spellingOf(c_.tree[callee].cursor), tail);
  addTargets(made, callee);
  if (made.functions.empty() && made.pointer.empty()) return;
  addArguments(made, node, clang_getCursorReferenced(c_.tree[node].cursor).kind == CXCursor_CXXMethod ? clang_getCursorReferenced(c_.tree[node].cursor) : clang_getNullCursor());
  made.receiver = Argument();
  if (object != noNode) made.receiver = argument(object, clang_getCursorType(c_.tree[object].cursor), node);
  made.environment = state_.environ;
  function_.calls.push_back(std::move(made));
}

// Not decided before a template is instantiated, or because of an error: any of them.
void Lowering::callUndecided(NodeId node, CXCursor named, bool tail) {
  Call made = place(node, spellingOf(named), tail);
  bool of_library = false;
  for (unsigned i = 0, count = clang_getNumOverloadedDecls(named); i < count; ++i) {
    CXCursor candidate = clang_getOverloadedDecl(named, i);
    if (!isFunctionKind(clang_getCursorKind(candidate))) continue;
    const Callee& known = c_.callees.of(candidate);
    if (known.spawns) return spawn(node, *known.spawns, tail);
    if (known.followed()) made.functions.push_back(known.key);
    made.library |= known.library;
    of_library |= clang_Location_isInSystemHeader(clang_getCursorLocation(candidate)) != 0;
  }
  if (made.functions.empty() && of_library) return handToLibrary(node, spellingOf(named), tail);
  if (made.functions.empty()) return;
  addArguments(made, node, clang_getNullCursor());
  function_.calls.push_back(std::move(made));
}

// std::thread(function, arguments...), std::for_each(first, last, function)
void Lowering::handToLibrary(NodeId node, const std::string& name, bool tail) {
  const bool passes = passesArguments(name);
  if (!recording_ || (!passes && !callsWhatItIsGiven(name))) return;
  CXCursor called = c_.dataflow.calledFunction(node);
  if (!clang_Cursor_isNull(called) && !qualifiedName(called).starts_with("std::")) return;
  std::vector<NodeId> arguments = c_.tree.arguments(node);
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    std::optional<std::vector<Callable>> callables = arguments[i] == noNode ? std::nullopt : c_.dataflow.callables(arguments[i]);
    if (!callables || callables->empty()) continue;
    Call made = place(node, name, tail);
    for (const Callable& one : *callables) {
      if (!one.function.empty()) made.functions.push_back(one.function);
      if (!one.from.empty()) made.pointer = one.from;
      if (!one.api.empty()) made.api = Knowledge::idOf(one.api, 0);
    }
    CXCursor method = c_.tree.declarationOf(arguments[i]);
    NodeId inner = c_.tree.peel(arguments[i]);
    if (clang_Cursor_isNull(method) && c_.tree[inner].kind == CXCursor_UnaryOperator) method = c_.tree.declarationOf(c_.tree.child(inner, 0));
    std::size_t next = i + 1;
    auto passed = [&](std::size_t at) {
      if (arguments[at] == noNode) return Argument();
      NodeId given = c_.dataflow.handedThrough(arguments[at]);
      Argument result = argument(given, clang_getCursorType(c_.tree[given].cursor), node);
      result.callables = c_.dataflow.callables(given);
      return result;
    };
    bool is_method = clang_getCursorKind(method) == CXCursor_CXXMethod && clang_CXXMethod_isStatic(method) == 0;
    if (passes && is_method && next < arguments.size()) made.receiver = passed(next++);
    for (; passes && next < arguments.size(); ++next) made.arguments.push_back(passed(next));
    made.environment = state_.environ;
    function_.calls.push_back(std::move(made));
    return;
  }
}

}  // namespace envleak::analyzer
