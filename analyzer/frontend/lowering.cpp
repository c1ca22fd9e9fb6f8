#include "analyzer/frontend/lowering.h"

#include "analyzer/frontend/environment_state.h"
#include "analyzer/frontend/names.h"

#include <algorithm>

namespace envleak::analyzer {
namespace {

using Kind = EnvironmentValue::Kind;

// Containers of strings, as C++ hands them around.
bool isStringContainer(CXType type) {
  CXType plain = clang_getCanonicalType(clang_getNonReferenceType(type));
  if (plain.kind != CXType_Record) return false;
  std::string name = spellingOf(clang_getTypeDeclaration(plain));
  return name == "vector" || name == "array" || name == "span" || name == "initializer_list";
}

}  // namespace

Function Lowering::run() {
  CXCursor cursor = c_.tree[root_].cursor;
  Place start = c_.files.place(clang_getCursorLocation(cursor));
  bool is_function = isFunctionKind(c_.tree[root_].kind);
  function_.key = is_function ? c_.callees.functionKey(cursor) : "i|" + c_.callees.pointerKey(cursor);
  function_.name = name_ = qualifiedName(cursor);
  function_.file = c_.files.indexOf(start.file);
  function_.line = start.line;
  if (is_function) {
    for (NodeId child : c_.tree.children(root_))
      if (c_.tree[child].kind == CXCursor_ParmDecl)
        function_.parameter_names.push_back(spellingOf(c_.tree[child].cursor));
    function_.parameters = static_cast<unsigned>(function_.parameter_names.size());
    CXCursor* overridden = nullptr;
    unsigned count = 0;
    if (c_.tree[root_].kind == CXCursor_CXXMethod) clang_getOverriddenCursors(cursor, &overridden, &count);
    for (unsigned i = 0; i < count; ++i) function_.overrides.push_back(c_.callees.functionKey(overridden[i]));
    if (overridden) clang_disposeOverriddenCursors(overridden);
  }
  look(root_);
  if (environ_escapes_) changed(Added::other);
  exit_ = unreachable();
  for (NodeId child : c_.tree.children(root_)) visit(child, true);
  exit_ = join(exit_, state_);
  if (exit_.reachable && function_.adds != Added::nothing) function_.leaves = exit_;
  return std::move(function_);
}

void Lowering::look(NodeId root) {
  for (NodeId at = root, end = c_.tree.endOf(root); at < end; ++at) {
    if (c_.tree[at].kind == CXCursor_CallExpr) {
      CXCursor called = c_.dataflow.calledFunction(at);
      if (clang_Cursor_isNull(called)) {
        spawns_ = true;  // through a pointer: it may be one
        continue;
      }
      const Callee& callee = c_.callees.of(called);
      spawns_ |= callee.spawns != nullptr;
      changes_environ_ |= callee.writer != nullptr;
    } else if (c_.tree[at].kind == CXCursor_DeclRefExpr) {
      if (!c_.callees.isEnviron(clang_getCursorReferenced(c_.tree[at].cursor))) continue;
      changes_environ_ = true;
      NodeId above = c_.tree[at].parent;
      while (above != noNode && c_.tree.peel(above) == at) above = c_.tree[above].parent;
      environ_escapes_ |= above != noNode && c_.tree[above].kind == CXCursor_UnaryOperator &&
                          clang_getCursorUnaryOperatorKind(c_.tree[above].cursor) == CXUnaryOperator_AddrOf;
      if (above != noNode && c_.tree[above].kind == CXCursor_VarDecl) {
        CXTypeKind type = clang_getCanonicalType(clang_getCursorType(c_.tree[above].cursor)).kind;
        environ_escapes_ |= type == CXType_LValueReference;
      }
    }
  }
}

void Lowering::visitChildren(NodeId node) {
  for (NodeId child = c_.tree[node].first_child; child != noNode; child = c_.tree[child].next) visit(child, false);
}

void Lowering::visit(NodeId node, bool last) {
  switch (c_.tree[node].kind) {
    case CXCursor_CompoundStmt:
      return visitBlock(node, last);
    case CXCursor_IfStmt:
      return visitIf(node, last);
    case CXCursor_WhileStmt:
    case CXCursor_DoStmt:
    case CXCursor_ForStmt:
    case CXCursor_CXXForRangeStmt:
      return visitLoop(node);
    case CXCursor_SwitchStmt:
      return visitSwitch(node);
    case CXCursor_CaseStmt:
    case CXCursor_DefaultStmt:
      if (!switches_.empty()) state_ = join(state_, switches_.back());
      return visitChildren(node);
    case CXCursor_BreakStmt:
      if (!breaks_.empty()) breaks_.back() = join(breaks_.back(), state_);
      state_.reachable = false;
      return;
    case CXCursor_ContinueStmt:
      if (!continues_.empty()) continues_.back() = join(continues_.back(), state_);
      state_.reachable = false;
      return;
    case CXCursor_GotoStmt:
    case CXCursor_IndirectGotoStmt:
      state_.reachable = false;
      return;
    case CXCursor_LabelStmt:
      // Jumps to it may come from anywhere, so from before any change.
      state_ = join(state_, EnvironmentState());
      return visitChildren(node);
    case CXCursor_ReturnStmt:
      return visitReturn(node);
    case CXCursor_CXXTryStmt:
      return visitTry(node);
    case CXCursor_LambdaExpr:
    case CXCursor_CXXMethod:
    case CXCursor_FunctionDecl:
      return visitNested(node);
    case CXCursor_ConditionalOperator:
      return visitBranchingExpression(node);
    case CXCursor_GenericSelectionExpr:
      return visitBranchingExpression(node);
    case CXCursor_UnaryExpr:
    case CXCursor_CXXTypeidExpr:
      return;  // sizeof, alignof: not evaluated
    case CXCursor_BinaryOperator: {
      CXBinaryOperatorKind op = clang_getCursorBinaryOperatorKind(c_.tree[node].cursor);
      if (op == CXBinaryOperator_LAnd || op == CXBinaryOperator_LOr) return visitBranchingExpression(node);
      visitChildren(node);
      if (op == CXBinaryOperator_Assign) assign(node);
      return;
    }
    case CXCursor_CallExpr:
      visitChildren(node);
      return call(node, last);
    case CXCursor_DeclRefExpr:
      return useOfEnviron(node);
    case CXCursor_UnexposedExpr:
      // Several parts: the value of some decides whether the others are evaluated, as in a ?: b.
      if (c_.tree.expressionChildren(node).size() > 1) return visitBranchingExpression(node);
      [[fallthrough]];
    case CXCursor_ParenExpr:
    case CXCursor_CStyleCastExpr:
      for (NodeId child : c_.tree.children(node)) visit(child, last);
      return;
    default:
      return visitChildren(node);
  }
}

void Lowering::visitBlock(NodeId node, bool last) {
  for (NodeId child = c_.tree[node].first_child; child != noNode; child = c_.tree[child].next)
    visit(child, last && c_.tree[child].next == noNode);
}

void Lowering::visitIf(NodeId node, bool last) {
  std::vector<NodeId> parts = c_.tree.children(node);
  // Declarations of the condition come first; then the condition, and one or two branches.
  std::size_t condition = 0;
  while (condition + 2 < parts.size() && !clang_isExpression(c_.tree[parts[condition]].kind)) ++condition;
  for (std::size_t i = 0; i <= condition && i < parts.size(); ++i) visit(parts[i], false);
  EnvironmentState before = state_;
  EnvironmentState after = unreachable();
  bool has_else = parts.size() > condition + 2;
  for (std::size_t i = condition + 1; i < parts.size(); ++i) {
    state_ = before;
    visit(parts[i], last);
    after = join(after, state_);
  }
  state_ = has_else ? after : join(after, before);
}

void Lowering::visitBranchingExpression(NodeId node) {
  std::vector<NodeId> parts = c_.tree.children(node);
  if (parts.empty()) return;
  visit(parts.front(), false);
  EnvironmentState before = state_;
  EnvironmentState after =
      c_.tree[node].kind == CXCursor_ConditionalOperator && parts.size() > 2 ? unreachable() : before;
  for (std::size_t i = 1; i < parts.size(); ++i) {
    state_ = before;
    visit(parts[i], false);
    after = join(after, state_);
  }
  state_ = after;
}

void Lowering::visitLoop(NodeId node) {
  EnvironmentState before = state_;
  auto round = [&] {
    breaks_.push_back(unreachable());
    continues_.push_back(unreachable());
    visitChildren(node);
    state_ = join(state_, continues_.back());
    EnvironmentState out = join(state_, breaks_.back());
    breaks_.pop_back();
    continues_.pop_back();
    return out;
  };
  if ((changes_environ_ || spawns_) && recording_) {
    // What the body does reaches its own beginning in the next round.
    recording_ = false;
    EnvironmentState exit = exit_;
    round();
    exit_ = exit;
    recording_ = true;
    state_ = join(before, state_);
  }
  EnvironmentState out = round();
  state_ = c_.tree[node].kind == CXCursor_DoStmt ? out : join(before, out);
}

void Lowering::visitSwitch(NodeId node) {
  std::vector<NodeId> parts = c_.tree.children(node);
  if (parts.empty()) return;
  NodeId body = parts.back();
  parts.pop_back();
  for (NodeId part : parts) visit(part, false);
  EnvironmentState before = state_;
  switches_.push_back(before);
  breaks_.push_back(unreachable());
  state_.reachable = false;
  visit(body, false);
  bool has_default = false;
  for (NodeId at = body; at < c_.tree.endOf(body); ++at) {
    has_default |= c_.tree[at].kind == CXCursor_DefaultStmt;
    if (c_.tree[at].kind == CXCursor_SwitchStmt) at = c_.tree.endOf(at) - 1;  // has its own
  }
  state_ = join(state_, breaks_.back());
  if (!has_default) state_ = join(state_, before);
  breaks_.pop_back();
  switches_.pop_back();
}

void Lowering::visitTry(NodeId node) {
  EnvironmentState before = state_;
  EnvironmentState after = unreachable();
  bool first = true;
  EnvironmentState thrown = before;
  for (NodeId part : c_.tree.children(node)) {
    state_ = first ? before : thrown;
    visit(part, false);
    after = join(after, state_);
    if (first) thrown = changesEnviron(part, c_.tree.endOf(part)) ? join(before, EnvironmentState()) : join(before, state_);
    first = false;
  }
  state_ = after;
}

void Lowering::visitReturn(NodeId node) {
  NodeId value = c_.tree[node].first_child;
  if (value != noNode) {
    visit(value, true);
    bool of_function = name_ == function_.name;
    CXType result = clang_getCursorResultType(c_.tree[root_].cursor);
    if (recording_ && of_function && isStringArray(result)) {
      EnvironmentValue returned = c_.values.environment(value, node);
      function_.returns = function_.returns ? widest(*function_.returns, returned) : returned;
    }
  }
  exit_ = join(exit_, state_);
  state_.reachable = false;
}

void Lowering::visitNested(NodeId node) {
  EnvironmentState before = state_;
  EnvironmentState exit = exit_;
  std::string outer = name_;
  name_ += c_.tree[node].kind == CXCursor_LambdaExpr ? "::(lambda)" : "::" + spellingOf(c_.tree[node].cursor);
  state_ = EnvironmentState();  // it may run at any time
  for (NodeId child : c_.tree.children(node)) visit(child, true);
  name_ = outer;
  state_ = before;
  exit_ = exit;
}

void Lowering::useOfEnviron(NodeId node) {
  if (!recording_) return;
  CXCursor declaration = clang_getCursorReferenced(c_.tree[node].cursor);
  if (!c_.callees.isEnviron(declaration)) return;
  // Being assigned to, or passed on to a spawn, is told by the write and the site.
  NodeId value = node;
  NodeId above = c_.tree[node].parent;
  while (above != noNode && clang_isExpression(c_.tree[above].kind) && c_.tree.peel(above) == node) {
    value = above;
    above = c_.tree[above].parent;
  }
  if (above != noNode && c_.tree[above].kind == CXCursor_BinaryOperator &&
      clang_getCursorBinaryOperatorKind(c_.tree[above].cursor) == CXBinaryOperator_Assign &&
      c_.tree.child(above, 0) == value)
    return;
  if (above != noNode && c_.tree[above].kind == CXCursor_CallExpr) {
    CXCursor called = c_.dataflow.calledFunction(above);
    if (!clang_Cursor_isNull(called) && c_.callees.of(called).spawns) return;
  }
  record(access<facts::EnvironmentRead>(node, spellingOf(declaration)), noNode);
}

bool Lowering::changesEnviron(NodeId begin, NodeId end) const {
  for (NodeId at = begin; at < end; ++at) {
    if (c_.tree[at].kind == CXCursor_CallExpr) {
      CXCursor called = c_.dataflow.calledFunction(at);
      if (!clang_Cursor_isNull(called) && c_.callees.of(called).writer) return true;
    } else if (c_.tree[at].kind == CXCursor_DeclRefExpr) {
      if (c_.callees.isEnviron(clang_getCursorReferenced(c_.tree[at].cursor))) return true;
    }
  }
  return false;
}

void Lowering::changed(Added what) { function_.adds = std::max(function_.adds, what); }

void Lowering::assign(NodeId node) {
  CXCursor target = c_.tree.declarationOf(c_.tree.child(node, 0));
  if (!c_.callees.isEnviron(target)) {
    NodeId base = c_.tree.baseReference(c_.tree.child(node, 0));
    if (base == noNode || !c_.callees.isEnviron(clang_getCursorReferenced(c_.tree[base].cursor))) return;
    // environ[i] = value; NULL only shortens it.
    if (c_.tree.isNull(c_.tree.child(node, 1))) return;
    changed(Added::other);
    add(state_, Added::other, spellingOf(clang_getCursorReferenced(c_.tree[base].cursor)));
    return;
  }
  changed(Added::other);
  if (recording_) {
    auto write = access<facts::EnvironmentWrite>(node, spellingOf(target));
    write.kind = facts::WriteKind::assign;
    record(std::move(write), noNode);
  }
  EnvironmentValue value = c_.values.environment(c_.tree.child(node, 1), noNode);
  if (environ_escapes_) value = {Kind::unknown, 0, {}, "the address of 'environ' is taken"};
  if (value.kind == Kind::null)
    value = {Kind::empty, 0, {}, "'environ' is set to NULL"};
  else
    value.reason = "'environ' is replaced: " + value.reason;
  replace(state_, value);
}

template <typename Access>
Access Lowering::access(NodeId node, const std::string& callee) const {
  Place at = c_.files.startOf(c_.tree[node].cursor);
  Access access;
  access.file = c_.files.nameOf(at.file);
  access.line = at.line;
  access.column = at.column;
  access.function = name_;
  access.callee = callee;
  return access;
}

void Lowering::record(facts::EnvironmentRead read, NodeId name) {
  if (!recording_) return;
  UnitSummary::Origin origin{function_.key, {}};
  if (name != noNode && !read.name) origin.name = Names(c_.tree, c_.dataflow, c_.values, c_.files).source(name, root_);
  c_.summary.reads.push_back(std::move(read));
  c_.summary.read_origins.push_back(std::move(origin));
}

void Lowering::record(facts::EnvironmentWrite write, NodeId name) {
  if (!recording_) return;
  UnitSummary::Origin origin{function_.key, {}};
  if (name != noNode && !write.name) origin.name = Names(c_.tree, c_.dataflow, c_.values, c_.files).source(name, root_);
  c_.summary.writes.push_back(std::move(write));
  c_.summary.write_origins.push_back(std::move(origin));
}

void Lowering::readVariable(NodeId node, const ReaderApi& api) {
  std::vector<NodeId> arguments = c_.tree.arguments(node);
  auto read = access<facts::EnvironmentRead>(node, api.name);
  NodeId name = api.variable < arguments.size() ? arguments[api.variable] : noNode;
  if (name != noNode) read.name = c_.values.text(name);
  record(std::move(read), name);
}

void Lowering::writeVariable(NodeId node, const WriterApi& api) {
  std::vector<NodeId> arguments = c_.tree.arguments(node);
  auto argument = [&](const std::optional<unsigned>& index) {
    return index && *index < arguments.size() ? arguments[*index] : noNode;
  };
  auto write = access<facts::EnvironmentWrite>(node, api.name);
  write.kind = api.kind;
  NodeId variable = argument(api.variable);
  std::optional<std::string> text = variable == noNode ? std::nullopt : c_.values.text(variable);
  if (text) write.name = api.kind == facts::WriteKind::put ? text->substr(0, text->find('=')) : *text;
  unsigned line = write.line;
  record(std::move(write), variable);

  NodeId value = api.kind == facts::WriteKind::put ? variable : argument(api.value);
  switch (api.kind) {
    case facts::WriteKind::clear:
      changed(Added::other);
      if (environ_escapes_)
        replace(state_, {Kind::unknown, 0, {}, "the address of 'environ' is taken"});
      else
        replace(state_, {Kind::empty, 0, {}, "'" + api.name + "' at line " + std::to_string(line)});
      break;
    case facts::WriteKind::set:
    case facts::WriteKind::put: {
      // One variable by name: whatever its value, it is no more than the parent's.
      Added what = Added::from_parent;
      if (!text)
        what = Added::unknown_name;
      else if (api.kind == facts::WriteKind::put || c_.values.text(value))
        what = Added::constant;
      changed(what);
      add(state_, what, api.name);
      break;
    }
    case facts::WriteKind::unset:
    case facts::WriteKind::assign:
      break;
  }
}

Call Lowering::place(NodeId node, const std::string& callee, bool tail) const {
  Call call;
  CXCursor cursor = c_.tree[node].cursor;
  Place start = c_.files.startOf(cursor);
  NodeId callee_node = c_.tree.calleeExpression(node);
  Place name = start;
  if (callee_node != noNode && clang_isExpression(c_.tree[callee_node].kind) &&
      clang_getCursorKind(clang_getCursorReferenced(cursor)) != CXCursor_Constructor)
    name = c_.files.place(clang_getCursorLocation(c_.tree[callee_node].cursor));
  call.file = c_.files.indexOf(name.file);
  call.line = name.line;
  call.column = name.column;
  call.end_line = c_.files.endOf(cursor).line;
  if (start.file == name.file) call.positions.push_back({start.line, start.column});
  call.positions.push_back({name.line, name.column});
  if (facts::Position open = c_.files.openParenthesis(name); open.line != 0) call.positions.push_back(open);
  call.tail = tail;
  call.callee = callee;
  call.function = name_;
  return call;
}

void Lowering::addArguments(Call& call, NodeId node, CXCursor called) const {
  CXType type = clang_getCursorType(called);
  NodeId named = c_.tree.calleeExpression(node);
  // object(a, b): the object comes first among the arguments.
  bool is_object_called = clang_getCursorKind(called) == CXCursor_CXXMethod && named != noNode &&
                          c_.tree[named].kind != CXCursor_MemberRefExpr && spellingOf(called).starts_with("operator");
  int parameters = clang_Cursor_isNull(called) ? 0 : clang_getNumArgTypes(type);
  std::vector<NodeId> arguments = c_.tree.arguments(node);
  if (is_object_called && !arguments.empty()) {
    call.receiver = c_.dataflow.depends(arguments.front());
    arguments.erase(arguments.begin());
  }
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    Argument argument;
    if (arguments[i] != noNode) {
      CXType expected = static_cast<int>(i) < parameters ? clang_getArgType(type, static_cast<unsigned>(i))
                                                         : clang_getCursorType(c_.tree[arguments[i]].cursor);
      if (!isArithmetic(expected)) {
        argument.depends = c_.dataflow.depends(arguments[i]);
        bool array = isStringArray(expected) || isStringContainer(expected);
        argument.text = array ? c_.values.firstText(arguments[i]) : c_.values.text(arguments[i]);
        if (!array && !argument.text) argument.name = Names(c_.tree, c_.dataflow, c_.values, c_.files).source(arguments[i], root_);
        if (array) argument.environment = c_.values.environment(arguments[i], node);
      }
    }
    call.arguments.push_back(std::move(argument));
  }
  NodeId callee = c_.tree.calleeExpression(node);
  if (callee != noNode && c_.tree[callee].kind == CXCursor_MemberRefExpr) {
    NodeId object = c_.tree.child(callee, 0);
    bool has_object = object != noNode && clang_isExpression(c_.tree[object].kind);
    bool is_method = clang_getCursorKind(called) == CXCursor_CXXMethod;
    if (is_method) call.receiver = has_object ? c_.dataflow.depends(object) : maskOf(thisBit);
  }
}

bool Lowering::selected(const SpawnApi& api, const std::vector<NodeId>& arguments) const {
  if (api.no_spawn_if_null && *api.no_spawn_if_null < arguments.size() &&
      c_.tree.isNull(arguments[*api.no_spawn_if_null]))
    return false;
  if (!api.when) return true;
  if (api.when->argument >= arguments.size()) return false;
  NodeId argument = arguments[api.when->argument];
  if (std::ranges::find(api.when->names, c_.values.source(argument)) != api.when->names.end()) return true;
  std::optional<long long> number = c_.values.number(argument);
  return number && std::ranges::any_of(api.when->numbers, [&](const SpawnApi::Selector::Number& candidate) {
           return candidate.architecture == c_.architecture && candidate.value == *number;
         });
}

void Lowering::spawn(NodeId node, const std::vector<SpawnApi>& entries, bool tail) {
  if (!recording_) return;
  std::vector<NodeId> arguments = c_.tree.arguments(node);
  for (std::size_t i = 0; i < entries.size(); ++i) {
    if (!selected(entries[i], arguments)) continue;
    Call call = place(node, entries[i].name.substr(entries[i].name.rfind(':') + 1), tail);
    call.api = Knowledge::idOf(entries[i].name, i);
    addArguments(call, node, c_.dataflow.calledFunction(node));
    std::optional<unsigned> slot = entries[i].environment;
    if (entries[i].environment_is_last && !arguments.empty()) slot = static_cast<unsigned>(arguments.size() - 1);
    if (slot && *slot < arguments.size())
      call.arguments[*slot].environment = c_.values.environment(arguments[*slot], node);
    call.environment = state_;
    function_.calls.push_back(std::move(call));
    return;
  }
}

// Does what stands behind the call, to the end of the function, do so?
bool Lowering::changesEnvironAfter(NodeId call) const {
  NodeId root = call;
  while (c_.tree[root].parent != noNode) root = c_.tree[root].parent;
  return changesEnviron(c_.tree.endOf(call), c_.tree.endOf(root));
}

void Lowering::call(NodeId node, bool tail) {
  CXCursor called = c_.dataflow.calledFunction(node);
  if (!clang_Cursor_isNull(called)) {
    const Callee& callee = c_.callees.of(called);
    if (callee.spawns) return spawn(node, *callee.spawns, tail);
    if (callee.reader) return readVariable(node, *callee.reader);
    if (callee.writer) return writeVariable(node, *callee.writer);
    if (callee.project) {
      if (recording_) {
        Call made = place(node, callee.name, tail);
        made.functions.push_back(callee.key);
        addArguments(made, node, called);
        function_.calls.push_back(std::move(made));
      }
      if (spawns_ || changes_environ_) addCall(state_, callee.key, callee.name, clang_CXXMethod_isVirtual(called) == 0);
    }
    // A second return may come after any later change.
    if (!callee.project && c_.callees.knowledge().returnsTwice(callee.name)) state_ = join(state_, EnvironmentState());
    // A vfork child runs in its parent's memory (vfork(2)): what it does to environ later, its parent has as well.
    if (!callee.project && callee.name == "vfork" && changesEnvironAfter(node)) {
      EnvironmentState changed = state_;
      replace(changed, {EnvironmentValue::Kind::unknown, 0, {}, "a vfork child changes 'environ', its parent's too"});
      state_ = join(state_, changed);
    }
    if ((spawns_ || changes_environ_) && neverReturns(node)) state_.reachable = false;
    return;
  }
  NodeId callee = c_.tree.calleeExpression(node);
  std::string through = callee == noNode ? "a pointer" : spellingOf(c_.tree[callee].cursor);
  addCall(state_, {}, through);
  if (!recording_ || callee == noNode) return;
  CXCursor named = clang_getCursorReferenced(c_.tree[callee].cursor);
  if (clang_getCursorKind(named) == CXCursor_OverloadedDeclRef) {
    // Not decided before a template is instantiated, or because of an error: any of them.
    Call made = place(node, spellingOf(named), tail);
    for (unsigned i = 0, count = clang_getNumOverloadedDecls(named); i < count; ++i) {
      CXCursor candidate = clang_getOverloadedDecl(named, i);
      if (!isFunctionKind(clang_getCursorKind(candidate))) continue;
      const Callee& known = c_.callees.of(candidate);
      if (known.spawns) return spawn(node, *known.spawns, tail);
      if (known.project) made.functions.push_back(known.key);
    }
    if (made.functions.empty()) return;
    addArguments(made, node, clang_getNullCursor());
    function_.calls.push_back(std::move(made));
    return;
  }
  if (!isVariableKind(clang_getCursorKind(named))) {
    NodeId base = c_.tree.baseReference(callee);
    named = base == noNode ? clang_getNullCursor() : clang_getCursorReferenced(c_.tree[base].cursor);
  }
  if (!isVariableKind(clang_getCursorKind(named))) return;
  Call made = place(node, spellingOf(named), tail);
  made.pointer = c_.callees.pointerKey(named);
  addArguments(made, node, clang_getNullCursor());
  made.environment = state_;
  function_.calls.push_back(std::move(made));
}

bool Lowering::neverReturns(NodeId node) const {
  CXCursor called = c_.dataflow.calledFunction(node);
  const Callee& callee = c_.callees.of(called);
  if (!callee.project && c_.callees.knowledge().neverReturns(callee.name)) return true;
  // Only the attribute of the function itself: one of a parameter stands further inside.
  return take(clang_getTypeSpelling(clang_getCursorType(called))).ends_with(") __attribute__((noreturn))");
}

}  // namespace envleak::analyzer
