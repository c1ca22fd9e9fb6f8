// Entries of the parent's environment that are kept in structures of the program's own, one text at a time.
#include "analyzer/frontend/access_path.h"
#include "analyzer/frontend/lowering.h"
#include "analyzer/frontend/type_names.h"

namespace envleak::analyzer {

using Kind = EnvironmentValue::Kind;

std::optional<EnvironmentValue> Values::allEntries(NodeId expression) const {
  std::optional<EnvironmentValue> entries = entriesOfParent(expression, "it");
  return entries && handsAllOn(entries->kind) ? entries : std::nullopt;
}

std::string Values::keptText(NodeId expression) const {
  NodeId inner = tree_.peel(expression);
  while (inner != noNode && tree_[inner].kind == CXCursor_CallExpr) {  // entry->name.c_str()
    NodeId callee = tree_.calleeExpression(inner);
    bool looks = tree_.isMemberCall(inner) && isAnyOf(spellingOf(dataflow_.calledFunction(inner)), {"c_str", "data"});
    inner = looks ? tree_.peel(tree_.child(callee, 0)) : noNode;
  }
  if (inner == noNode || tree_[inner].kind != CXCursor_MemberRefExpr) return {};
  CXCursor field = clang_getCursorReferenced(tree_[inner].cursor);
  CXType type = clang_getCursorType(field);
  bool text = clang_getCursorKind(field) == CXCursor_FieldDecl && (isCharacterPointer(type) || isStringText(type));
  return text ? textCell(callees_.pointerKey(field)) : std::string();
}

// field = text
void Lowering::keepText(const Place& place, NodeId text) {
  if (!recording_ || place.cell.empty()) return;
  auto keep = [&](EnvironmentValue value) {
    EnvironmentState state;
    state.value = std::move(value);
    c_.summary.cells.push_back({textCell(place.cell), function_.key, std::move(state)});
  };
  if (std::optional<EnvironmentValue> entries = values_.allEntries(text)) keep(std::move(*entries));
  if (std::string other = values_.keptText(text); !other.empty() && other != textCell(place.cell))
    keep({Kind::cell, 0, {}, {}, {}, other});
  for (const Port& port : c_.dataflow.depends(text))
    if (port.field.empty() && port.parameter < variadicPort) keep({Kind::parameter, port.parameter});
}

}  // namespace envleak::analyzer
