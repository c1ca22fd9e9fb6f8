// Where an expression leads: a variable or the object itself, then the names of fields.
#pragma once

#include "analyzer/frontend/syntax_tree.h"

#include <optional>
#include <string>

namespace envleak::analyzer {

// x.f, x->f, (*x).f and x[i].f are all the field "f" of x: a pointer and what it points to count as one.
struct AccessPath {
  CXCursor base = clang_getNullCursor();  // the variable's declaration; null: the object of the method
  std::string fields;                     // "env", "options.env"; empty: the variable itself
  CXCursor last = clang_getNullCursor();  // the declaration of the last field, before any are left out
  bool element = false;                   // an element of it: x[i], *x
  bool indexed = false;                   // a field of one of several objects: x[i].f
  bool through = false;                   // a field that is a pointer leads on: x.next->f
  bool isThis() const { return clang_Cursor_isNull(base) != 0; }
};

std::optional<AccessPath> accessPath(const SyntaxTree& tree, NodeId expression);

}  // namespace envleak::analyzer
