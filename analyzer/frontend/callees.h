// What a called function is: an entry of the knowledge base, a function of the project, or of no interest.
#pragma once

#include "analyzer/frontend/cursor.h"
#include "analyzer/frontend/source_files.h"
#include "analyzer/knowledge/knowledge.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace envleak::analyzer {

struct Callee {
  const std::vector<SpawnApi>* spawns = nullptr;
  const ReaderApi* reader = nullptr;
  const WriterApi* writer = nullptr;
  const FunctionLookup* lookup = nullptr;
  const std::vector<EnvironmentChange>* changes = nullptr;
  const std::vector<EnvironmentProducer>* producers = nullptr;
  bool project = false;  // declared outside system headers
  bool library = false;  // declared in one; followed all the same where the program defines it
  std::string key;       // of those that are followed
  std::string name;      // as written at the declaration, unqualified
  bool followed() const { return project || library; }
};

class Callees {
 public:
  Callees(const Knowledge& knowledge, SourceFiles& files) : knowledge_(knowledge), files_(files) {}

  const Callee& of(CXCursor declaration);
  // USR of a function or template; the file stands in front for internal linkage, where the USR has its base name only.
  std::string functionKey(CXCursor declaration);
  // Of a variable, parameter or field that may hold a function's address: "l|" in front of local variables, "pN|" of
  // parameter N.
  std::string pointerKey(CXCursor declaration);
  // The methods that a call of an object of this type may reach, if the project defines them: of a class or its bases, of
  // what a lambda is.
  const std::vector<CXCursor>& callOperators(CXType type);
  // Of a place in the source.
  std::string placeKey(CXCursor cursor);
  bool isEnviron(CXCursor declaration);
  // The entry for what the type is, points to or derives from; nullptr: it holds no environment.
  const ObjectType* objectType(CXType type);
  const ObjectType* objectTypeOf(CXCursor record);
  // Does the entry hold for the version of the library that this unit sees?
  bool holds(const std::optional<Variant>& variant) const;
  void setMacro(const std::string& name, std::int64_t value) { macros_[name] = value; }
  const Knowledge& knowledge() const { return knowledge_; }

 private:
  std::string internalPrefix(CXCursor declaration);
  const Knowledge& knowledge_;
  SourceFiles& files_;
  CursorMap<Callee> known_;
  CursorMap<bool> environ_;
  CursorMap<std::vector<CXCursor>> call_operators_;
  CursorMap<const ObjectType*> objects_;
  std::map<std::string, std::int64_t> macros_;
};

}  // namespace envleak::analyzer
