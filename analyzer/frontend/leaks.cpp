// Uses of a variable after which its content may be changed where the data flow does not look.
#include "analyzer/frontend/access_path.h"
#include "analyzer/frontend/dataflow.h"
#include "analyzer/frontend/type_names.h"

namespace envleak::analyzer {
namespace {

bool isCharacterArray(CXType type) { return type.kind == CXType_ConstantArray && isCharacterPointer(type); }

// Strings by themselves are only followed to a place that may replace them: &text, a reference.
enum class Tracked { no, address, content };

Tracked trackedAs(CXType type) {
  CXType plain = clang_getCanonicalType(clang_getNonReferenceType(type));
  if (isStringArray(plain) || isStringObject(plain)) return Tracked::content;
  if (isCharacterArray(plain)) return isConstant(plain) ? Tracked::no : Tracked::content;
  if (plain.kind == CXType_Pointer) return isCharacterPointer(plain) ? Tracked::address : Tracked::no;
  return Tracked::no;
}

bool isReference(CXType type) { return clang_getCanonicalType(type).kind == CXType_LValueReference; }

}  // namespace

// Is the whole array meant anywhere else in the function, or outside?
bool Dataflow::isNamedElsewhere(NodeId node, CXCursor declaration) const {
  if (clang_getCursorLinkage(declaration) != CXLinkage_NoLinkage) return true;
  NodeId root = node;
  while (tree_[root].parent != noNode) root = tree_[root].parent;
  for (NodeId at = root; at < tree_.endOf(root); ++at) {
    if (at == node || tree_[at].kind != CXCursor_DeclRefExpr) continue;
    if (clang_equalCursors(clang_getCursorReferenced(tree_[at].cursor), declaration) == 0) continue;
    NodeId above = tree_[at].parent;
    while (above != noNode && tree_.peel(above) == at) above = tree_[above].parent;
    if (above == noNode || tree_[above].kind != CXCursor_ArraySubscriptExpr) return true;
  }
  return false;
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
    switch (kind) {
      case CXCursor_UnexposedExpr:
      case CXCursor_ParenExpr:
      case CXCursor_CStyleCastExpr:
      case CXCursor_CXXStaticCastExpr:
      case CXCursor_CXXConstCastExpr:
      case CXCursor_CXXReinterpretCastExpr:
      case CXCursor_CXXFunctionalCastExpr:
        // A number that was a pointer.
        if (kind != CXCursor_UnexposedExpr && kind != CXCursor_ParenExpr && address && !element &&
            isArithmetic(clang_getCursorType(cursor)))
          return true;
        break;
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
        // A field is followed; it must be the only other way to the array.
        if (tree_[left].kind == CXCursor_MemberRefExpr && isStringArray(target) && tree_.baseReference(value) == node)
          return isNamedElsewhere(node, declaration);
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
          for (const auto& [fields, cell] : object->cells)
            if (cell.last != noNode) return true;
          return false;
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
