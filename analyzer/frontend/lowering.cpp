#include "analyzer/frontend/lowering.h"

#include "analyzer/frontend/fresh_results.h"

#include "analyzer/frontend/initializers.h"
#include "analyzer/frontend/type_names.h"

#include <algorithm>

namespace envleak::analyzer {
namespace {

// Nested loops that are gone through twice while the jumps are looked for.
constexpr std::size_t loopsRepeated = 5;

}  // namespace

Function Lowering::run() {
  const bool is_lambda = c_.tree[root_].kind == CXCursor_LambdaExpr;
  const std::size_t cells_before = c_.summary.cells.size();
  CXCursor cursor = declarationOfInner(root_);
  FilePlace start = c_.files.place(clang_getCursorLocation(c_.tree[root_].cursor));
  bool is_function = is_lambda || isFunctionKind(c_.tree[root_].kind);
  function_.key = is_function ? keyOfInner(root_) : "i|" + c_.callees.pointerKey(cursor);
  if (!is_inner_) function_.name = name_ = qualifiedName(cursor);
  function_.file = c_.files.indexOf(start.file);
  function_.line = start.line;
  ShownPlace shown = c_.files.shown(start);
  function_.shown_file = shown.file;
  function_.shown_line = shown.line;
  if (is_function) {
    for (NodeId child : c_.tree.children(root_))
      if (c_.tree[child].kind == CXCursor_ParmDecl)
        function_.parameter_names.push_back(spellingOf(c_.tree[child].cursor));
    function_.parameters = static_cast<unsigned>(function_.parameter_names.size());
    unsigned index = 0;
    for (NodeId child : c_.tree.children(root_))
      if (c_.tree[child].kind == CXCursor_ParmDecl && index < 64) {
        if (canHaveFields(clang_getCursorType(c_.tree[child].cursor))) function_.records |= std::uint64_t{1} << index;
        ++index;
      }
    CXCursor* overridden = nullptr;
    unsigned count = 0;
    if (c_.tree[root_].kind == CXCursor_CXXMethod || c_.tree[root_].kind == CXCursor_Destructor)
      clang_getOverriddenCursors(cursor, &overridden, &count);
    for (unsigned i = 0; i < count; ++i) function_.overrides.push_back(c_.callees.functionKey(overridden[i]));
    if (overridden) clang_disposeOverriddenCursors(overridden);
  }
  const bool escapes = environ_escapes_;
  look(root_);
  if (is_function) recordKeepers(cursor);
  shareAddresses(root_);
  environ_escapes_ |= escapes;
  if (environ_escapes_) {
    changed(Added::other);
    EnvironmentState state;
    state.value = {EnvironmentValue::Kind::unknown, 0, {}, "the address of 'environ' is taken"};
    c_.summary.cells.push_back({environCell(), function_.key, std::move(state)});
  }
  exit_ = unreachable();
  if (c_.tree[root_].kind == CXCursor_Constructor) {
    Place object;
    object.root = Place::Root::parameter;
    object.port.parameter = thisPort;
    initializeDefaults(object, clang_getCursorType(clang_getCursorSemanticParent(cursor)));
  }
  std::vector<NodeId> parts = c_.tree.children(root_);
  // What it captures is told where it is made.
  if (is_lambda) std::erase_if(parts, [&](NodeId part) { return !isStatementKind(c_.tree[part].kind); });
  if (is_function)
    for (const FieldInitializer& one : memberInitializers(c_.tree, root_)) initializeMember(one);
  else
    declare(root_);
  // Jumps backwards bring what is known further down: in rounds, until nothing is new.
  if (has_labels_) {
    FlowState entry = state_;
    recording_ = false;
    for (int round = 0; round < 4; ++round) {
      label_changed_ = false;
      for (NodeId child : parts) visit(child, true);
      state_ = entry;
      exit_ = unreachable();
      if (!label_changed_) break;
    }
    jumps_anywhere_ |= label_changed_;
    recording_ = records_;
  }
  for (NodeId child : parts) visit(child, true);
  exit_ = join(exit_, state_);
  state_ = exit_;
  lambdasMayRun();  // after it returned, too
  if (exit_.reachable()) {
    if (tracks_ && (function_.adds != Added::nothing || exit_.environ != EnvironmentState())) function_.leaves = exit_.environ;
    for (const auto& [key, held] : exit_.held)
      if (held.place.root != Place::Root::local && held.object) recordCell(held.place, held.state);
    for (const auto& [key, held] : exit_.held)
      if (held.place.root == Place::Root::parameter && held.state != initial(held.place))
        function_.leaves_ports.push_back({held.place.port, held.state});
    leavePointed();
  }
  for (unsigned i = 0; is_function && i < function_.parameters; ++i)
    if (std::optional<EnvironmentValue> entries = values_.fills(clang_Cursor_getArgument(cursor, i)))
      function_.fills.push_back({i, std::move(*entries)});
  if (is_function && !exit_.reachable() && c_.summary.status == facts::UnitStatus::complete)
    c_.never_return[clang_getCanonicalCursor(cursor)] = true;
  numberOwnPorts(cells_before);
  return std::move(function_);
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
      endLives(0, false);
      if (!breaks_.empty()) breaks_.back() = join(breaks_.back(), state_);
      state_ = unreachable();
      return;
    case CXCursor_ContinueStmt:
      endLives(0, false);
      if (!continues_.empty()) continues_.back() = join(continues_.back(), state_);
      state_ = unreachable();
      return;
    case CXCursor_GotoStmt:
    case CXCursor_IndirectGotoStmt:
      return visitGoto(node);
    case CXCursor_LabelStmt:
      return visitLabel(node);
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
      if (op != CXBinaryOperator_Assign) return;
      assign(node);
      for (auto& [lambda, inner] : inner_) enter(inner, false);
      return;
    }
    case CXCursor_CallExpr:
      visitChildren(node);
      return call(node, last);
    case CXCursor_VarDecl:
      visitChildren(node);
      declare(node);
      return beginLife(node);
    case CXCursor_CXXDeleteExpr:
      visitChildren(node);
      if (NodeId object = c_.tree.child(node, 0); object != noNode)
        destroy(clang_getPointeeType(clang_getCanonicalType(clang_getCursorType(c_.tree[object].cursor))), false);
      return;
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
  std::size_t outer = living_.size();
  for (NodeId child = c_.tree[node].first_child; child != noNode; child = c_.tree[child].next)
    visit(child, last && c_.tree[child].next == noNode);
  endLives(outer, true);
  living_.resize(outer);
}

void Lowering::visitGoto(NodeId node) {
  visitChildren(node);
  endLives(0, false);
  bool known = c_.tree[node].kind == CXCursor_IndirectGotoStmt;
  for (NodeId child : c_.tree.children(node)) {
    if (c_.tree[child].kind != CXCursor_LabelRef) continue;
    known = true;
    auto [found, added] = labels_.try_emplace(spellingOf(c_.tree[child].cursor), unreachable());
    FlowState all = join(found->second, state_);
    label_changed_ |= all != found->second;
    found->second = std::move(all);
  }
  jumps_anywhere_ |= !known;
  state_ = unreachable();
}

void Lowering::visitLabel(NodeId node) {
  // Jumps to an address may come from anywhere, so from before any change.
  if (jumps_anywhere_) state_ = join(state_, FlowState());
  auto found = labels_.find(spellingOf(c_.tree[node].cursor));
  if (found != labels_.end()) state_ = join(state_, found->second);
  visitChildren(node);
}

void Lowering::visitIf(NodeId node, bool last) {
  std::vector<NodeId> parts = c_.tree.children(node);
  // Declarations of the condition come first; then the condition, and one or two branches.
  std::size_t condition = 0;
  while (condition + 2 < parts.size() && !clang_isExpression(c_.tree[parts[condition]].kind)) ++condition;
  for (std::size_t i = 0; i <= condition && i < parts.size(); ++i) visit(parts[i], false);
  std::optional<Condition> test =
      condition < parts.size() ? values_.condition(parts[condition]) : std::optional<Condition>();
  // if (1), if (0)
  std::optional<bool> constant;
  if (condition < parts.size() && !test && c_.tree[parts[condition]].kind != CXCursor_DeclRefExpr)
    if (NodeId literal = c_.tree.peel(parts[condition]); literal != noNode && c_.tree[literal].kind == CXCursor_IntegerLiteral)
      constant = values_.number(literal).value_or(1) != 0;
  FlowState before = state_;
  // The same question has the same answer.
  std::optional<Asked> question = condition < parts.size() ? asked(node, parts[condition]) : std::nullopt;
  const bool again = question && asked_ && clang_equalCursors(asked_->variable, question->variable) && asked_->number == question->number &&
                     c_.tree[asked_->node].parent == c_.tree[node].parent && asked_->node < node && asked_->after == state_ &&
                     isHarmless(c_.tree.endOf(asked_->node), node);
  std::optional<Asked> known = again ? asked_ : std::nullopt;
  std::vector<FlowState> after;
  for (std::size_t i = condition + 1; i < parts.size(); ++i) {
    bool taken = !constant || *constant == (i == condition + 1);
    state_ = taken ? before : unreachable();
    if (known) state_ = (i == condition + 1) == question->equal ? known->yes : known->no;
    visit(parts[i], last);
    after.push_back(state_);
  }
  if (after.size() < 2 && known)
    after.push_back(question->equal ? known->no : known->yes);
  else if (after.size() < 2)
    after.push_back(constant == true ? unreachable() : before);  // no else
  state_ = test ? chosen(*test, after[0], after[1]) : join(after[0], after[1]);
  asked_.reset();
  if (!question) return;
  question->yes = after[question->equal ? 0 : 1];
  question->no = after[question->equal ? 1 : 0];
  question->after = state_;
  asked_ = std::move(question);
}

void Lowering::visitBranchingExpression(NodeId node) {
  std::vector<NodeId> parts = c_.tree.children(node);
  if (parts.empty()) return;
  visit(parts.front(), false);
  FlowState before = state_;
  FlowState after =
      c_.tree[node].kind == CXCursor_ConditionalOperator && parts.size() > 2 ? unreachable() : before;
  for (std::size_t i = 1; i < parts.size(); ++i) {
    state_ = before;
    visit(parts[i], false);
    after = join(after, state_);
  }
  state_ = after;
}

void Lowering::visitLoop(NodeId node) {
  FlowState before = state_;
  auto round = [&] {
    breaks_.push_back(unreachable());
    continues_.push_back(unreachable());
    if (c_.tree[node].kind == CXCursor_CXXForRangeStmt) stepThroughRange(node);
    visitChildren(node);
    state_ = join(state_, continues_.back());
    FlowState out = join(state_, breaks_.back());
    breaks_.pop_back();
    continues_.pop_back();
    return out;
  };
  if (tracks_ && (recording_ || (has_labels_ && breaks_.size() < loopsRepeated))) {
    bool recording = recording_;
    // What the body does reaches its own beginning in the next round.
    recording_ = false;
    FlowState exit = exit_;
    round();
    exit_ = exit;
    recording_ = recording;
    state_ = join(before, state_);
  }
  FlowState out = round();
  state_ = c_.tree[node].kind == CXCursor_DoStmt ? out : join(before, out);
}

void Lowering::visitSwitch(NodeId node) {
  std::vector<NodeId> parts = c_.tree.children(node);
  if (parts.empty()) return;
  NodeId body = parts.back();
  parts.pop_back();
  for (NodeId part : parts) visit(part, false);
  FlowState before = state_;
  switches_.push_back(before);
  breaks_.push_back(unreachable());
  state_ = unreachable();
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
  FlowState before = state_;
  FlowState after = unreachable();
  bool first = true;
  FlowState thrown = before;
  for (NodeId part : c_.tree.children(node)) {
    state_ = first ? before : thrown;
    visit(part, false);
    after = join(after, state_);
    if (first) thrown = changesEnviron(part, c_.tree.endOf(part)) ? join(before, FlowState()) : join(before, state_);
    first = false;
  }
  state_ = after;
}

// Whether all that the function returns is fresh.
void Lowering::noteFresh(NodeId returned) {
  std::set<std::string> from;
  FreshResults results(c_.tree, c_.dataflow, c_.callees, root_);
  fresh_ = fresh_ && results.isFresh(returned, from);
  blank_ = blank_ && results.isBlank();
  if (function_.fresh_from) from.insert(function_.fresh_from->begin(), function_.fresh_from->end());
  function_.fresh_from.reset();
  function_.blank = fresh_ && blank_;
  if (fresh_) function_.fresh_from.emplace(from.begin(), from.end());
}

void Lowering::visitReturn(NodeId node) {
  NodeId value = c_.tree[node].first_child;
  if (value != noNode) {
    visit(value, true);
    CXType result = clang_getCursorResultType(declarationOfInner(root_));
    if (recording_ && clang_getCanonicalType(result).kind == CXType_Pointer) noteFresh(value);
    if (recording_ && holdsEnvironment(result)) {
      EnvironmentValue returned = collapsed(environmentOf(value, node));
      function_.returns = function_.returns ? widest(*function_.returns, returned) : returned;
    }
  }
  endLives(0, true);
  exit_ = join(exit_, state_);
  state_ = unreachable();
}

}  // namespace envleak::analyzer
