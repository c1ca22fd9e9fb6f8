#include "analyzer/frontend/alternatives.h"

namespace envleak::analyzer {

std::string typeName(CXType type) {
  type = clang_getCanonicalType(clang_getNonReferenceType(type));
  if (type.kind == CXType_Pointer) type = clang_getCanonicalType(clang_getPointeeType(type));
  type = clang_getUnqualifiedType(type);
  CXCursor declaration = clang_getTypeDeclaration(type);
  bool is_class = type.kind == CXType_Record || type.kind == CXType_Enum || type.kind == CXType_Unexposed;
  if (is_class && !clang_isInvalid(clang_getCursorKind(declaration))) return qualifiedName(declaration);
  return take(clang_getTypeSpelling(type));
}

std::optional<std::int64_t> Alternatives::macro(const std::optional<Variant>& variant) const {
  if (!variant) return std::nullopt;
  auto found = macros_.find(variant->macro);
  return found == macros_.end() ? std::nullopt : std::optional(found->second);
}

bool Alternatives::holds(const Selector& selector, NodeId call) const {
  OperandFacts operand;
  std::vector<NodeId> arguments = tree_.arguments(call);
  CXCursor called = dataflow_.calledFunction(call);
  // object(a, b): the object comes first among the arguments, and is not counted.
  NodeId callee = tree_.calleeExpression(call);
  bool is_operator = clang_getCursorKind(called) == CXCursor_CXXMethod && spellingOf(called).starts_with("operator") &&
                     (callee == noNode || tree_[callee].kind != CXCursor_MemberRefExpr);
  if (is_operator && !arguments.empty()) arguments.erase(arguments.begin());
  operand.present = selector.argument < arguments.size();
  if (operand.present && selector.field.empty()) {
    NodeId argument = arguments[selector.argument];
    CXType declared = clang_getArgType(clang_getCursorType(called), selector.argument);
    if (declared.kind == CXType_Invalid && argument != noNode) declared = clang_getCursorType(tree_[argument].cursor);
    operand.type = typeName(declared);
    operand.word = values_.source(argument);
    operand.number = values_.number(argument);
    if (argument != noNode) operand.text = values_.text(argument);
  }
  Match result = match(selector, operand, architecture_);
  return result == Match::yes || (result == Match::unknown && (selector.bit || selector.without_bit));
}

}  // namespace envleak::analyzer
