// Calls: where they stand, what they are given, what they start.
#include "analyzer/frontend/lowering.h"

#include "analyzer/frontend/code_text.h"
#include "analyzer/frontend/names.h"
#include "analyzer/frontend/type_names.h"

#include <algorithm>

namespace envleak::analyzer {

Call Lowering::place(NodeId node, const std::string& callee, bool tail) const {
  Call call;
  CXCursor cursor = c_.tree[node].cursor;
  FilePlace start = c_.files.startOf(cursor), finish = c_.files.endOf(cursor);
  NodeId callee_node = c_.tree.calleeExpression(node);
  FilePlace name = start;
  if (callee_node != noNode && clang_isExpression(c_.tree[callee_node].kind) &&
      clang_getCursorKind(clang_getCursorReferenced(cursor)) != CXCursor_Constructor)
    name = c_.files.place(clang_getCursorLocation(c_.tree[callee_node].cursor));
  ShownPlace shown = c_.files.shown(name), end = c_.files.shown(finish);
  call.file = shown.file;
  call.line = shown.line;
  call.column = shown.column;
  call.compiled_line = name.line;
  call.end_line = end.file == shown.file ? std::max(end.line, shown.line) : shown.line;
  auto compiledAt = [&](const FilePlace& at) {
    ShownPlace here = c_.files.shown(at);
    if (here.file == shown.file) call.positions.push_back({here.line, here.column});
    if (here.presumed_line) call.positions.push_back({*here.presumed_line, here.column});
  };
  if (start.file == name.file) compiledAt(start);
  compiledAt(name);
  if (FilePlace open = c_.files.openParenthesis(name); open.line != 0) compiledAt(open);
  // A call that a macro makes is known by the macro's name.
  std::string_view text = c_.files.text(name.file);
  const unsigned first = start.file == name.file ? std::min(start.offset, name.offset) : name.offset;
  const unsigned last = finish.file == name.file && finish.offset > name.offset ? finish.offset : name.offset;
  call.code = codeHash(first < last ? text.substr(first, last - first) : std::string_view(callee));
  call.tail = tail;
  call.callee = callee;
  call.function = name_;
  return call;
}

// What an argument or receiver brings along, with the fields of an object as far as they are known.
Argument Lowering::argument(NodeId node, CXType expected, NodeId call) const {
  Argument result;
  if (isArithmetic(expected) || clang_getCanonicalType(expected).kind == CXType_Bool) {
    if (std::optional<long long> number = values_.number(node)) result.number = *number;
    result.depends = c_.dataflow.depends(node);
    return result;
  }
  if (c_.tree.isNull(node)) result.number = 0;
  result.depends = c_.dataflow.depends(node);
  bool array = isStringArray(expected) || isStringContainer(expected);
  result.text = array ? values_.firstText(node) : values_.text(node);
  if (array || holdsEnvironment(expected)) {
    result.environment = environmentOf(node, call);
    return result;
  }
  if (!result.text && (isCharacterPointer(expected) || isStringText(expected)))
    if (std::optional<EnvironmentValue> entries = values_.allEntries(node)) result.environment.emplace().value = std::move(*entries);
  if (!canHaveFields(expected)) return result;
  std::optional<Place> whole = places_.of(node);
  if (!whole) return result;
  if (const FlowState::Held* held = heldOf(*whole)) result.environment = held->state;
  for (const Dataflow::FieldContent& content : c_.dataflow.contents(node)) {
    Argument::Field field;
    field.path = content.path;
    field.depends = content.depends;
    if (content.value != noNode) {
      field.text = values_.text(content.value);
      if (!field.text) field.text = values_.firstText(content.value);
      if (std::optional<long long> number = values_.number(content.value)) field.number = *number;
      if (c_.tree.isNull(content.value)) field.number = 0;
    }
    result.fields.push_back(std::move(field));
  }
  for (const auto& [key, held] : state_.held) {
    std::string rest;
    if (held.place.keyOf({}) != whole->keyOf({}) || held.place.port.field == whole->port.field ||
        !isFieldOf(held.place.port.field, whole->port.field, &rest))
      continue;
    auto at = std::ranges::find(result.fields, rest, &Argument::Field::path);
    if (at == result.fields.end()) {
      result.fields.emplace_back().path = rest;
      at = result.fields.end() - 1;
    }
    at->environment = read(held.place);
  }
  if (whole->reach != Place::Reach::own)
    for (CXCursor declared : fieldsOf(plainType(clang_getCursorType(c_.tree[c_.tree.peel(node)].cursor)))) {
      Place field = places_.inside(*whole, declared);
      if (heldOf(field) || !holdsEnvironment(clang_getCursorType(declared)) || !isReached(field)) continue;
      std::string path = spellingOf(declared);
      auto at = std::ranges::find(result.fields, path, &Argument::Field::path);
      if (at == result.fields.end()) {
        result.fields.emplace_back().path = path;
        at = result.fields.end() - 1;
      }
      at->environment = read(field);
    }
  std::ranges::sort(result.fields, {}, &Argument::Field::path);
  return result;
}

void Lowering::addArguments(Call& call, NodeId node, CXCursor called) const {
  CXType type = clang_getCursorType(called);
  NodeId named = c_.tree.calleeExpression(node);
  // object(a, b): the object comes first among the arguments.
  bool is_object_called = clang_getCursorKind(called) == CXCursor_CXXMethod && named != noNode &&
                          !c_.tree.isMemberCall(node) && spellingOf(called).starts_with("operator");
  if (clang_Cursor_isNull(called) && named != noNode) {  // through a pointer: what that says
    type = clang_getCanonicalType(clang_getCursorType(c_.tree[named].cursor));
    if (type.kind == CXType_Pointer) type = clang_getCanonicalType(clang_getPointeeType(type));
  }
  int parameters = std::max(0, clang_getNumArgTypes(type));
  std::vector<NodeId> arguments = c_.tree.arguments(node);
  if (is_object_called && !arguments.empty()) {
    call.receiver = argument(arguments.front(), clang_getCursorType(c_.tree[arguments.front()].cursor), node);
    arguments.erase(arguments.begin());
  }
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    CXType expected = static_cast<int>(i) < parameters || arguments[i] == noNode
                          ? clang_getArgType(type, static_cast<unsigned>(i))
                          : clang_getCursorType(c_.tree[arguments[i]].cursor);
    call.arguments.push_back(arguments[i] == noNode ? Argument() : argument(arguments[i], expected, node));
    Argument& added = call.arguments.back();
    if (arguments[i] != noNode && !isArithmetic(expected)) added.callables = c_.dataflow.callables(arguments[i]);
    if (arguments[i] != noNode && !added.text && !added.environment && !isArithmetic(expected))
      added.name = Names(c_.tree, c_.dataflow, values_, c_.files).source(arguments[i], root_);
  }
  NodeId callee = c_.tree.calleeExpression(node);
  if (c_.tree.isMemberCall(node)) {
    NodeId object = c_.tree.child(callee, 0);
    bool has_object = object != noNode && clang_isExpression(c_.tree[object].kind);
    bool is_method = clang_getCursorKind(called) == CXCursor_CXXMethod;
    if (is_method && has_object) call.receiver = argument(object, clang_getCursorType(c_.tree[object].cursor), node);
    if (is_method && !has_object) addPort(call.receiver.depends, {thisPort, {}});
  }
}

void Lowering::spawn(NodeId node, const std::vector<SpawnApi>& entries, bool tail) {
  if (!recording_) return;
  CallParts parts = partsOf(node);
  const SpawnApi* api = selectedSpawn(entries, node, parts);
  if (!api) return;
  Call call = place(node, api->name.substr(api->name.rfind(':') + 1), tail);
  call.api = Knowledge::idOf(api->name, static_cast<std::size_t>(api - entries.data()));
  addArguments(call, node, parts.called);
  std::optional<unsigned> slot = api->environment;
  if (api->environment_is_last && !parts.arguments.empty()) slot = static_cast<unsigned>(parts.arguments.size() - 1);
  if (slot && *slot < parts.arguments.size() && parts.arguments[*slot] != noNode)
    call.arguments[*slot].environment = environmentOf(parts.arguments[*slot], node);
  call.given = given(*api, node, parts);
  call.environment = state_.environ;
  function_.calls.push_back(std::move(call));
}

// Does what stands behind the call, to the end of the function, do so?
bool Lowering::changesEnvironAfter(NodeId call) const {
  NodeId root = call;
  while (c_.tree[root].parent != noNode) root = c_.tree[root].parent;
  return changesEnviron(c_.tree.endOf(call), c_.tree.endOf(root));
}

void Lowering::call(NodeId node, bool tail) {
  CXCursor called = c_.dataflow.calledFunction(node);
  NodeId through = c_.tree.calleeExpression(node);
  const Callee* known = clang_Cursor_isNull(called) ? nullptr : &c_.callees.of(called);
  // A std::function: what it keeps is called.
  if (known && known->name == "operator()" && !known->project && !known->spawns && !known->changes && !known->producers) {
    std::vector<NodeId> operands = c_.tree.arguments(node);
    through = c_.tree.isMemberCall(node) ? c_.tree.child(through, 0) : operands.empty() ? noNode : operands.front();
    callThrough(node, through, tail);
  } else if (known) {
    callOf(node, called, tail);
  } else {
    callThrough(node, through, tail);
  }
  lambdasMayRun();
}

void Lowering::callOf(NodeId node, CXCursor called, bool tail) {
  const Callee& callee = c_.callees.of(called);
  if (callee.spawns) return spawn(node, *callee.spawns, tail);
  if (callee.reader) return readVariable(node, *callee.reader);
  if (callee.writer) return writeVariable(node, *callee.writer);
  if (callee.changes && change(node, callee)) return;
  if (callee.name == "operator=") {
    CallParts parts = partsOf(node);
    if (parts.receiver != noNode && parts.arguments.size() == 1 && parts.arguments[0] != noNode)
      store(parts.receiver, parts.arguments[0]);
  }
  if (!callee.project) {
    fill(node, callee.name);
    if (!callee.library) giveArrays(node, called, callee);
    mayCallBack(node);
    handToLibrary(node, callee.name, tail);
  }
  if (callee.followed()) {
    const bool lambda = isClosure(clang_getCursorSemanticParent(called));
    std::string shown = callee.name;
    if (lambda && !c_.tree.arguments(node).empty() && !c_.tree.isMemberCall(node)) {
      NodeId object = c_.tree.peel(c_.tree.arguments(node).front());
      bool named = object != noNode && (c_.tree[object].kind == CXCursor_DeclRefExpr || c_.tree[object].kind == CXCursor_MemberRefExpr);
      shown = named ? spellingOf(c_.tree[object].cursor) : "(lambda)";
    }
    if (recording_) {
      Call made = place(node, shown, tail);
      made.library = callee.library;
      made.functions.push_back(callee.key);
      addArguments(made, node, called);
      made.environment = state_.environ;
      function_.calls.push_back(std::move(made));
    }
    bool always = clang_CXXMethod_isVirtual(called) == 0;
    const bool by_name = callee.project && !lambda && !callee.name.starts_with("operator");
    const std::vector<PassedName> passed = by_name ? passedNames(node) : std::vector<PassedName>();
    // Where not all calls are followed, these can only add variables.
    if (tracks_ || !passed.empty())
      addCall(state_.environ, callee.key, lambda ? "(lambda)" : callee.name, always && tracks_, callee.library, passed);
    touch(node, called, callee, always);
    if (!callee.library) changeElsewhere(callee.key);
    giveArrays(node, called, callee);
  }
  // A temporary object goes at the end of the statement.
  if (clang_getCursorKind(called) == CXCursor_Constructor && c_.tree[c_.tree[node].parent].kind != CXCursor_VarDecl &&
      c_.tree[c_.tree[node].parent].kind != CXCursor_CXXNewExpr)
    destroy(clang_getCursorType(c_.tree[node].cursor), false);
  // A second return may come after any later change.
  if (!callee.project && c_.callees.knowledge().returnsTwice(callee.name)) state_ = join(state_, FlowState());
  // A vfork child runs in its parent's memory (vfork(2)): what it does to environ later, its parent has as well.
  if (!callee.project && callee.name == "vfork" && changesEnvironAfter(node)) {
    FlowState changed = state_;
    replace(changed.environ, {EnvironmentValue::Kind::unknown, 0, {}, "a vfork child changes 'environ', its parent's too"});
    state_ = join(state_, changed);
  }
  if ((tracks_ || !state_.environ.called.empty()) && neverReturns(node)) state_ = unreachable();
}

bool Lowering::neverReturns(NodeId node) const {
  CXCursor called = c_.dataflow.calledFunction(node);
  const Callee& callee = c_.callees.of(called);
  if (!callee.project && c_.callees.knowledge().neverReturns(callee.name)) return true;
  if (clang_CXXMethod_isVirtual(called) != 0) return false;
  // A function of this unit that was lowered before is known by its body. What a type is called is costly to ask.
  auto [known, added] = c_.never_return.try_emplace(clang_getCanonicalCursor(called), false);
  if (!added) return known->second;
  // Only the attribute of the function itself: one of a parameter stands further inside.
  known->second = take(clang_getTypeSpelling(clang_getCursorType(called))).ends_with(") __attribute__((noreturn))");
  return known->second;
}

}  // namespace envleak::analyzer
