// What stands in a function and is one of its own: lambdas, methods of local classes.
#include "analyzer/frontend/lambda_ports.h"
#include "analyzer/frontend/lowering.h"
#include "analyzer/frontend/type_names.h"

#include <algorithm>

namespace envleak::analyzer {
namespace {

constexpr int lambdasGoneThrough = 2;  // within each other, to learn what they change

}  // namespace

// [&, copy], [=, &name]. A list that a macro made is not read: by reference, which tells less.
bool Lowering::Inner::isCopied(const std::string& variable) const {
  if (captures.empty() || variable.empty() || variable == "this") return false;
  bool copies = false;
  for (std::size_t at = 0; at <= captures.size();) {
    std::size_t end = std::min(captures.find(',', at), captures.size());
    std::string one = captures.substr(at, end - at);
    std::erase_if(one, [](unsigned char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; });
    if (one == "&" + variable) return false;
    if (one == variable) return true;
    copies |= one == "=";
    at = end + 1;
  }
  return copies;
}

std::string Lowering::captureList(NodeId lambda) const {
  FilePlace start = c_.files.startOf(c_.tree[lambda].cursor);
  std::string_view text = c_.files.text(start.file);
  if (start.offset >= text.size() || text[start.offset] != '[') return {};
  std::size_t end = text.find(']', start.offset);
  return end == std::string_view::npos ? std::string() : std::string(text.substr(start.offset + 1, end - start.offset - 1));
}

void Lowering::visitNested(NodeId node) {
  const bool lambda = c_.tree[node].kind == CXCursor_LambdaExpr;
  if (lambda) {
    for (NodeId child : c_.tree.expressionChildren(node)) visit(child, false);
  } else if (!clang_isCursorDefinition(c_.tree[node].cursor)) {
    return;
  }
  auto [found, added] = inner_.try_emplace(node);
  Inner& inner = found->second;
  if (added) {
    inner.root = node;
    inner.name = name_ + (lambda ? "::(lambda)" : "::" + spellingOf(c_.tree[node].cursor));
    inner.environ_escapes = environ_escapes_;
    inner.depth = depth_ + 1;
    if (lambda) {
      inner.within = function_.within.empty() ? function_.key : function_.within;
      inner.captures = captureList(node);
    }
  }
  if (!lambda) return;
  enter(inner, true);
  if (mentionsEnvironments(node)) findEffects(inner);
  std::string key = keyOfInner(node);
  if (recording_ && c_.dataflow.isPassedOn(key)) {
    FilePlace start = c_.files.startOf(c_.tree[node].cursor);
    Call made;
    made.file = c_.files.indexOf(start.file);
    made.line = start.line;
    made.column = start.column;
    made.end_line = c_.files.endOf(c_.tree[node].cursor).line;
    made.callee = "a lambda that is made";
    made.function = name_;
    made.makes = true;
    made.functions.push_back(key);
    function_.calls.push_back(std::move(made));
  }
}

CXCursor Lowering::declarationOfInner(NodeId node) const {
  if (c_.tree[node].kind != CXCursor_LambdaExpr) return c_.tree[node].cursor;
  const std::vector<CXCursor>& operators = c_.callees.callOperators(clang_getCursorType(c_.tree[node].cursor));
  return operators.empty() ? clang_getNullCursor() : operators.front();
}

std::string Lowering::keyOfInner(NodeId node) const {
  CXCursor declaration = declarationOfInner(node);
  // Without its class, as errors leave it.
  return clang_Cursor_isNull(declaration) ? "i|" + c_.callees.placeKey(c_.tree[node].cursor) : c_.callees.functionKey(declaration);
}

// The name of the variable that the place is or is part of.
std::string Lowering::variableOf(const Place& place) const {
  if (place.root != Place::Root::parameter) return place.base.substr(place.base.rfind('@') + 1);
  if (place.port.parameter == thisPort) return "this";
  bool own = place.port.parameter >= first_ && place.port.parameter - first_ < function_.parameter_names.size();
  return own ? function_.parameter_names[place.port.parameter - first_] : std::string();
}

// What the lambda finds when it is called: a copy as it was made, of the rest anything that was there since.
void Lowering::enter(Inner& inner, bool made) {
  if (!state_.reachable()) return;
  for (const auto& [key, held] : state_.held) {
    if (!made && inner.isCopied(variableOf(held.place))) continue;
    EnvironmentState state;
    state.value = collapsed(held.state);
    auto [found, added] = inner.entry.held.try_emplace(key, FlowState::Held{held.place, state, held.object});
    if (!added || !made) found->second.state = join(added ? initial(held.place) : found->second.state, state);
  }
}

// Does it name a variable around it, or a field of the object, that may hold an environment?
bool Lowering::mentionsEnvironments(NodeId lambda) const {
  for (NodeId at = lambda; at < c_.tree.endOf(lambda); ++at) {
    CXCursorKind kind = c_.tree[at].kind;
    if (kind != CXCursor_DeclRefExpr && kind != CXCursor_MemberRefExpr && kind != CXCursor_CXXThisExpr) continue;
    CXType type = clang_getCursorType(c_.tree[at].cursor);
    if (kind == CXCursor_CXXThisExpr || holdsEnvironment(type) || containsEnvironment(type)) return true;
  }
  return false;
}

// What a call of the lambda may put in the places of the function around it.
void Lowering::findEffects(Inner& inner) {
  if (!state_.reachable()) return;
  std::map<std::string, FlowState::Held> effects;
  if (inner.depth > lambdasGoneThrough) {
    for (const auto& [key, held] : state_.held) {
      EnvironmentState state;
      state.value = {EnvironmentValue::Kind::unknown, 0, {}, "'" + held.place.name + "' may be changed by a lambda"};
      effects.insert_or_assign(key, FlowState::Held{held.place, state, held.object});
    }
  } else {
    Lowering trial(c_, inner);
    trial.recording_ = trial.records_ = false;
    trial.run();
    for (const auto& [key, held] : trial.exit_.held) {
      EnvironmentState state;
      state.value = collapsed(held.state);
      if (state != inner.entry.at(held.place)) effects.insert_or_assign(key, FlowState::Held{held.place, state, held.object});
    }
  }
  for (auto& [key, held] : effects) {
    auto [found, added] = inner.effects.try_emplace(key, held);
    if (!added) found->second.state = join(found->second.state, held.state);
  }
}

// A call may come to the lambdas that were made before.
void Lowering::lambdasMayRun() {
  for (auto& [node, inner] : inner_) {
    if (c_.tree[node].kind != CXCursor_LambdaExpr) continue;
    if (state_.reachable())
      for (const auto& [key, effect] : inner.effects) {
        auto [found, added] = state_.held.try_emplace(key, FlowState::Held{effect.place, initial(effect.place), effect.object});
        found->second.state = join(found->second.state, effect.state);
      }
    enter(inner, false);
  }
}

std::vector<Lowering::Inner> Lowering::inner() const {
  std::vector<Inner> all;
  for (const auto& [node, inner] : inner_) all.push_back(inner);
  return all;
}

void Lowering::beginInner(const Inner& inner) {
  function_.within = inner.within;
  function_.name = name_ = inner.name;
  environ_escapes_ = inner.environ_escapes;
  depth_ = inner.depth;
  first_ = c_.dataflow.firstParameter(root_);
  function_.first = inner.within.empty() ? 0 : first_;
  state_.held = inner.entry.held;
}

void Lowering::numberOwnPorts(std::size_t cells_before) {
  if (!is_inner_ && inner_.empty()) return;
  OwnPorts ports(first_, function_.parameters, is_inner_);
  ports.renumber(function_);
  for (std::size_t i = cells_before; i < c_.summary.cells.size(); ++i) ports.renumber(c_.summary.cells[i].value);
}

}  // namespace envleak::analyzer
