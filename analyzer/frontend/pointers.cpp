// Functions whose address is put somewhere, or passed on.
#include "analyzer/frontend/access_path.h"
#include "analyzer/frontend/dataflow.h"
#include "analyzer/frontend/initializers.h"
#include "analyzer/frontend/type_names.h"

#include <algorithm>

namespace envleak::analyzer {

// What a call of an object of the project's reaches.
std::vector<Callable> Dataflow::callablesOf(CXType type) const {
  std::vector<Callable> all;
  for (CXCursor method : callees_.callOperators(type)) all.push_back({callees_.of(method).key, {}, {}});
  return all;
}

// The function, or what is in the variable; none: a function of a library; nullopt: neither.
std::optional<std::vector<Callable>> Dataflow::callablesNamed(CXCursor declaration) const {
  CXCursorKind kind = clang_getCursorKind(declaration);
  std::vector<Callable> all;
  if (kind == CXCursor_FunctionDecl || kind == CXCursor_CXXMethod) {
    const Callee& callee = callees_.of(declaration);
    if (callee.spawns)
      all.push_back({{}, callee.spawns->front().name, {}});
    else if (callee.followed())
      all.push_back({callee.key, {}, {}});
    return all;
  }
  if (!isVariableKind(kind)) return std::nullopt;
  CXType type = clang_getCursorType(declaration);
  all = callablesOf(type);
  if (!all.empty()) return all;
  if (!isFunctionPointer(type)) return std::nullopt;
  all.push_back({{}, {}, callees_.pointerKey(declaration)});
  return all;
}

std::optional<std::vector<Callable>> Dataflow::callables(NodeId expression) const {
  expression = handedThrough(expression);
  if (expression == noNode) return std::nullopt;
  switch (tree_[expression].kind) {
    case CXCursor_DeclRefExpr:
    case CXCursor_MemberRefExpr:
      return callablesNamed(clang_getCursorReferenced(tree_[expression].cursor));
    case CXCursor_LambdaExpr:
    case CXCursor_CallExpr:
    case CXCursor_InitListExpr:  // an object that is made here
      if (std::vector<Callable> all = callablesOf(clang_getCursorType(tree_[expression].cursor)); !all.empty()) return all;
      return std::nullopt;
    case CXCursor_IntegerLiteral:  // NULL, SIG_IGN
    case CXCursor_GNUNullExpr:
    case CXCursor_CXXNullPtrLiteralExpr:
      return std::vector<Callable>();
    case CXCursor_UnaryOperator: {
      CXUnaryOperatorKind op = clang_getCursorUnaryOperatorKind(tree_[expression].cursor);
      if (op != CXUnaryOperator_AddrOf && op != CXUnaryOperator_Deref) return std::nullopt;
      // What a pointer to a variable leads to may change before the call.
      std::optional<std::vector<Callable>> inner = callables(tree_.child(expression, 0));
      if (inner && std::ranges::any_of(*inner, [](const Callable& one) { return !one.from.empty(); })) return std::nullopt;
      return inner;
    }
    case CXCursor_ConditionalOperator: {
      std::vector<NodeId> parts = tree_.expressionChildren(expression);
      if (parts.size() != 3) return std::nullopt;
      std::optional<std::vector<Callable>> all = callables(parts[1]), other = callables(parts[2]);
      if (!all || !other) return std::nullopt;
      all->insert(all->end(), other->begin(), other->end());
      return all;
    }
    default:
      return std::nullopt;
  }
}

// Something that is not known is put there.
void Dataflow::addUnknownPointer(const std::string& pointer) {
  if (pointer.starts_with("v|")) return;
  pointers_.insert({pointer.starts_with("l|") ? pointer : "l|" + pointer, {}, false, "?"});
}

void Dataflow::addPointerTo(CXCursor target, PointerAssignment assignment) {
  assignment.target = callees_.pointerKey(target);
  // What its own function puts in a parameter is there whatever the caller passed.
  if (clang_getCursorKind(target) == CXCursor_ParmDecl) {
    PointerAssignment own = assignment;
    own.target = "l|" + assignment.target;
    pointers_.insert(std::move(own));
  }
  pointers_.insert(std::move(assignment));
}

std::string Dataflow::resultKey(NodeId call) const {
  CXCursor called = calledFunction(call);
  if (!clang_Cursor_isNull(called) && callees_.of(called).followed()) return "r|" + callees_.of(called).key;
  return "e|" + callees_.placeKey(tree_[call].cursor);
}

// Field(value) before a constructor's body.
CXCursor Dataflow::memberInitializedBy(NodeId value) const {
  CXCursor member = clang_getNullCursor();
  for (NodeId child : tree_.children(tree_[value].parent)) {
    if (tree_[child].kind == CXCursor_MemberRef) member = clang_getCursorReferenced(tree_[child].cursor);
    if (child == value) return member;
  }
  return clang_getNullCursor();
}

// A function, or a variable that holds one.
void Dataflow::addPointer(NodeId node) {
  std::optional<std::vector<Callable>> callables = callablesNamed(clang_getCursorReferenced(tree_[node].cursor));
  if (!callables) return;
  for (const Callable& one : *callables) addPointer(node, {{}, one.api.empty() ? one.function : one.api, !one.api.empty(), one.from});
}

// A call that returns a function of the project's choice.
void Dataflow::addReturnedPointer(NodeId call) {
  std::string key = resultKey(call);
  CXType type = clang_getCursorType(tree_[call].cursor);
  if (key.starts_with("r|") && isFunctionPointer(type)) addPointer(call, {{}, {}, false, key});
  if (clang_getCursorKind(calledFunction(call)) == CXCursor_Constructor && handedThrough(call) == tree_.peel(call))
    for (const Callable& one : callablesOf(type)) addPointer(call, {{}, one.function, false, {}});
}

void Dataflow::addPointer(NodeId value, PointerAssignment assignment) {
  // A way that is not followed: it may be called from anywhere.
  auto lost = [&] {
    if (!assignment.api && !assignment.function.empty()) address_taken_.insert(assignment.function);
  };
  bool address = false;
  for (NodeId above = tree_[value].parent; above != noNode; value = above, above = tree_[above].parent) {
    switch (tree_[above].kind) {
      case CXCursor_VarDecl:
      case CXCursor_ParmDecl:  // a default argument
        if (!callees_.callOperators(clang_getCursorType(tree_[above].cursor)).empty()) return;  // the type says it
        assignment.target = callees_.pointerKey(tree_[above].cursor);
        pointers_.insert(assignment);
        return;
      case CXCursor_BinaryOperator: {
        if (clang_getCursorBinaryOperatorKind(tree_[above].cursor) != CXBinaryOperator_Assign ||
            tree_.child(above, 1) != value)
          return lost();
        NodeId left = tree_.peel(tree_.child(above, 0));
        CXCursor target = tree_.declarationOf(left);
        if (!isVariableKind(clang_getCursorKind(target)))
          if (std::optional<AccessPath> path = accessPath(tree_, left))
            target = clang_Cursor_isNull(path->last) ? path->base : path->last;
        if (!isVariableKind(clang_getCursorKind(target))) return lost();
        return addPointerTo(target, assignment);
      }
      case CXCursor_LambdaExpr:  // captured
      case CXCursor_Constructor: {
        CXCursor member = memberInitializedBy(value);
        if (clang_Cursor_isNull(member)) return tree_[above].kind == CXCursor_LambdaExpr ? void() : lost();
        return addPointerTo(member, assignment);
      }
      case CXCursor_CallExpr: {
        CXCursor called = calledFunction(above);
        const bool constructor = clang_getCursorKind(called) == CXCursor_Constructor;
        if (handedThrough(above) != tree_.peel(above)) break;
        if (!constructor && tree_[above].first_child == value) {  // it is called here
          if (tree_[tree_.calleeExpression(above)].kind != CXCursor_CallExpr) return;
          assignment.target = resultKey(tree_.calleeExpression(above));
          pointers_.insert(assignment);
          return;
        }
        std::vector<NodeId> operands = tree_.arguments(above);
        if (!clang_Cursor_isNull(called) && spellingOf(called) == "operator=" && operands.size() == 2) {
          if (value == operands.front()) return;
          CXCursor target = tree_.declarationOf(operands.front());
          return isVariableKind(clang_getCursorKind(target)) ? addPointerTo(target, assignment) : lost();
        }
        if (!clang_Cursor_isNull(called) && spellingOf(called) == "operator()" && !operands.empty() && value == operands.front()) return;
        if (clang_Cursor_isNull(called) || !callees_.of(called).followed()) return lost();
        if (callees_.of(called).library) lost();
        std::vector<NodeId> arguments = tree_.arguments(above);
        for (unsigned i = 0; i < arguments.size(); ++i)
          if (arguments[i] == value) {
            assignment.target = "p" + std::to_string(i) + "|" + callees_.of(called).key;
            pointers_.insert(assignment);
            if (address && !assignment.from.empty()) {  // and what the function puts there
              std::swap(assignment.target, assignment.from);
              pointers_.insert(assignment);
            }
          }
        return;
      }
      case CXCursor_InitListExpr: {
        CXType type = clang_getCanonicalType(clang_getCursorType(tree_[above].cursor));
        if (type.kind != CXType_Record) break;  // an array: the place is further up
        CXCursor field = clang_getNullCursor();
        for (const FieldInitializer& one : fieldInitializers(tree_, above))
          if (value <= one.value && one.value < tree_.endOf(value)) field = one.field;
        if (clang_Cursor_isNull(field)) return lost();
        assignment.target = callees_.pointerKey(field);
        pointers_.insert(assignment);
        return;
      }
      case CXCursor_UnaryOperator:
        if (clang_getCursorUnaryOperatorKind(tree_[above].cursor) != CXUnaryOperator_AddrOf) break;
        address = true;
        if (!assignment.from.empty()) addUnknownPointer(assignment.from);
        break;
      case CXCursor_ReturnStmt: {
        NodeId root = above;
        while (tree_[root].parent != noNode && tree_[root].kind != CXCursor_LambdaExpr) root = tree_[root].parent;
        std::vector<Callable> lambda = tree_[root].kind == CXCursor_LambdaExpr ? callablesOf(clang_getCursorType(tree_[root].cursor)) : std::vector<Callable>();
        if (!isFunctionKind(tree_[root].kind) && lambda.empty()) return lost();
        assignment.target = "r|" + (lambda.empty() ? callees_.functionKey(tree_[root].cursor) : lambda.front().function);
        pointers_.insert(assignment);
        return;
      }
      case CXCursor_ConditionalOperator:
        break;
      default:
        if (!clang_isExpression(tree_[above].kind)) return lost();
    }
  }
}

}  // namespace envleak::analyzer
