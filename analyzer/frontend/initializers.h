// Lists in braces: which field each part initialises.
#pragma once

#include "analyzer/frontend/syntax_tree.h"

#include <vector>

namespace envleak::analyzer {

// Fields of a structure or class, in order of declaration.
std::vector<CXCursor> fieldsOf(CXType type);

struct FieldInitializer {
  CXCursor field;
  NodeId value = noNode;
};
// Of the parts of `list`, which initialises an object of type `type`. Designated ones are found by their names.
std::vector<FieldInitializer> fieldInitializers(const SyntaxTree& tree, NodeId list);
// The expression that a field or parameter is declared with; null cursor: none.
CXCursor defaultOf(CXCursor declaration);
// Of a constructor's ": field(value)" parts; those of base classes are left out.
std::vector<FieldInitializer> memberInitializers(const SyntaxTree& tree, NodeId constructor);

}  // namespace envleak::analyzer
