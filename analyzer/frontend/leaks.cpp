// Uses of a variable after which its content may be changed where the data flow does not look.
#include "analyzer/frontend/access_path.h"
#include "analyzer/frontend/dataflow.h"
#include "analyzer/frontend/initializers.h"
#include "analyzer/frontend/type_names.h"

namespace envleak::analyzer {
namespace {

bool isCharacterArray(CXType type) { return type.kind == CXType_ConstantArray && isCharacterPointer(type); }

// Strings by themselves are only followed to a place that may replace them: &text, a reference.
enum class Tracked { no, address, content };

Tracked trackedAs(CXType type) {
  CXType plain = clang_getCanonicalType(withoutReference(type));
  if (isStringArray(plain) || isStringObject(plain)) return Tracked::content;
  if (isCharacterArray(plain)) return isConstant(plain) ? Tracked::no : Tracked::content;
  if (plain.kind == CXType_Pointer) return isCharacterPointer(plain) ? Tracked::address : Tracked::no;
  return Tracked::no;
}

bool isReference(CXType type) { return clang_getCanonicalType(type).kind == CXType_LValueReference; }

}  // namespace

bool Dataflow::isGivenOut(NodeId left, NodeId right) const {
  left = tree_.peel(left);
  if (left == noNode || !isStringArray(clang_getCursorType(tree_[left].cursor))) return false;
  bool first = tree_[left].kind == CXCursor_UnaryOperator &&
               clang_getCursorUnaryOperatorKind(tree_[left].cursor) == CXUnaryOperator_Deref;
  CXCursor target = first ? tree_.declarationOf(tree_.child(left, 0)) : clang_getNullCursor();
  CXCursor array = tree_.declarationOf(right);
  return clang_getCursorKind(target) == CXCursor_ParmDecl && clang_getCursorKind(array) == CXCursor_VarDecl &&
         clang_Cursor_hasVarDeclGlobalStorage(array) != 1 && isStringArray(clang_getCursorType(array));
}

// Does the value of an assignment go on from here?
bool Dataflow::handsOn(NodeId above) const {
  switch (tree_[above].kind) {
    case CXCursor_BinaryOperator:
      return clang_getCursorBinaryOperatorKind(tree_[above].cursor) == CXBinaryOperator_Assign;
    case CXCursor_UnaryOperator:
      return clang_getCursorUnaryOperatorKind(tree_[above].cursor) != CXUnaryOperator_LNot;
    case CXCursor_VarDecl:
    case CXCursor_CallExpr:
    case CXCursor_ReturnStmt:
    case CXCursor_InitListExpr:
    case CXCursor_ConditionalOperator:
    case CXCursor_ArraySubscriptExpr:
      return true;
    default:
      return false;
  }
}

std::string Dataflow::keptAt(NodeId node) const {
  NodeId value = node;
  bool element = false;  // one element is meant, not the whole
  for (NodeId above = tree_[node].parent; above != noNode; value = above, above = tree_[above].parent) {
    CXCursor cursor = tree_[above].cursor;
    auto cellOfField = [&](const std::vector<FieldInitializer>& fields) -> std::string {
      for (const FieldInitializer& one : fields)
        if (one.value >= value && one.value < tree_.endOf(value)) return element ? std::string() : entriesCell(callees_.pointerKey(one.field));
      return {};
    };
    if (isTransparent(tree_[above].kind)) continue;
    switch (tree_[above].kind) {
      case CXCursor_StmtExpr:
      case CXCursor_CompoundStmt:
        if (tree_[above].kind == CXCursor_CompoundStmt && tree_[tree_[above].parent].kind != CXCursor_StmtExpr) return {};
        break;
      case CXCursor_ArraySubscriptExpr:
        if (tree_.child(above, 0) != value) return {};
        element = true;
        break;
      case CXCursor_UnaryOperator: {
        CXUnaryOperatorKind op = clang_getCursorUnaryOperatorKind(cursor);
        if (op == CXUnaryOperator_Deref) element = true;
        if (op == CXUnaryOperator_AddrOf) element = false;
        if (op == CXUnaryOperator_LNot) return {};
        break;
      }
      case CXCursor_BinaryOperator: {
        CXBinaryOperatorKind op = clang_getCursorBinaryOperatorKind(cursor);
        if (op == CXBinaryOperator_Add || op == CXBinaryOperator_Sub) break;
        if (op == CXBinaryOperator_Comma && tree_.child(above, 1) == value) break;
        if (op != CXBinaryOperator_Assign || tree_.child(above, 1) != value || element) return {};
        CXCursor target = tree_.declarationOf(tree_.child(above, 0));
        bool field = clang_getCursorKind(target) == CXCursor_FieldDecl;
        bool global = clang_getCursorKind(target) == CXCursor_VarDecl && clang_Cursor_hasVarDeclGlobalStorage(target) == 1;
        return (field || global) && !callees_.isEnviron(target) ? entriesCell(callees_.pointerKey(target)) : std::string();
      }
      case CXCursor_ConditionalOperator:
        if (tree_.child(above, 0) == value) return {};
        break;
      case CXCursor_MemberRefExpr:
        if (clang_getCursorKind(clang_getCursorReferenced(cursor)) != CXCursor_CXXMethod) return {};
        break;
      case CXCursor_CallExpr: {
        NodeId callee = tree_.calleeExpression(above);
        bool receiver = callee != noNode && tree_[callee].kind == CXCursor_MemberRefExpr && tree_[above].first_child == value;
        if (!receiver || !pointsInto(spellingOf(calledFunction(above)))) return {};
        break;
      }
      case CXCursor_InitListExpr: {
        if (clang_getCanonicalType(clang_getCursorType(cursor)).kind != CXType_Record) return {};
        std::vector<FieldInitializer> fields = fieldInitializers(tree_, above);
        std::string cell = cellOfField(fields);
        if (!cell.empty() || element) return cell;
        break;  // .field = value has a node of its own
      }
      case CXCursor_Constructor:
        return cellOfField(memberInitializers(tree_, above));
      case CXCursor_ReturnStmt: {
        NodeId root = above;
        while (tree_[root].parent != noNode) root = tree_[root].parent;
        return element || !isFunctionKind(tree_[root].kind) ? std::string() : resultCell(callees_.functionKey(tree_[root].cursor));
      }
      default:
        return {};
    }
  }
  return {};
}

bool Dataflow::leaksAt(NodeId node, CXCursor declaration, CXType type) const {
  Tracked tracked = trackedAs(type);
  if (tracked == Tracked::no) return false;
  bool address = tracked == Tracked::content;
  bool iterator = false;
  bool element = false;  // one element is meant, not the whole
  NodeId value = node;
  for (NodeId above = tree_[node].parent; above != noNode; value = above, above = tree_[above].parent) {
    CXCursor cursor = tree_[above].cursor;
    CXCursorKind kind = tree_[above].kind;
    if (isTransparent(kind)) {
      // A number that was a pointer.
      if (isCast(kind) && address && !element && isArithmetic(clang_getCursorType(cursor))) return true;
      continue;
    }
    switch (kind) {
      case CXCursor_ArraySubscriptExpr:
        // 0[array] as well
        if (tree_.child(above, 0) != value && isArithmetic(clang_getCursorType(tree_[value].cursor))) return false;
        element = true;
        break;
      case CXCursor_UnaryOperator: {
        CXUnaryOperatorKind op = clang_getCursorUnaryOperatorKind(cursor);
        if (op == CXUnaryOperator_Deref) {
          element = true;
        } else if (op == CXUnaryOperator_AddrOf) {
          address = true;
          element = false;
        } else {
          return false;
        }
        break;
      }
      case CXCursor_BinaryOperator: {
        CXBinaryOperatorKind op = clang_getCursorBinaryOperatorKind(cursor);
        if (op == CXBinaryOperator_Add || op == CXBinaryOperator_Sub) break;
        if (op == CXBinaryOperator_Comma && tree_.child(above, 1) == value) break;
        // An element is put in by a way that does not start at the variable.
        if (op == CXBinaryOperator_Assign && tree_.child(above, 0) == value && element)
          return tree_.baseReference(value) != node;
        if (op != CXBinaryOperator_Assign || tree_.child(above, 1) != value || element || !address) return false;
        NodeId left = tree_.peel(tree_.child(above, 0));
        if (left == noNode) return true;
        CXType target = clang_getCursorType(tree_[left].cursor);
        if (!pointsToMutable(target)) return false;
        // a = b = array: only b is known to lead there.
        NodeId statement = tree_[above].parent;
        while (statement != noNode && tree_.peel(statement) == above) statement = tree_[statement].parent;
        if (statement != noNode && handsOn(statement)) return true;
        if (isGivenOut(left, tree_.child(above, 1))) return false;
        // What is put in it through a field is told where that is done.
        if (tree_[left].kind == CXCursor_MemberRefExpr && isStringArray(target) && !keptAt(node).empty()) return false;
        return tree_[left].kind != CXCursor_DeclRefExpr || !isStringArray(target) || tree_.baseReference(value) != node;
      }
      case CXCursor_ConditionalOperator:
        if (tree_.child(above, 0) == value) return false;
        break;
      case CXCursor_VarDecl: {
        CXType target = clang_getCursorType(cursor);
        if (isReference(target)) return pointsToMutable(clang_getCanonicalType(target));
        if (iterator) return true;
        if (element || !address || !pointsToMutable(target)) return false;
        return !isStringArray(target) || tree_.baseReference(value) != node;
      }
      case CXCursor_CXXForRangeStmt: {
        for (NodeId child : tree_.children(above))
          for (NodeId at = child; at < tree_.endOf(child) && child != tree_[above].last_child; ++at)
            if (tree_[at].kind == CXCursor_VarDecl && isReference(clang_getCursorType(tree_[at].cursor)) &&
                pointsToMutable(clang_getCursorType(tree_[at].cursor))) {
              const Variable* each = find(tree_[at].cursor);
              if (each &&
                  (!each->assigned.empty() || !each->elements.empty() || !each->escapes.empty() || each->modified))
                return true;
            }
        return false;
      }
      case CXCursor_MemberRefExpr:
        // A method, told from its call above; a field of the object.
        if (clang_getCursorKind(clang_getCursorReferenced(cursor)) != CXCursor_CXXMethod) return false;
        break;
      case CXCursor_CallExpr: {
        NodeId callee = tree_.calleeExpression(above);
        bool is_receiver = callee != noNode && tree_[callee].kind == CXCursor_MemberRefExpr &&
                           tree_.baseReference(callee) == node && tree_[above].first_child == value;
        CXCursor called = calledFunction(above);
        bool is_operator = !is_receiver && spellingOf(called).starts_with("operator");
        if (!is_receiver && !is_operator) {
          if (!iterator) return false;  // an argument: see the escapes
          bool constructs = clang_getCursorKind(called) == CXCursor_Constructor;
          if (constructs && !isStringObject(clang_getCursorType(cursor))) break;  // a copy of the iterator
          return !constructs && !appends(spellingOf(called));
        }
        // Iterators and references into it.
        if (!pointsInto(spellingOf(called)) || clang_CXXMethod_isConst(called) != 0) return false;
        element = false;
        address = true;
        iterator = isIteratorMethod(spellingOf(called));
        if (!pointsToMutable(clang_getCursorResultType(called)) &&
            clang_getCanonicalType(clang_getCursorResultType(called)).kind != CXType_Record)
          return false;
        break;
      }
      case CXCursor_InitListExpr:
        if (clang_getCanonicalType(clang_getCursorType(cursor)).kind == CXType_Record) {
          NodeId declared = tree_[above].parent;
          while (declared != noNode && clang_isExpression(tree_[declared].kind)) declared = tree_[declared].parent;
          const Variable* object = declared != noNode && tree_[declared].kind == CXCursor_VarDecl ? find(tree_[declared].cursor) : nullptr;
          if (!object) return false;
          return !element && address && isStringArray(clang_getCursorType(tree_[node].cursor)) && keptAt(node).empty();
        }
        // A text in an array of texts: who changes it through the array is seen there.
        if (isCharacterArray(clang_getCanonicalType(type)) && isStringArray(clang_getCursorType(cursor))) return false;
        return !element && address;
      case CXCursor_CompoundLiteralExpr:
        return !element && address;
      case CXCursor_ReturnStmt:
        // A static array of the function: whoever changes it through the result is seen there, see putElement().
        return address && !element && clang_Cursor_hasVarDeclGlobalStorage(declaration) == 1 &&
               (clang_getCursorLinkage(declaration) != CXLinkage_NoLinkage || !isStringArray(type));
      case CXCursor_CompoundStmt:
        // The value of a statement expression, if it is the last.
        if (tree_[tree_[above].parent].kind != CXCursor_StmtExpr || tree_[above].last_child != value) return false;
        break;
      case CXCursor_StmtExpr:
        break;
      case CXCursor_GCCAsmStmt:
      case CXCursor_MSAsmStmt:
        return true;
      case CXCursor_LambdaExpr:
      case CXCursor_UnaryExpr:
      case CXCursor_CXXDeleteExpr:
      case CXCursor_CompoundAssignOperator:
        return false;
      default:
        return clang_isExpression(kind) != 0 && address && !element;
    }
  }
  return false;
}

}  // namespace envleak::analyzer
