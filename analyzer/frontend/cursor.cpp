#include "analyzer/frontend/cursor.h"

namespace envleak::analyzer {

std::string take(CXString string) {
  const char* text = clang_getCString(string);
  std::string result = text ? text : "";
  clang_disposeString(string);
  return result;
}

bool isSame(CXCursor a, CXCursor b) {
  if (a.kind != b.kind) return false;
  bool of_body = clang_isExpression(a.kind) != 0 || clang_isStatement(a.kind) != 0;
  return of_body ? a.data[1] == b.data[1] : clang_equalCursors(a, b) != 0;
}

bool isFunctionKind(CXCursorKind kind) {
  switch (kind) {
    case CXCursor_FunctionDecl:
    case CXCursor_CXXMethod:
    case CXCursor_Constructor:
    case CXCursor_Destructor:
    case CXCursor_ConversionFunction:
    case CXCursor_FunctionTemplate:
      return true;
    default:
      return false;
  }
}

bool isVariableKind(CXCursorKind kind) {
  return kind == CXCursor_VarDecl || kind == CXCursor_ParmDecl || kind == CXCursor_FieldDecl;
}

bool isStatementKind(CXCursorKind kind) { return clang_isStatement(kind) != 0; }

std::string qualifiedName(CXCursor declaration) {
  std::string name = spellingOf(declaration);
  for (CXCursor parent = clang_getCursorSemanticParent(declaration); !clang_Cursor_isNull(parent);
       parent = clang_getCursorSemanticParent(parent)) {
    CXCursorKind kind = clang_getCursorKind(parent);
    if (kind == CXCursor_TranslationUnit || clang_isInvalid(kind)) break;
    if (kind == CXCursor_LinkageSpec || clang_Cursor_isInlineNamespace(parent)) continue;
    if (isFunctionKind(kind)) continue;  // a class inside a function: its own name is enough
    std::string part = clang_Cursor_isAnonymous(parent) ? "(anonymous)" : spellingOf(parent);
    name = part + "::" + name;
  }
  return name;
}

bool isClosure(CXCursor record) {
  return clang_getCursorKind(record) == CXCursor_ClassDecl && spellingOf(record).starts_with("(lambda at ");
}

bool isCharacterPointer(CXType type) {
  type = clang_getCanonicalType(type);
  CXType element;
  if (type.kind == CXType_Pointer)
    element = clang_getPointeeType(type);
  else if (type.kind == CXType_ConstantArray || type.kind == CXType_IncompleteArray ||
           type.kind == CXType_VariableArray)
    element = clang_getArrayElementType(type);
  else
    return false;
  element = clang_getCanonicalType(element);
  return element.kind == CXType_Char_S || element.kind == CXType_Char_U || element.kind == CXType_SChar;
}

bool isStringArray(CXType type) {
  type = clang_getCanonicalType(type);
  if (type.kind == CXType_Pointer) return isCharacterPointer(clang_getPointeeType(type));
  if (type.kind == CXType_ConstantArray || type.kind == CXType_IncompleteArray || type.kind == CXType_VariableArray)
    return isCharacterPointer(clang_getArrayElementType(type));
  return false;
}

bool isConstant(CXType type) {
  if (clang_isConstQualifiedType(type) != 0) return true;
  bool array = type.kind == CXType_ConstantArray || type.kind == CXType_IncompleteArray || type.kind == CXType_VariableArray;
  return array && clang_isConstQualifiedType(clang_getArrayElementType(type)) != 0;
}

bool isArithmetic(CXType type) {
  type = clang_getCanonicalType(type);
  return (type.kind >= CXType_Bool && type.kind <= CXType_LongDouble) || type.kind == CXType_Enum;
}

bool pointsToMutable(CXType type) {
  type = clang_getCanonicalType(type);
  if (type.kind == CXType_RValueReference) return true;
  if (type.kind != CXType_Pointer && type.kind != CXType_LValueReference) return false;
  return clang_isConstQualifiedType(clang_getPointeeType(type)) == 0;
}

}  // namespace envleak::analyzer
