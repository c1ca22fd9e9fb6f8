// Arguments that a call leaves out: what the function's declaration says of them.
#include "analyzer/frontend/initializers.h"
#include "analyzer/frontend/type_names.h"
#include "analyzer/frontend/values.h"

namespace envleak::analyzer {
namespace {

using Kind = EnvironmentValue::Kind;

// Through conversions, to what the expression is.
CXCursor plain(CXCursor expression) {
  for (int wrapped = 0; wrapped < 8; ++wrapped) {
    CXCursorKind kind = clang_getCursorKind(expression);
    bool transparent = kind == CXCursor_UnexposedExpr || kind == CXCursor_ParenExpr || kind == CXCursor_CStyleCastExpr ||
                       kind == CXCursor_CXXStaticCastExpr || kind == CXCursor_CXXConstCastExpr;
    CXCursor inner = transparent ? defaultOf(expression) : clang_getNullCursor();
    if (clang_Cursor_isNull(inner)) break;
    expression = inner;
  }
  return expression;
}

}  // namespace

EnvironmentValue Values::leftOut(NodeId argument) const {
  EnvironmentValue none{Kind::null, 0, {}, "the environment argument is left out"};
  NodeId call = tree_[argument].parent;
  while (call != noNode && tree_[call].kind != CXCursor_CallExpr) call = tree_[call].parent;
  if (call == noNode) return none;
  CXCursor called = dataflow_.calledFunction(call);
  if (clang_Cursor_isNull(called) || !callees_.of(called).followed()) return none;
  std::vector<NodeId> arguments = tree_.arguments(call);
  CXCursor written = clang_getNullCursor();
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    if (tree_.peel(arguments[i]) != argument) continue;
    for (CXCursor declaration : {called, clang_getCanonicalCursor(called), clang_getCursorDefinition(called)})
      if (clang_Cursor_isNull(written) && !clang_Cursor_isNull(declaration))
        written = defaultOf(clang_Cursor_getArgument(declaration, static_cast<unsigned>(i)));
  }
  EnvironmentValue unknown{Kind::unknown, 0, {}, "what stands for the argument that is left out is not followed"};
  if (clang_Cursor_isNull(written)) return unknown;
  CXCursor value = plain(written);
  CXCursor named = clang_getCursorReferenced(value);
  switch (clang_getCursorKind(value)) {
    case CXCursor_GNUNullExpr:
    case CXCursor_CXXNullPtrLiteralExpr:
    case CXCursor_IntegerLiteral:
      return none;
    case CXCursor_DeclRefExpr:
      if (callees_.isEnviron(named)) return {Kind::environ, 0, {}, "'environ' stands for the argument that is left out"};
      if (spellingOf(value) == "nullopt") return none;
      if (clang_getCursorLinkage(named) == CXLinkage_External && isStringArray(clang_getCursorType(named)))
        return {Kind::cell, 0, {}, "what '" + spellingOf(named) + "' holds decides", {}, callees_.pointerKey(named)};
      return unknown;
    case CXCursor_CallExpr:
    case CXCursor_InitListExpr: {
      bool empty = clang_Cursor_isNull(defaultOf(value)) && isStringObject(clang_getCursorType(value));
      return empty ? EnvironmentValue{Kind::empty, 0, {}, "nothing stands for the argument that is left out"} : unknown;
    }
    default:
      return unknown;
  }
}

}  // namespace envleak::analyzer
