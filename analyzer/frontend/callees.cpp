#include "analyzer/frontend/callees.h"

#include "analyzer/frontend/library_headers.h"
#include "analyzer/frontend/type_names.h"
#include "analyzer/knowledge/selector.h"

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

std::string Callees::placeKey(CXCursor cursor) {
  FilePlace place = files_.startOf(cursor);
  return files_.nameOf(place.file) + "|" + std::to_string(place.offset);
}

std::string Callees::functionKey(CXCursor declaration) {
  CXCursor function = representative(declaration);
  std::string key = internalPrefix(function) + take(clang_getCursorUSR(function));
  // The lambdas of a template have one name for all of them.
  if (spellingOf(function) == "operator()")
    if (CXCursor closure = clang_getCursorSemanticParent(function); isClosure(closure))
      key += "@" + std::to_string(files_.place(clang_getCursorLocation(closure)).offset);
  return key;
}

const std::vector<CXCursor>& Callees::callOperators(CXType type) {
  static const std::vector<CXCursor> none;
  if (type.kind == CXType_Invalid) return none;
  CXType plain = clang_getCanonicalType(withoutReference(type));
  if (plain.kind == CXType_Pointer) plain = clang_getCanonicalType(clang_getPointeeType(plain));
  if (plain.kind != CXType_Record) return none;
  CXCursor record = clang_getTypeDeclaration(plain);
  auto [known, added] = call_operators_.try_emplace(record);
  if (!added) return known->second;
  struct Search {
    Callees& callees;
    std::vector<CXCursor> found;
  } search{*this, {}};
  CXCursor pattern = clang_getSpecializedCursorTemplate(record);
  if (clang_Location_isInSystemHeader(clang_getCursorLocation(record)) == 0)
    clang_visitChildren(
        clang_Cursor_isNull(pattern) ? record : pattern,
        [](CXCursor member, CXCursor, CXClientData data) {
          auto& [callees, found] = *static_cast<Search*>(data);
          CXCursorKind kind = clang_getCursorKind(member);
          if (isFunctionKind(kind) && spellingOf(member) == "operator()") found.push_back(member);
          if (kind == CXCursor_CXXBaseSpecifier)
            for (CXCursor inherited : callees.callOperators(clang_getCursorType(member))) found.push_back(inherited);
          return CXChildVisit_Continue;
        },
        &search);
  return call_operators_[record] = std::move(search.found);
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
  bool local = clang_getCursorKind(canonical) == CXCursor_VarDecl && clang_Cursor_hasVarDeclGlobalStorage(canonical) == 0;
  return (local ? "l|" : "v|") + internalPrefix(canonical) + take(clang_getCursorUSR(canonical));
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
    callee.lookup = knowledge_.lookup(name);
    callee.changes = knowledge_.changes(name);
    callee.producers = knowledge_.producers(name);
  }
  if (callee.spawns || callee.reader || callee.writer || callee.changes || callee.producers) return callee;
  callee.project = clang_Location_isInSystemHeader(clang_getCursorLocation(declaration)) == 0;
  callee.library = !callee.project && isFunctionKind(clang_getCursorKind(declaration)) &&
                   mayBeDefinedByProgram(declaration, take(clang_getCursorUSR(declaration)));
  if (callee.followed()) callee.key = functionKey(declaration);
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

bool Callees::holds(const std::optional<Variant>& variant) const {
  if (!variant) return true;
  auto macro = macros_.find(variant->macro);
  return analyzer::holds(variant, macro == macros_.end() ? std::nullopt : std::optional(macro->second));
}

const ObjectType* Callees::objectTypeOf(CXCursor record) {
  if (clang_Cursor_isNull(record) || clang_isInvalid(clang_getCursorKind(record))) return nullptr;
  auto [found, added] = objects_.try_emplace(record, nullptr);
  if (!added) return found->second;
  const ObjectType* result = nullptr;
  if (const std::vector<ObjectType>* entries = knowledge_.objectTypes(qualifiedName(record)))
    for (const ObjectType& entry : *entries)
      if (!result && holds(entry.variant)) result = &entry;
  struct Bases {
    Callees& callees;
    const ObjectType* result;
  } bases{*this, result};
  if (!result)
    clang_visitChildren(
        record,
        [](CXCursor child, CXCursor, CXClientData data) {
          if (clang_getCursorKind(child) != CXCursor_CXXBaseSpecifier) return CXChildVisit_Continue;
          auto& all = *static_cast<Bases*>(data);
          CXCursor base = clang_getTypeDeclaration(clang_getCanonicalType(clang_getCursorType(child)));
          if (!all.result) all.result = all.callees.objectTypeOf(base);
          return CXChildVisit_Continue;
        },
        &bases);
  return objects_[record] = bases.result;
}

const ObjectType* Callees::objectType(CXType type) {
  if (type.kind == CXType_Invalid) return nullptr;
  for (int level = 0; level < 3; ++level) {
    type = withoutReference(type);
    // C libraries name their objects by a typedef.
    if (type.kind == CXType_Typedef || type.kind == CXType_Elaborated) {
      CXCursor declaration = clang_getTypeDeclaration(type);
      if (clang_getCursorKind(declaration) == CXCursor_TypedefDecl)
        if (const std::vector<ObjectType>* entries = knowledge_.objectTypes(spellingOf(declaration)))
          for (const ObjectType& entry : *entries)
            if (holds(entry.variant)) return &entry;
    }
    CXType plain = clang_getCanonicalType(type);
    if (plain.kind == CXType_Record) {
      CXCursor record = clang_getTypeDeclaration(plain);
      if (const ObjectType* object = objectTypeOf(record)) return object;
      // A smart pointer leads to what it holds.
      if (!isAnyOf(spellingOf(record), {"unique_ptr", "shared_ptr", "QScopedPointer", "QSharedPointer", "QPointer", "optional"})) return nullptr;
      type = clang_Type_getTemplateArgumentAsType(plain, 0);
      continue;
    }
    if (plain.kind != CXType_Pointer) return nullptr;
    type = clang_getPointeeType(type.kind == CXType_Pointer ? type : plain);
  }
  return nullptr;
}

}  // namespace envleak::analyzer
