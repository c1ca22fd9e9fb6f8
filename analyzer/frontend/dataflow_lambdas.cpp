// Lambdas in the data flow: they stand in the tree of the function around them and share its variables.
#include "analyzer/frontend/dataflow.h"
#include "analyzer/frontend/type_names.h"

#include <algorithm>

namespace envleak::analyzer {

// Behind the parameters of the root those of what stands in it, so that each number means one of them.
void Dataflow::addInnerParameters(NodeId root) {
  unsigned next = 0;
  for (NodeId child : tree_.children(root)) next += isFunctionKind(tree_[root].kind) && tree_[child].kind == CXCursor_ParmDecl ? 1 : 0;
  for (NodeId at = root + 1, end = tree_.endOf(root); at < end; ++at) {
    if (tree_[at].kind != CXCursor_LambdaExpr && !isFunctionKind(tree_[at].kind)) continue;
    first_parameters_[at] = next;
    for (NodeId child : tree_.children(at)) {
      if (tree_[child].kind != CXCursor_ParmDecl) continue;
      Variable& parameter = variable(tree_[child].cursor);
      if (parameter.parameter >= 0) {  // a class that is defined with a variable stands there twice
        first_parameters_[at] = std::min(first_parameters_[at], static_cast<unsigned>(parameter.parameter));
        continue;
      }
      parameter.parameter = static_cast<int>(next++);
      parameter.record = canHaveFields(clang_getCursorType(tree_[child].cursor));
    }
  }
}

unsigned Dataflow::firstParameter(NodeId inner) const {
  auto found = first_parameters_.find(inner);
  return found == first_parameters_.end() ? 0 : found->second;
}

namespace {

// Is it the expression, or that without what converts it?
bool isConverted(CXCursor expression, CXCursor inner) {
  for (int wrapped = 0; wrapped < 8; ++wrapped) {
    if (isSame(expression, inner)) return true;
    if (clang_getCursorKind(expression) != CXCursor_UnexposedExpr) return false;
    CXCursor only = clang_getNullCursor();
    clang_visitChildren(
        expression,
        [](CXCursor child, CXCursor, CXClientData data) {
          *static_cast<CXCursor*>(data) = child;
          return CXChildVisit_Break;
        },
        &only);
    if (clang_Cursor_isNull(only)) return false;
    expression = only;
  }
  return false;
}

}  // namespace

void Dataflow::addLambda(NodeId lambda) {
  // [copy = value]: libclang shows the value, without its conversions, but not the variable.
  std::vector<NodeId> values = tree_.expressionChildren(lambda);
  for (NodeId at = lambda, end = tree_.endOf(lambda); at < end && !values.empty(); ++at) {
    if (tree_[at].kind != CXCursor_DeclRefExpr) continue;
    CXCursor named = clang_getCursorReferenced(tree_[at].cursor);
    if (clang_getCursorKind(named) != CXCursor_VarDecl) continue;
    CXCursor initializer = clang_Cursor_getVarDeclInitializer(named);
    if (clang_Cursor_isNull(initializer)) continue;
    for (NodeId value : values) {
      if (!isConverted(initializer, tree_[value].cursor) || variable(named).initializer != noNode) continue;
      Variable& copy = variable(named);
      copy.initializer = value;
      addAlias(value, named);
      flow(copy.cells[{}], value);
      if (std::optional<std::vector<Callable>> all = callables(value); all && isFunctionPointer(clang_getCursorType(named)))
        for (const Callable& one : *all)
          addPointerTo(named, {{}, one.api.empty() ? one.function : one.api, !one.api.empty(), one.from});
    }
  }
  for (const Callable& callable : callablesOf(clang_getCursorType(tree_[lambda].cursor))) addPointer(lambda, {{}, callable.function, false, {}});
}

bool Dataflow::isPassedOn(const std::string& function) const {
  if (address_taken_.contains(function)) return true;
  return std::ranges::any_of(pointers_, [&](const PointerAssignment& one) { return !one.api && one.function == function; });
}

std::string Dataflow::calledName(NodeId call) const {
  CXCursor called = calledFunction(call);
  if (!clang_Cursor_isNull(called)) return spellingOf(called);
  NodeId callee = tree_.calleeExpression(call);
  return callee == noNode ? std::string() : spellingOf(clang_getCursorReferenced(tree_[callee].cursor));
}

NodeId Dataflow::handedThrough(NodeId expression) const {
  for (expression = tree_.peel(expression); expression != noNode && tree_[expression].kind == CXCursor_CallExpr;) {
    std::vector<NodeId> arguments = tree_.arguments(expression);
    if (arguments.empty() || arguments.front() == noNode) break;
    CXCursor called = calledFunction(expression);
    bool constructor = clang_getCursorKind(called) == CXCursor_Constructor;
    CXType type = clang_getCursorType(tree_[expression].cursor);
    bool copies = constructor && arguments.size() == 1 &&
                  (isCallableObject(type) || !callees_.callOperators(type).empty()) &&
                  (isCallableObject(type) || clang_CXXConstructor_isCopyConstructor(called) != 0 || clang_CXXConstructor_isMoveConstructor(called) != 0);
    bool passes = !constructor && !tree_.isMemberCall(expression) && arguments.size() == 1 &&
                  isAnyOf(calledName(expression), {"move", "forward", "ref", "cref", "as_const", "move_if_noexcept"});
    if (!copies && !passes) break;
    expression = tree_.peel(arguments.front());
  }
  return expression;
}

}  // namespace envleak::analyzer
