#include "analyzer/frontend/callees.h"

namespace envleak::analyzer {
namespace {

// The pattern a specialisation was made from, else the first declaration.
CXCursor representative(CXCursor declaration) {
  CXCursor pattern = clang_getSpecializedCursorTemplate(declaration);
  if (!clang_Cursor_isNull(pattern) && isFunctionKind(clang_getCursorKind(pattern))) declaration = pattern;
  return clang_getCanonicalCursor(declaration);
}

}  // namespace

std::string Callees::internalPrefix(CXCursor declaration) {
  if (clang_getCursorLinkage(declaration) == CXLinkage_External) return {};
  return files_.nameOf(files_.place(clang_getCursorLocation(declaration)).file) + "|";
}

std::string Callees::functionKey(CXCursor declaration) {
  CXCursor function = representative(declaration);
  return internalPrefix(function) + take(clang_getCursorUSR(function));
}

std::string Callees::pointerKey(CXCursor declaration) {
  CXCursor canonical = clang_getCanonicalCursor(declaration);
  if (clang_getCursorKind(canonical) == CXCursor_ParmDecl) {
    CXCursor function = clang_getCursorSemanticParent(declaration);
    int count = clang_Cursor_getNumArguments(function);
    for (int i = 0; i < count; ++i)
      if (spellingOf(clang_Cursor_getArgument(function, static_cast<unsigned>(i))) == spellingOf(declaration))
        return "p" + std::to_string(i) + "|" + functionKey(function);
  }
  return "v|" + internalPrefix(canonical) + take(clang_getCursorUSR(canonical));
}

const Callee& Callees::of(CXCursor declaration) {
  auto [found, added] = known_.try_emplace(declaration);
  Callee& callee = found->second;
  if (!added) return callee;
  callee.name = spellingOf(declaration);
  if (knowledge_.mentions(callee.name)) {
    // A function of C: by its USR, so that a method or an overload of the same name is not taken for it.
    bool is_c = take(clang_getCursorUSR(declaration)) == "c:@F@" + callee.name;
    std::string name = is_c ? callee.name : qualifiedName(declaration);
    if (!is_c && name == callee.name) name = "::" + name;
    callee.spawns = knowledge_.spawns(name);
    callee.reader = knowledge_.reader(name);
    callee.writer = knowledge_.writer(name);
    callee.changes = knowledge_.changes(name);
    callee.producers = knowledge_.producers(name);
  }
  if (callee.spawns || callee.reader || callee.writer) return callee;
  callee.project = clang_Location_isInSystemHeader(clang_getCursorLocation(declaration)) == 0;
  if (callee.project) callee.key = functionKey(declaration);
  return callee;
}

bool Callees::isEnviron(CXCursor declaration) {
  if (clang_getCursorKind(declaration) != CXCursor_VarDecl) return false;
  auto [found, added] = environ_.try_emplace(declaration, false);
  if (added) {
    std::string name = spellingOf(declaration);
    found->second = knowledge_.isEnvironVariable(name) && take(clang_getCursorUSR(declaration)) == "c:@" + name;
  }
  return found->second;
}

}  // namespace envleak::analyzer
