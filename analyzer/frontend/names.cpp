#include "analyzer/frontend/names.h"

#include <algorithm>

namespace envleak::analyzer {
namespace {

constexpr int depthLimit = 6;
constexpr std::size_t tableLimit = 4096;  // names

std::vector<CXCursor> fieldsOf(CXCursor record) {
  std::vector<CXCursor> fields;
  clang_Type_visitFields(
      clang_getCursorType(record),
      [](CXCursor field, CXClientData data) {
        static_cast<std::vector<CXCursor>*>(data)->push_back(field);
        return CXVisit_Continue;
      },
      &fields);
  return fields;
}

}  // namespace

NameSource Names::source(NodeId expression, NodeId function) const {
  NameSource source;
  source.parameter = parameter(expression, function, 0);
  if (!source.parameter) source.table = table(expression, 0);
  return source;
}

NodeId Names::onlyValue(const Variable& variable) const {
  if (variable.parameter >= 0 || variable.modified) return noNode;
  if (variable.initializer != noNode) return variable.assigned.empty() ? variable.initializer : noNode;
  return variable.assigned.size() == 1 ? variable.assigned.front() : noNode;
}

std::optional<unsigned> Names::parameter(NodeId expression, NodeId function, int depth) const {
  expression = tree_.peel(expression);
  if (expression == noNode || depth > depthLimit) return std::nullopt;
  if (tree_[expression].kind == CXCursor_CallExpr) {
    CXCursor called = dataflow_.calledFunction(expression);
    std::string name = spellingOf(called);
    NodeId callee = tree_.calleeExpression(expression);
    if (callee != noNode && tree_[callee].kind == CXCursor_MemberRefExpr && (name == "c_str" || name == "data"))
      return parameter(tree_.child(callee, 0), function, depth + 1);
    // A string made from nothing but the parameter.
    std::vector<NodeId> arguments = tree_.arguments(expression);
    auto is_default = [&](NodeId argument) { return argument == noNode || tree_[argument].first_child == noNode; };
    if ((name == "basic_string" || name == "basic_string_view") && !arguments.empty() &&
        std::all_of(arguments.begin() + 1, arguments.end(), is_default))
      return parameter(arguments.front(), function, depth + 1);
    return std::nullopt;
  }
  if (tree_[expression].kind == CXCursor_UnexposedExpr) {  // temporaries
    std::vector<NodeId> parts = tree_.expressionChildren(expression);
    return parts.size() == 1 ? parameter(parts.front(), function, depth + 1) : std::nullopt;
  }
  if (tree_[expression].kind != CXCursor_DeclRefExpr) return std::nullopt;
  CXCursor declaration = clang_getCursorReferenced(tree_[expression].cursor);
  const Variable* variable = dataflow_.find(declaration);
  if (!variable) return std::nullopt;
  if (variable->parameter < 0) {
    NodeId value = onlyValue(*variable);
    bool local = clang_Cursor_hasVarDeclGlobalStorage(declaration) != 1 && variable->range == noNode;
    return value != noNode && local ? parameter(value, function, depth + 1) : std::nullopt;
  }
  // Of a lambda within: its callers are not those of the function.
  const unsigned first = dataflow_.firstParameter(function);
  const bool own = std::ranges::any_of(tree_.children(function), [&](NodeId child) {
    return tree_[child].kind == CXCursor_ParmDecl && clang_equalCursors(tree_[child].cursor, declaration) != 0;
  });
  bool unchanged = variable->assigned.empty() && variable->elements.empty() && !variable->modified && !variable->leaked;
  return own && unchanged ? std::optional(static_cast<unsigned>(variable->parameter) - first) : std::nullopt;
}

std::optional<NameTable> Names::table(NodeId expression, int depth) const {
  expression = tree_.peel(expression);
  if (expression == noNode || depth > depthLimit) return std::nullopt;
  const Node& node = tree_[expression];
  CXCursor no_field = clang_getNullCursor();
  switch (node.kind) {
    case CXCursor_ArraySubscriptExpr:
      return tableOf(tree_.child(expression, 0), no_field, depth);
    case CXCursor_UnaryOperator:
      if (clang_getCursorUnaryOperatorKind(node.cursor) != CXUnaryOperator_Deref) return std::nullopt;
      return tableOf(tree_.child(expression, 0), no_field, depth);
    case CXCursor_MemberRefExpr: {  // options[i].name, option->name
      CXCursor field = clang_getCursorReferenced(node.cursor);
      if (clang_getCursorKind(field) != CXCursor_FieldDecl) return std::nullopt;
      NodeId object = tree_.peel(tree_.child(expression, 0));
      if (object == noNode) return std::nullopt;
      if (tree_[object].kind == CXCursor_ArraySubscriptExpr || tree_[object].kind == CXCursor_UnaryOperator)
        return tableOf(tree_.child(object, 0), field, depth);
      return tree_[object].kind == CXCursor_DeclRefExpr ? tableOf(object, field, depth) : std::nullopt;
    }
    case CXCursor_CallExpr: {
      std::string name = spellingOf(dataflow_.calledFunction(expression));
      NodeId callee = tree_.calleeExpression(expression);
      if (callee != noNode && tree_[callee].kind == CXCursor_MemberRefExpr && (name == "c_str" || name == "data"))
        return table(tree_.child(callee, 0), depth + 1);
      std::vector<NodeId> arguments = tree_.arguments(expression);
      return name == "operator[]" && !arguments.empty() ? tableOf(arguments.front(), no_field, depth) : std::nullopt;
    }
    case CXCursor_DeclRefExpr: {
      const Variable* variable = dataflow_.find(clang_getCursorReferenced(node.cursor));
      if (!variable) return std::nullopt;
      if (variable->range != noNode) return tableOf(variable->range, no_field, depth);
      NodeId value = onlyValue(*variable);
      return value == noNode ? std::nullopt : table(value, depth + 1);
    }
    default:
      return std::nullopt;
  }
}

NodeId Names::elementsOf(NodeId initializer) const {
  initializer = tree_.peel(initializer);
  if (initializer == noNode) return noNode;
  NodeId braces = noNode;
  for (NodeId at = initializer, end = tree_.endOf(initializer); at < end && braces == noNode; ++at) {
    if (tree_[at].kind == CXCursor_InitListExpr) braces = at;
    if (tree_[at].kind == CXCursor_CallExpr && at != initializer &&
        clang_getCursorKind(dataflow_.calledFunction(at)) != CXCursor_Constructor)
      return noNode;
  }
  // std::array's braces hold those of the array in it.
  if (braces != noNode) {
    std::vector<NodeId> parts = tree_.expressionChildren(braces);
    CXType type = clang_getCanonicalType(clang_getCursorType(tree_[braces].cursor));
    if (parts.size() == 1 && type.kind == CXType_Record && tree_[tree_.peel(parts.front())].kind == CXCursor_InitListExpr)
      return tree_.peel(parts.front());
  }
  return braces;
}

NodeId Names::partFor(NodeId element, CXCursor field) const {
  element = tree_.peel(element);
  if (element == noNode || tree_[element].kind != CXCursor_InitListExpr) return noNode;
  std::vector<CXCursor> fields = fieldsOf(clang_getCursorSemanticParent(field));
  auto indexOf = [&](CXCursor wanted) {
    return static_cast<std::size_t>(
        std::ranges::find_if(fields, [&](CXCursor one) { return clang_equalCursors(one, wanted) != 0; }) -
        fields.begin());
  };
  std::size_t wanted = indexOf(field), position = 0;
  for (NodeId part : tree_.expressionChildren(element)) {
    NodeId value = part;
    NodeId first = tree_[part].first_child;
    if (first != noNode && tree_[first].kind == CXCursor_MemberRef) {  // .name = value
      position = indexOf(clang_getCursorReferenced(tree_[first].cursor));
      value = tree_[part].last_child;
    }
    if (position == wanted) return value;
    ++position;
  }
  return noNode;
}

std::optional<NameTable> Names::tableOf(NodeId array, CXCursor field, int depth) const {
  array = tree_.peel(array);
  if (array == noNode || depth > depthLimit) return std::nullopt;
  switch (tree_[array].kind) {
    case CXCursor_UnaryOperator:  // &names[0], p++
      return tableOf(tree_.child(array, 0), field, depth + 1);
    case CXCursor_ArraySubscriptExpr:
      return tableOf(tree_.child(array, 0), field, depth + 1);
    case CXCursor_BinaryOperator:  // names + i
      return tableOf(tree_.child(array, 0), field, depth + 1);
    case CXCursor_DeclRefExpr:
      break;
    default:
      return std::nullopt;
  }
  CXCursor declaration = clang_getCursorReferenced(tree_[array].cursor);
  const Variable* variable = dataflow_.find(declaration);
  if (!variable || variable->parameter >= 0) return std::nullopt;
  if (variable->range != noNode) return tableOf(variable->range, field, depth + 1);
  CXType type = clang_getCanonicalType(clang_getCursorType(declaration));
  if (type.kind == CXType_Pointer || type.kind == CXType_LValueReference) {
    // A pointer that walks along an array: all it is set to, but for steps, must be the same one.
    std::vector<NodeId> sources = variable->assigned;
    if (variable->initializer != noNode) sources.push_back(variable->initializer);
    std::optional<NameTable> only;
    for (NodeId source : sources) {
      if (tree_.isNull(source)) continue;
      NodeId base = tree_.baseReference(source);
      if (base != noNode && clang_equalCursors(clang_getCursorReferenced(tree_[base].cursor), declaration) != 0) continue;
      std::optional<NameTable> found = tableOf(source, field, depth + 1);
      if (!found || (only && *only != *found)) return std::nullopt;
      only = std::move(found);
    }
    return only;
  }
  NodeId elements = variable->initializer == noNode ? noNode : elementsOf(variable->initializer);
  if (elements == noNode) return std::nullopt;
  NameTable table;
  table.name = spellingOf(declaration);
  ShownPlace place = files_.shown(files_.place(clang_getCursorLocation(declaration)));
  table.file = files_.names()[place.file];
  table.line = place.line;
  bool external = clang_getCursorLinkage(declaration) == CXLinkage_External;
  CXType element = clang_getArrayElementType(type);
  bool constant = isConstant(type) || (element.kind != CXType_Invalid && isConstant(element));
  bool changed = !variable->assigned.empty() || !variable->elements.empty() || variable->modified || variable->leaked ||
                 !variable->escapes.empty();
  table.complete = constant || (!external && !changed);
  for (NodeId part : tree_.expressionChildren(elements)) {
    NodeId value = part;
    NodeId first = tree_[part].first_child;
    // [INDEX] = value
    if (tree_[part].kind == CXCursor_UnexposedExpr && tree_.expressionChildren(part).size() == 2 && first != noNode &&
        tree_[first].kind == CXCursor_IntegerLiteral)
      value = tree_[part].last_child;
    if (clang_Cursor_isNull(field) == 0) value = partFor(value, field);
    if (value != noNode && tree_.isNull(value)) continue;
    std::optional<std::string> text = value == noNode ? std::nullopt : values_.text(value);
    if (!text) {
      // A last element that is empty braces ends the table.
      NodeId braces = tree_.peel(part);
      bool ends = braces != noNode && tree_[braces].kind == CXCursor_InitListExpr && tree_[braces].first_child == noNode;
      table.complete &= ends;
      continue;
    }
    if (table.texts.size() == tableLimit) {
      table.complete = false;
      break;
    }
    if (!text->empty() && std::ranges::find(table.texts, *text) == table.texts.end()) table.texts.push_back(*text);
  }
  if (table.texts.empty()) return std::nullopt;
  return table;
}

}  // namespace envleak::analyzer
