// Strings and containers of C++ by their names.
#pragma once

#include "analyzer/frontend/cursor.h"

#include <initializer_list>
#include <string>
#include <string_view>

namespace envleak::analyzer {

bool isAnyOf(std::string_view name, std::initializer_list<std::string_view> names);
// A string, a view, or a container of them.
bool isStringObject(CXType type);
// One string, not a container of them.
bool isStringText(CXType type);
// A structure, or a pointer to one, with a field that is an array of strings.
bool holdsStringArray(CXType type);
// A function, a pointer to one or to a method, or what may be one: a std::function, a template's parameter.
bool isFunctionPointer(CXType type);
// std::function and the like: an object that keeps what is called through it.
bool isCallableObject(CXType type);
// va_list, as targets define it.
bool isArgumentList(CXType type);
// Can what it is, or points to, have fields that a caller fills? void * may lead to anything.
bool canHaveFields(CXType type);
// A pointer, or an object of a library that is one: a copy of it leads to the same object.
bool isObjectHandle(CXType type);
// Qualified, without const, one reference or pointer, typedefs, template arguments: as the knowledge base names types.
std::string typeName(CXType type);
// The field of the record that the type is or points to; null cursor: it has none.
CXCursor fieldNamed(CXType type, const std::string& name);
// A method that does not change the object.
bool onlyLooks(std::string_view method);
// A method whose result leads into the object: an iterator, a reference, a pointer.
bool pointsInto(std::string_view method);
bool isIteratorMethod(std::string_view method);
// Does the name of a function say that it adds an element: strvec_push, args_append?
bool namesAppending(std::string_view function);
// A method that adds what it is given.
bool appends(std::string_view method);

}  // namespace envleak::analyzer
