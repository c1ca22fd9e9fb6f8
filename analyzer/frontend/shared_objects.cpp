// Uses of an object after which it may be changed by another name: its address is kept, or given to a function.
#include "analyzer/frontend/access_path.h"
#include "analyzer/frontend/dataflow.h"
#include "analyzer/frontend/initializers.h"
#include "analyzer/frontend/type_names.h"

#include <algorithm>

namespace envleak::analyzer {
namespace {

constexpr std::size_t namesFollowed = 16;  // of one object

bool isReference(CXType type) {
  CXTypeKind kind = clang_getCanonicalType(type).kind;
  return kind == CXType_LValueReference || kind == CXType_RValueReference;
}

CXType elementOf(CXType type) {
  type = clang_getCanonicalType(type);
  while (type.kind == CXType_ConstantArray || type.kind == CXType_IncompleteArray || type.kind == CXType_VariableArray)
    type = clang_getCanonicalType(clang_getArrayElementType(type));
  return type;
}

bool isArray(CXType type) { return elementOf(type).kind != clang_getCanonicalType(type).kind; }

bool isRecord(CXType type) { return type.kind == CXType_Record && !isStringText(type); }

bool isInsideLambda(const SyntaxTree& tree, NodeId node, CXCursor declaration) {
  unsigned declared = 0, begins = 0;
  clang_getSpellingLocation(clang_getCursorLocation(declaration), nullptr, nullptr, nullptr, &declared);
  for (; node != noNode; node = tree[node].parent) {
    if (tree[node].kind != CXCursor_LambdaExpr) continue;
    clang_getSpellingLocation(clang_getCursorLocation(tree[node].cursor), nullptr, nullptr, nullptr, &begins);
    if (declared < begins) return true;
  }
  return false;
}

bool hasReferences(CXType record) {
  return std::ranges::any_of(fieldsOf(record), [](CXCursor field) { return isReference(clang_getCursorType(field)); });
}

}  // namespace

bool Dataflow::isOtherName(CXCursor declaration) const {
  CXType type = clang_getCursorType(declaration);
  CXTypeKind kind = clang_getCanonicalType(type).kind;
  bool leads = kind == CXType_LValueReference || kind == CXType_RValueReference || (kind == CXType_Pointer && canHaveFields(type));
  const Variable* variable = leads ? find(declaration) : nullptr;
  return variable && variable->parameter < 0 && variable->initializer != noNode && !variable->modified &&
         variable->assigned.empty() && variable->range == noNode;
}

Dataflow::Sharing Dataflow::sharingOf(CXCursor declaration) const {
  Sharing sharing;
  std::vector<CXCursor> names{declaration};
  for (std::size_t i = 0; i < names.size(); ++i) {
    const Variable* one = find(names[i]);
    if (!one) continue;
    sharing.shared |= one->shared || i == namesFollowed;
    if (sharing.shared) break;
    for (const Variable::Given& given : one->given)
      if (std::ranges::find(sharing.given, given) == sharing.given.end()) sharing.given.push_back(given);
    for (CXCursor name : one->object_names)
      if (std::ranges::none_of(names, [&](CXCursor known) { return clang_equalCursors(known, name) != 0; })) names.push_back(name);
  }
  return sharing;
}

bool Dataflow::sharesObject(NodeId root) const {
  auto found = objects_.find(root);
  return found != objects_.end() && found->second.shared;
}

bool Dataflow::isFresh(CXCursor declaration) const {
  const Variable* variable = find(declaration);
  if (!variable || variable->parameter >= 0 || variable->range != noNode || !variable->escapes.empty()) return false;
  if (isArray(clang_getCursorType(declaration))) return false;  // of pointers
  std::vector<NodeId> sources = variable->assigned;
  if (variable->initializer != noNode) sources.push_back(variable->initializer);
  return std::ranges::all_of(sources, [&](NodeId source) {
    if (tree_.isNull(source)) return true;
    NodeId inner = tree_.peel(source);
    if (inner == noNode) return false;
    if (tree_[inner].kind == CXCursor_CXXNewExpr)  // new (place) T is not
      return std::ranges::none_of(tree_.expressionChildren(inner), [&](NodeId child) {
        CXTypeKind kind = clang_getCanonicalType(clang_getCursorType(tree_[child].cursor)).kind;
        return tree_[child].kind != CXCursor_CallExpr && (kind == CXType_Pointer || kind == CXType_ConstantArray);
      });
    if (tree_[inner].kind != CXCursor_CallExpr) return false;
    std::string name = spellingOf(calledFunction(inner));
    return callees_.knowledge().allocates(name) || isAnyOf(name, {"make_unique", "make_shared"});
  });
}

void Dataflow::addSharing(NodeId root) {
  bool has_lambdas = false;
  for (NodeId at = root, end = tree_.endOf(root); at < end; ++at) has_lambdas |= tree_[at].kind == CXCursor_LambdaExpr;
  for (NodeId at = root, end = tree_.endOf(root); at < end; ++at) {
    if (tree_[at].kind == CXCursor_CXXThisExpr) {
      addSharing(at, object(at));
      continue;
    }
    if (tree_[at].kind != CXCursor_DeclRefExpr) continue;
    CXType type = clang_getCanonicalType(clang_getCursorType(tree_[at].cursor));
    if (type.kind == CXType_Pointer) type = clang_getCanonicalType(clang_getPointeeType(type));
    CXType element = elementOf(type);
    if (!isRecord(element) && element.kind != CXType_Void && element.kind != CXType_Pointer) continue;
    CXCursor named = clang_getCursorReferenced(tree_[at].cursor);
    CXCursorKind kind = clang_getCursorKind(named);
    if (kind != CXCursor_VarDecl && kind != CXCursor_ParmDecl) continue;
    Variable& used = variable(named);
    if (used.shared) continue;
    if (has_lambdas && isInsideLambda(tree_, at, named)) {
      used.shared = true;
      continue;
    }
    addSharing(at, used);
  }
}

void Dataflow::addSharing(NodeId node, Variable& object) {
  CXType type = clang_getCursorType(tree_[node].cursor);
  bool address = clang_getCanonicalType(type).kind == CXType_Pointer;
  bool handle = isObjectHandle(type);
  bool iterator = false;
  auto share = [&] { object.shared = true; };
  NodeId value = node;
  for (NodeId above = tree_[node].parent; above != noNode; value = above, above = tree_[above].parent) {
    CXCursor cursor = tree_[above].cursor;
    CXCursorKind kind = tree_[above].kind;
    address = address || isArray(clang_getCursorType(tree_[value].cursor));
    bool leads = address || iterator;
    switch (kind) {
      case CXCursor_UnexposedExpr:
      case CXCursor_ParenExpr:
        if (tree_.expressionChildren(above).size() > 1 && leads) return share();
        break;
      case CXCursor_CStyleCastExpr:
      case CXCursor_CXXStaticCastExpr:
      case CXCursor_CXXConstCastExpr:
      case CXCursor_CXXReinterpretCastExpr:
      case CXCursor_CXXDynamicCastExpr:
      case CXCursor_CXXFunctionalCastExpr: {
        CXType to = clang_getCursorType(cursor);
        if (leads && isArithmetic(to)) return share();  // a number that was a pointer
        if (leads && pointsToMutable(to) && !pointsToMutable(clang_getCursorType(tree_[value].cursor)) && !isArray(clang_getCursorType(tree_[value].cursor)))
          return share();
        break;
      }
      case CXCursor_ArraySubscriptExpr:
        if (tree_.child(above, 0) != value) return;
        address = handle = false;
        break;
      case CXCursor_UnaryOperator: {
        CXUnaryOperatorKind op = clang_getCursorUnaryOperatorKind(cursor);
        if (op == CXUnaryOperator_LNot || op == CXUnaryOperator_Not || op == CXUnaryOperator_Minus) return;
        if (op == CXUnaryOperator_Deref) address = handle = false;
        if (op == CXUnaryOperator_AddrOf) address = true;
        break;
      }
      case CXCursor_BinaryOperator: {
        CXBinaryOperatorKind op = clang_getCursorBinaryOperatorKind(cursor);
        if (op == CXBinaryOperator_PtrMemD || op == CXBinaryOperator_PtrMemI) return share();
        if (op == CXBinaryOperator_Add || op == CXBinaryOperator_Sub) break;
        if (op == CXBinaryOperator_Comma) return tree_.child(above, 1) == value && leads ? share() : void();
        if (op != CXBinaryOperator_Assign || tree_.child(above, 1) != value) return;
        CXCursor target = tree_.declarationOf(tree_.child(above, 0));
        if (!clang_Cursor_isNull(target) && clang_equalCursors(target, tree_.declarationOf(value)) != 0) return;
        return leads || handle ? share() : void();
      }
      case CXCursor_ConditionalOperator:
        if (tree_.child(above, 0) == value) return;
        return leads || isRecord(elementOf(clang_getCursorType(cursor))) ? share() : void();
      case CXCursor_VarDecl: {
        bool named = leads || isReference(clang_getCursorType(cursor));
        if (!named) return handle ? share() : void();
        std::optional<AccessPath> path = iterator ? std::nullopt : accessPath(tree_, value);
        if (!path || !isOtherName(cursor)) return share();
        object.object_names.push_back(cursor);
        return;
      }
      case CXCursor_UnexposedDecl:  // auto& [a, b] = object
        return share();
      case CXCursor_CXXForRangeStmt:
        return share();
      case CXCursor_MemberRefExpr: {
        CXCursor member = clang_getCursorReferenced(cursor);
        if (clang_getCursorKind(member) != CXCursor_FieldDecl) break;  // a method: told from its call above
        CXType field = clang_getCursorType(cursor);
        address = handle = false;
        if (isRecord(elementOf(field)) || isReference(field)) break;
        // Of a part that is no object only the address leads to it.
        NodeId outer = tree_[above].parent, inner = above;
        while (outer != noNode && (tree_[outer].kind == CXCursor_ParenExpr || tree_[outer].kind == CXCursor_UnexposedExpr)) {
          inner = outer;
          outer = tree_[outer].parent;
        }
        bool taken = outer != noNode && tree_[outer].kind == CXCursor_UnaryOperator &&
                     clang_getCursorUnaryOperatorKind(tree_[outer].cursor) == CXUnaryOperator_AddrOf;
        bool bound = outer != noNode && tree_[outer].kind == CXCursor_VarDecl && isReference(clang_getCursorType(tree_[outer].cursor));
        if (!taken && !bound) return;
        above = inner;
        break;
      }
      case CXCursor_CallExpr: {
        CXCursor called = calledFunction(above);
        NodeId callee = tree_.calleeExpression(above);
        bool constructs = clang_getCursorKind(called) == CXCursor_Constructor;
        if (!constructs && callee != noNode && tree_[callee].kind != CXCursor_MemberRefExpr && tree_[above].first_child == value)
          return;  // it is called
        bool receiver = tree_.isMemberCall(above) && tree_[above].first_child == value;
        std::string name = spellingOf(called);
        CXType result = clang_getCursorResultType(called);
        if (receiver || (name.starts_with("operator") && !tree_.arguments(above).empty() && tree_.arguments(above).front() == value)) {
          if (pointsInto(name)) {
            iterator = isIteratorMethod(name);
            address = clang_getCanonicalType(result).kind == CXType_Pointer;
            handle = false;
            break;
          }
          if (clang_Cursor_isNull(called)) return share();
          if (callees_.of(called).project) object.given.push_back({callees_.of(called).key, thisPort});
          // What it returns may be the object.
          NodeId user = tree_[above].parent;
          bool used = user != noNode && (clang_isExpression(tree_[user].kind) || tree_[user].kind == CXCursor_VarDecl);
          if (receiver && used && pointsToMutable(result) && isRecord(clang_getCanonicalType(clang_getPointeeType(clang_getCanonicalType(result)))))
            share();
          return;
        }
        return addGiven(above, value, leads, handle, object);
      }
      case CXCursor_InitListExpr:
        return leads || handle || hasReferences(clang_getCursorType(cursor)) ? share() : void();
      case CXCursor_CompoundLiteralExpr:
      case CXCursor_CXXNewExpr:
        return leads || handle ? share() : void();
      case CXCursor_Constructor:  // an initialiser of a member
        return leads || handle || isRecord(elementOf(clang_getCursorType(tree_[value].cursor))) ? share() : void();
      case CXCursor_ReturnStmt: {
        if (tree_[node].kind == CXCursor_CXXThisExpr) return;  // the calls see to it
        NodeId root = above;
        while (tree_[root].parent != noNode) root = tree_[root].parent;
        return leads || handle || isReference(clang_getCursorResultType(tree_[root].cursor)) ? share() : void();
      }
      case CXCursor_CompoundStmt:
        if (tree_[tree_[above].parent].kind != CXCursor_StmtExpr || tree_[above].last_child != value) return;
        return leads ? share() : void();
      case CXCursor_GCCAsmStmt:
      case CXCursor_MSAsmStmt:
        return share();
      default:
        return;
    }
  }
}

// f(&object)
void Dataflow::addGiven(NodeId call, NodeId value, bool leads, bool handle, Variable& object) {
  CXCursor called = calledFunction(call);
  auto share = [&] { object.shared = true; };
  std::vector<NodeId> arguments = tree_.arguments(call);
  auto at = std::ranges::find(arguments, value);
  if (at == arguments.end()) return;
  auto index = static_cast<unsigned>(at - arguments.begin());
  bool object_first = clang_getCursorKind(called) == CXCursor_CXXMethod && !tree_.isMemberCall(call) && index > 0;
  if (object_first) --index;  // a + b, a(b)
  if (clang_Cursor_isNull(called)) {
    if (leads || handle) share();
    return;
  }
  CXType type = clang_getCursorType(called);
  bool written = index < static_cast<unsigned>(std::max(0, clang_getNumArgTypes(type)));
  bool by_reference = written && isReference(clang_getArgType(type, index));
  bool constructs = clang_getCursorKind(called) == CXCursor_Constructor;
  CXType given = clang_getCursorType(tree_[value].cursor);
  if (constructs && arguments.size() == 1 &&
      clang_equalTypes(clang_getUnqualifiedType(clang_getCanonicalType(given)),
                       clang_getUnqualifiedType(clang_getCanonicalType(clang_getCursorType(tree_[call].cursor)))) != 0) {
    if (handle) share();  // a copy of the handle
    return;
  }
  if (!leads && !handle && !by_reference) return;
  const Callee& callee = callees_.of(called);
  if (isAnyOf(callee.name, {"move", "forward", "as_const"}) && !callee.project) {
    // As the object itself.
    NodeId user = tree_[call].parent;
    if (user != noNode && tree_[user].kind == CXCursor_VarDecl && isReference(clang_getCursorType(tree_[user].cursor))) share();
    return;
  }
  if (callee.project && written) {
    object.given.push_back({callee.key, index});
    return;
  }
  if (callee.project) return share();  // behind "..."
  // A library of C knows the program's structures only where it calls back.
  bool is_c = take(clang_getCursorUSR(called)) == "c:@F@" + callee.name;
  bool calls_back = std::ranges::any_of(arguments, [&](NodeId argument) {
    return argument != noNode && isFunctionPointer(clang_getCursorType(tree_[tree_.peel(argument)].cursor));
  });
  if (callee.name == "operator=" && handle) return share();
  bool compares_or_swaps = callee.name == "swap" || callee.name.starts_with("operator");
  if ((!is_c && !compares_or_swaps) || calls_back) share();
}

}  // namespace envleak::analyzer
