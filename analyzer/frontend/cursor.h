// Small conveniences over libclang's cursors.
#pragma once

#include <clang-c/Index.h>

#include <string>
#include <unordered_map>

namespace envleak::analyzer {

// Takes the string over and frees it.
std::string take(CXString string);

inline std::string spellingOf(CXCursor cursor) { return take(clang_getCursorSpelling(cursor)); }

// The same declaration or expression. clang_equalCursors() also asks which declaration was visited last, and behind a
// lambda with parameters that is one of these.
bool isSame(CXCursor a, CXCursor b);

struct CursorHash {
  std::size_t operator()(const CXCursor& cursor) const { return clang_hashCursor(cursor); }
};
struct CursorEqual {
  bool operator()(const CXCursor& a, const CXCursor& b) const { return clang_equalCursors(a, b) != 0; }
};
template <typename T>
using CursorMap = std::unordered_map<CXCursor, T, CursorHash, CursorEqual>;

// Functions, methods, constructors, conversions, and templates of them.
bool isFunctionKind(CXCursorKind kind);
// Things that hold a value: variables, parameters, fields.
bool isVariableKind(CXCursorKind kind);
bool isStatementKind(CXCursorKind kind);

// "ns::Class::method"; a lambda or anonymous part is "(anonymous)".
std::string qualifiedName(CXCursor declaration);

// libclang's own function for it crashes on what is no type, as a template argument that is a number.
inline CXType withoutReference(CXType type) { return type.kind == CXType_Invalid ? type : clang_getNonReferenceType(type); }

// The class of a lambda.
bool isClosure(CXCursor record);

bool isCharacterPointer(CXType type);
// char **, char *const *, char *[]...: what an environment or an argument vector is in C.
bool isStringArray(CXType type);
bool isArithmetic(CXType type);
// const by itself, or an array of const elements (whose qualifiers a canonical type carries on the array).
bool isConstant(CXType type);
// A pointer or reference through which the pointee may be changed.
bool pointsToMutable(CXType type);

}  // namespace envleak::analyzer
