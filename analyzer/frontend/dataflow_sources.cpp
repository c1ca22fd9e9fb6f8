// What an expression hands on as a whole, and what of the function's caller that comes from.
#include "analyzer/frontend/dataflow_sources.h"
#include "analyzer/frontend/type_names.h"

namespace envleak::analyzer {

bool Dataflow::isElement(NodeId expression) const {
  expression = tree_.peel(expression);
  if (expression == noNode) return false;
  const Node& node = tree_[expression];
  CXType type = clang_getCursorType(node.cursor);
  switch (node.kind) {
    case CXCursor_DeclRefExpr: {
      CXCursor declaration = clang_getCursorReferenced(node.cursor);
      const Variable* variable = find(declaration);
      return (variable && variable->element) || isArgumentList(clang_getCursorType(declaration));
    }
    case CXCursor_ArraySubscriptExpr:
    case CXCursor_UnaryOperator: {
      NodeId inner = tree_.peel(tree_.child(expression, 0));
      if (inner == noNode) return false;
      CXType container = clang_getCursorType(tree_[inner].cursor);
      return (isCharacterPointer(type) || isStringObject(type)) && (isStringArray(container) || isElement(inner));
    }
    case CXCursor_CallExpr: {
      std::string name = spellingOf(calledFunction(expression));
      if (name == "c_str" || name == "data") return isElement(tree_.child(tree_.calleeExpression(expression), 0));
      return name == "operator[]" || name == "operator*" || name == "at";
    }
    default:
      return false;
  }
}

Variable& Dataflow::object(NodeId node) {
  while (tree_[node].parent != noNode) node = tree_[node].parent;
  Variable& object = objects_[node];
  object.parameter = static_cast<int>(thisPort);
  object.record = true;
  return object;
}

const Variable* Dataflow::named(const Named& source, NodeId at) const {
  if (!clang_Cursor_isNull(source.declaration)) return find(source.declaration);
  while (tree_[at].parent != noNode) at = tree_[at].parent;
  auto found = objects_.find(at);
  return found == objects_.end() ? nullptr : &found->second;
}

void Dataflow::collect(const Variable& variable, const std::string& fields, Seen& seen, Ports& ports) const {
  constexpr std::size_t portsKept = 64, variablesSeen = 4096;
  if (ports.size() >= portsKept || seen.size() >= variablesSeen || !seen.emplace(&variable, fields).second) return;
  if (variable.parameter >= 0 && !variable.of_main)
    addPort(ports, {static_cast<unsigned>(variable.parameter), variable.record ? fields : std::string()});
  for (const auto& [place, cell] : variable.cells) {
    std::string rest;
    // A whole that was put there brings its fields; a part that was put there belongs to the whole.
    if (!isFieldOf(fields, place, &rest) && (fields.empty() || !isFieldOf(place, fields))) continue;
    for (const Variable::Source& source : cell.sources)
      collect(*source.variable, joinedFields(source.fields, rest), seen, ports);
  }
}

Ports Dataflow::depends(NodeId expression) const {
  Ports ports;
  Seen seen;
  forEachSource(expression, [&](const Named& source) {
    const Variable* variable = named(source, expression);
    if (variable)
      collect(*variable, source.fields, seen, ports);
    else if (clang_Cursor_isNull(source.declaration))
      addPort(ports, {thisPort, source.fields});
  });
  return ports;
}

std::vector<Dataflow::FieldContent> Dataflow::contents(NodeId object) const {
  std::vector<FieldContent> result;
  std::optional<AccessPath> path = accessPath(tree_, object);
  // One local pointer that stands for another object.
  for (int names = 0; path && !path->isThis() && names < 8; ++names) {
    const Variable* variable = find(path->base);
    if (!variable || variable->parameter >= 0 || variable->initializer == noNode || !variable->assigned.empty()) break;
    std::optional<AccessPath> origin = accessPath(tree_, variable->initializer);
    if (!origin || (!origin->isThis() && clang_equalCursors(origin->base, path->base))) break;
    origin->fields = joinedFields(origin->fields, path->fields);
    path = origin;
  }
  const Variable* whole = path ? named({path->base, path->fields}, object) : nullptr;
  if (!whole) return result;
  for (const auto& [place, cell] : whole->cells) {
    FieldContent content;
    if (place == path->fields || !isFieldOf(place, path->fields, &content.path)) continue;
    Seen seen;
    for (const Variable::Source& source : cell.sources) collect(*source.variable, source.fields, seen, content.depends);
    if (cell.values.size() == 1) content.value = cell.values.front();
    result.push_back(std::move(content));
  }
  return result;
}

}  // namespace envleak::analyzer
