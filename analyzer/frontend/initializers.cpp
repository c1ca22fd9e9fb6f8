#include "analyzer/frontend/initializers.h"

#include <algorithm>

namespace envleak::analyzer {

std::vector<CXCursor> fieldsOf(CXType type) {
  std::vector<CXCursor> fields;
  clang_Type_visitFields(
      clang_getCanonicalType(type),
      [](CXCursor field, CXClientData data) {
        static_cast<std::vector<CXCursor>*>(data)->push_back(field);
        return CXVisit_Continue;
      },
      &fields);
  return fields;
}

std::vector<FieldInitializer> fieldInitializers(const SyntaxTree& tree, NodeId list) {
  std::vector<FieldInitializer> result;
  std::vector<CXCursor> declared = fieldsOf(clang_getCursorType(tree[list].cursor));
  std::size_t next = 0;
  for (NodeId part : tree.expressionChildren(list)) {
    FieldInitializer one{next < declared.size() ? declared[next] : clang_getNullCursor(), part};
    for (NodeId child : tree.children(part))  // .field = value
      if (tree[child].kind == CXCursor_MemberRef) {
        one.field = clang_getCursorReferenced(tree[child].cursor);
        std::vector<NodeId> values = tree.expressionChildren(part);
        if (!values.empty()) one.value = values.back();
        break;
      }
    auto at = std::ranges::find_if(declared, [&](CXCursor field) { return clang_equalCursors(field, one.field) != 0; });
    next = static_cast<std::size_t>(at - declared.begin()) + 1;
    if (!clang_Cursor_isNull(one.field)) result.push_back(one);
  }
  return result;
}

CXCursor defaultOf(CXCursor declaration) {
  CXCursor found = clang_getNullCursor();
  if (clang_Cursor_isNull(declaration) || clang_Cursor_isBitField(declaration) != 0) return found;
  // An array's size comes before it.
  clang_visitChildren(
      declaration,
      [](CXCursor child, CXCursor, CXClientData data) {
        if (clang_isExpression(clang_getCursorKind(child))) *static_cast<CXCursor*>(data) = child;
        return CXChildVisit_Continue;
      },
      &found);
  CXTypeKind type = clang_getCanonicalType(clang_getCursorType(declaration)).kind;
  bool size = (type == CXType_ConstantArray || type == CXType_VariableArray) &&
              clang_getCursorKind(found) == CXCursor_IntegerLiteral;
  return size ? clang_getNullCursor() : found;
}

std::vector<FieldInitializer> memberInitializers(const SyntaxTree& tree, NodeId constructor) {
  std::vector<FieldInitializer> result;
  CXCursor field = clang_getNullCursor();
  for (NodeId child : tree.children(constructor)) {
    if (tree[child].kind == CXCursor_MemberRef) {
      field = clang_getCursorReferenced(tree[child].cursor);
    } else {
      if (!clang_Cursor_isNull(field) && clang_isExpression(tree[child].kind)) result.push_back({field, child});
      field = clang_getNullCursor();
    }
  }
  return result;
}

}  // namespace envleak::analyzer
