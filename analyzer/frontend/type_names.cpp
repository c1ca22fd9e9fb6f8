#include "analyzer/frontend/type_names.h"

#include "analyzer/frontend/initializers.h"

#include <algorithm>
#include <cctype>

namespace envleak::analyzer {

bool isAnyOf(std::string_view name, std::initializer_list<std::string_view> names) {
  return std::ranges::find(names, name) != names.end();
}

bool isFunctionPointer(CXType type) {
  type = clang_getCanonicalType(withoutReference(type));
  // Of a template: not decided before it is instantiated.
  if (type.kind == CXType_Unexposed || type.kind == CXType_Auto) return true;
  if (type.kind == CXType_Pointer) type = clang_getCanonicalType(clang_getPointeeType(type));
  return type.kind == CXType_FunctionProto || type.kind == CXType_FunctionNoProto || type.kind == CXType_MemberPointer ||
         isCallableObject(type);
}

bool isCallableObject(CXType type) {
  type = clang_getCanonicalType(withoutReference(type));
  if (type.kind != CXType_Record) return false;
  CXCursor record = clang_getTypeDeclaration(type);
  return isAnyOf(spellingOf(record), {"function", "move_only_function", "copyable_function", "function_ref", "unique_function",
                                      "packaged_task", "reference_wrapper", "AnyInvocable", "FunctionRef"}) &&
         clang_Location_isInSystemHeader(clang_getCursorLocation(record)) != 0;
}

bool isArgumentList(CXType type) {
  return take(clang_getTypeSpelling(clang_getCanonicalType(type))).find("__va_list_tag") != std::string::npos;
}

bool isStringObject(CXType type) {
  CXType plain = clang_getCanonicalType(withoutReference(type));
  if (plain.kind != CXType_Record) return false;
  std::string name = spellingOf(clang_getTypeDeclaration(plain));
  return isAnyOf(name, {"basic_string", "basic_string_view", "vector", "array", "span", "initializer_list", "path", "list",
                         "deque", "map", "unordered_map", "flat_map", "QStringList", "QList"});
}

bool isStringText(CXType type) {
  CXType plain = clang_getCanonicalType(withoutReference(type));
  if (plain.kind != CXType_Record) return false;
  return isAnyOf(spellingOf(clang_getTypeDeclaration(plain)), {"basic_string", "basic_string_view"});
}

bool holdsStringArray(CXType type) {
  CXType plain = clang_getCanonicalType(withoutReference(type));
  if (plain.kind == CXType_Pointer) plain = clang_getCanonicalType(clang_getPointeeType(plain));
  if (plain.kind != CXType_Record) return false;
  std::vector<CXCursor> fields = fieldsOf(plain);
  return std::ranges::any_of(fields, [](CXCursor field) { return isStringArray(clang_getCursorType(field)); });
}

bool canHaveFields(CXType type) {
  CXType plain = clang_getCanonicalType(withoutReference(type));
  if (plain.kind == CXType_Pointer) plain = clang_getCanonicalType(clang_getPointeeType(plain));
  if (plain.kind == CXType_Pointer) plain = clang_getCanonicalType(clang_getPointeeType(plain));  // &object of a pointer
  if (plain.kind == CXType_Void || plain.kind == CXType_Dependent || plain.kind == CXType_Unexposed) return true;
  return plain.kind == CXType_Record && !isStringObject(plain);
}

bool isObjectHandle(CXType type) {
  CXType plain = clang_getCanonicalType(withoutReference(type));
  if (plain.kind == CXType_Pointer) return true;
  if (plain.kind != CXType_Record) return false;
  std::string name = spellingOf(clang_getTypeDeclaration(plain));
  return name.ends_with("iterator") ||
         isAnyOf(name, {"shared_ptr", "weak_ptr", "reference_wrapper", "intrusive_ptr", "QSharedPointer", "QPointer", "RefPtr"});
}

bool onlyLooks(std::string_view method) {
  return isAnyOf(method, {"data", "c_str", "size", "empty", "begin", "end", "cbegin", "cend", "front", "back", "at",
                          "operator[]", "reserve", "length", "get"});
}

bool appends(std::string_view method) {
  return isAnyOf(method, {"push_back", "emplace_back", "insert", "emplace", "append", "push", "add", "operator<<",
                          "operator+=", "try_emplace", "insert_or_assign"});
}

bool namesAppending(std::string_view function) {
  std::string lower(function);
  std::ranges::transform(lower, lower.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return std::ranges::any_of(std::initializer_list<const char*>{"push", "append", "add", "insert"},
                             [&](const char* word) { return lower.find(word) != std::string::npos; });
}

bool isIteratorMethod(std::string_view method) { return isAnyOf(method, {"begin", "end", "rbegin", "rend"}); }

bool pointsInto(std::string_view method) {
  return isAnyOf(method, {"data", "begin", "end", "rbegin", "rend", "front", "back", "at", "operator[]", "operator*",
                          "operator->", "get"});
}

std::string typeName(CXType type) {
  if (type.kind == CXType_Invalid) return {};
  CXType plain = clang_getCanonicalType(withoutReference(type));
  if (plain.kind == CXType_Pointer) {
    CXType pointee = clang_getCanonicalType(clang_getPointeeType(plain));
    plain = pointee;
  }
  if (plain.kind == CXType_Record || plain.kind == CXType_Enum) return qualifiedName(clang_getTypeDeclaration(plain));
  return take(clang_getTypeSpelling(clang_getUnqualifiedType(plain)));
}

CXCursor fieldNamed(CXType type, const std::string& name) {
  CXType plain = clang_getCanonicalType(withoutReference(type));
  while (plain.kind == CXType_Pointer) plain = clang_getCanonicalType(clang_getPointeeType(plain));
  for (CXCursor field : fieldsOf(plain))
    if (spellingOf(field) == name) return field;
  return clang_getNullCursor();
}

}  // namespace envleak::analyzer
