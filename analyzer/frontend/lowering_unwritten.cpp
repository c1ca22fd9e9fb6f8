// Functions that run without a call in the text: destructors, cleanup attributes, what a library calls back, the
// begin() and end() of a loop over a range.
#include "analyzer/frontend/lowering.h"
#include "analyzer/frontend/type_names.h"

#include <algorithm>

namespace envleak::analyzer {
namespace {

constexpr int depthLimit = 3;  // of fields, bases and template arguments

bool isRecord(CXType type) { return type.kind == CXType_Record; }

template <typename Take>
void forEachMember(CXCursor record, const Take& take) {
  clang_visitChildren(
      record,
      [](CXCursor member, CXCursor, CXClientData data) {
        (*static_cast<const Take*>(data))(member);
        return CXChildVisit_Continue;
      },
      const_cast<Take*>(&take));
}

std::vector<CXCursor> methodsOf(CXType type, std::initializer_list<std::string_view> names) {
  std::vector<CXCursor> found;
  CXType record = clang_getCanonicalType(withoutReference(type));
  if (record.kind == CXType_Pointer) record = clang_getCanonicalType(clang_getPointeeType(record));
  if (!isRecord(record)) return found;
  forEachMember(clang_getTypeDeclaration(record), [&](CXCursor member) {
    if (clang_getCursorKind(member) == CXCursor_CXXMethod && isAnyOf(spellingOf(member), names)) found.push_back(member);
  });
  return found;
}

void addDestructors(CXType type, int depth, std::vector<CXCursor>& found) {
  type = clang_getCanonicalType(type);
  while (type.kind == CXType_ConstantArray) type = clang_getCanonicalType(clang_getArrayElementType(type));
  if (!isRecord(type) || depth > depthLimit) return;
  CXCursor record = clang_getTypeDeclaration(type);
  if (clang_Location_isInSystemHeader(clang_getCursorLocation(record))) {
    // A container destroys its elements, a smart pointer calls its deleter.
    for (int i = 0, count = clang_Type_getNumTemplateArguments(type); i < count; ++i) {
      CXType argument = clang_Type_getTemplateArgumentAsType(type, static_cast<unsigned>(i));
      addDestructors(argument, depth + 1, found);
      for (CXCursor method : methodsOf(argument, {"operator()"})) found.push_back(method);
    }
    return;
  }
  forEachMember(record, [&](CXCursor member) {
    CXCursorKind kind = clang_getCursorKind(member);
    if (kind == CXCursor_Destructor && clang_CXXMethod_isDefaulted(member) == 0) found.push_back(member);
    if (kind == CXCursor_CXXBaseSpecifier || kind == CXCursor_FieldDecl)
      addDestructors(clang_getCursorType(member), depth + 1, found);
  });
}

// The function that __attribute__((cleanup(function))) names. libclang tells of the attribute only in print.
CXCursor cleanupFunction(CXCursor variable) {
  CXPrintingPolicy policy = clang_getCursorPrintingPolicy(variable);
  std::string text = take(clang_getCursorPrettyPrinted(variable, policy));
  clang_PrintingPolicy_dispose(policy);
  constexpr std::string_view attribute = "cleanup(";
  std::size_t start = text.find(attribute);
  if (start == std::string::npos) return clang_getNullCursor();
  start += attribute.size();
  struct Search {
    std::string name;
    CXCursor found;
  } search{text.substr(start, text.find(')', start) - start), clang_getNullCursor()};
  clang_visitChildren(
      clang_getTranslationUnitCursor(clang_Cursor_getTranslationUnit(variable)),
      [](CXCursor cursor, CXCursor, CXClientData data) {
        auto& wanted = *static_cast<Search*>(data);
        if (clang_getCursorKind(cursor) != CXCursor_FunctionDecl || spellingOf(cursor) != wanted.name)
          return CXChildVisit_Continue;
        wanted.found = cursor;
        return CXChildVisit_Break;
      },
      &search);
  return search.found;
}

}  // namespace

void Lowering::mayRun(CXCursor function, bool always) {
  const Callee& callee = c_.callees.of(function);
  if (callee.writer) {
    changed(Added::other);
    return addCall(state_.environ, {}, callee.name, false);
  }
  if (callee.project) mayRunFunction(callee.key, callee.name, always && clang_CXXMethod_isVirtual(function) == 0);
}

void Lowering::mayRunFunction(const std::string& key, const std::string& name, bool always) {
  auto at = std::ranges::lower_bound(function_.unwritten, key);
  if (at == function_.unwritten.end() || *at != key) function_.unwritten.insert(at, key);
  if (tracks_) addCall(state_.environ, key, name, always);
}

// A function, a lambda or an object to call among what a library is given.
void Lowering::mayCallBack(NodeId call) {
  for (NodeId argument : c_.tree.arguments(call)) {
    if (argument == noNode) continue;
    for (NodeId at = argument; at < c_.tree.endOf(argument); ++at) {
      if (c_.tree[at].kind == CXCursor_LambdaExpr) {
        mayRunFunction(keyOfInner(at), "(lambda)", false);
        at = c_.tree.endOf(at) - 1;
        continue;
      }
      if (c_.tree[at].kind != CXCursor_DeclRefExpr && c_.tree[at].kind != CXCursor_MemberRefExpr) continue;
      CXCursor named = clang_getCursorReferenced(c_.tree[at].cursor);
      if (isFunctionKind(clang_getCursorKind(named))) {
        mayRun(named, false);
      } else if (std::optional<std::vector<Callable>> callables = c_.dataflow.callables(at)) {
        for (const Callable& one : *callables)
          if (!one.function.empty())
            mayRunFunction(one.function, isClosure(clang_getTypeDeclaration(clang_getCanonicalType(withoutReference(clang_getCursorType(named))))) ? "(lambda)" : "operator()", false);
          else if (isCallableObject(clang_getCursorType(named)))
            addCall(state_.environ, {}, spellingOf(named), false);
      }
    }
  }
}

const std::vector<CXCursor>& Lowering::destructorsOf(CXType type) const {
  CXType canonical = clang_getCanonicalType(type);
  while (canonical.kind == CXType_ConstantArray) canonical = clang_getCanonicalType(clang_getArrayElementType(canonical));
  auto [found, added] = c_.destructors.try_emplace(clang_getTypeDeclaration(canonical));
  if (added) addDestructors(canonical, 0, found->second);
  return found->second;
}

void Lowering::destroy(CXType type, bool always) {
  CXTypeKind kind = clang_getCanonicalType(type).kind;
  if (kind != CXType_Record && kind != CXType_ConstantArray) return;
  for (CXCursor destructor : destructorsOf(type))
    mayRun(destructor, always && clang_getCursorKind(destructor) == CXCursor_Destructor);
}

void Lowering::beginLife(NodeId variable) {
  CXCursor declaration = c_.tree[variable].cursor;
  if (clang_Cursor_hasVarDeclGlobalStorage(declaration) == 1) return;
  bool marked = false;
  for (NodeId child : c_.tree.children(variable)) marked |= clang_isAttribute(c_.tree[child].kind) != 0;
  Living living{clang_getCursorType(declaration), marked && tracks_ ? cleanupFunction(declaration) : clang_getNullCursor()};
  CXTypeKind kind = clang_getCanonicalType(living.type).kind;
  bool record = kind == CXType_Record || kind == CXType_ConstantArray;
  if (record || !clang_Cursor_isNull(living.cleanup)) living_.push_back(living);
}

// What was declared since ends, the last one first.
void Lowering::endLives(std::size_t since, bool always) {
  if (!state_.reachable()) return;
  for (std::size_t i = living_.size(); i-- > since;) {
    if (!clang_Cursor_isNull(living_[i].cleanup)) mayRun(living_[i].cleanup, always);
    destroy(living_[i].type, always);
  }
}

// for (x : range)
void Lowering::stepThroughRange(NodeId loop) {
  std::vector<NodeId> parts = c_.tree.children(loop);
  if (!parts.empty()) parts.pop_back();
  for (NodeId part : parts) {
    if (!clang_isExpression(c_.tree[part].kind)) continue;
    for (CXCursor method : methodsOf(clang_getCursorType(c_.tree[part].cursor), {"begin", "end"})) {
      mayRun(method, false);
      for (CXCursor step : methodsOf(clang_getCursorResultType(method), {"operator++", "operator*", "operator!=", "operator=="}))
        mayRun(step, false);
    }
  }
}

}  // namespace envleak::analyzer
