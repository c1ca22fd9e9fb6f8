// Strings and containers of C++ by their names.
#pragma once

#include "analyzer/frontend/cursor.h"

#include <string_view>

namespace envleak::analyzer {

// A string, a view, or a container of them.
bool isStringObject(CXType type);
// A method whose result leads into the object: an iterator, a reference, a pointer.
bool pointsInto(std::string_view method);
bool isIteratorMethod(std::string_view method);
// A method that adds what it is given.
bool appends(std::string_view method);

}  // namespace envleak::analyzer
