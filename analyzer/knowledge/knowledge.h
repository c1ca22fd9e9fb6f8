// The knowledge base: which foreign functions start programs, read or change the environment. It is data
// (share/envleak/knowledge/*.yaml, and a project's own models); this loads it and finds entries by name.
#pragma once

#include "analyzer/knowledge/model.h"

#include <cstdint>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace envleak::analyzer {

class Knowledge {
 public:
  // Reads every *.yaml of the folder, in order of their names; then the project's models, unless that path is empty: a
  // knowledge file, or a policy file with the key `models:`. What a project says of a name replaces what the folder
  // says. Throws InputError naming file, line, column and remedy.
  static Knowledge load(const std::string& folder, const std::string& models = {});
  // Would `models` add anything? False for a policy file without the key `models:`. Throws as load() does.
  static bool hasModels(const std::string& path);

  // By qualified name, see model.h. Several entries of one name are alternatives, in the order of the file.
  const std::vector<SpawnApi>* spawns(const std::string& name) const;
  const std::vector<EnvironmentChange>* changes(const std::string& name) const;
  const std::vector<EnvironmentProducer>* producers(const std::string& name) const;
  const std::vector<ObjectType>* objectTypes(const std::string& type) const;
  const ReaderApi* reader(const std::string& name) const;
  const WriterApi* writer(const std::string& name) const;
  const FunctionLookup* lookup(const std::string& name) const;
  bool isEnvironVariable(const std::string& name) const;
  // By unqualified name.
  bool allocates(const std::string& name) const { return allocates_.contains(name); }
  bool copiesString(const std::string& name) const { return copies_string_.contains(name); }
  bool fillsString(const std::string& name) const { return fills_string_.contains(name); }
  bool neverReturns(const std::string& name) const { return never_returns_.contains(name); }
  bool returnsTwice(const std::string& name) const { return returns_twice_.contains(name); }
  bool onlyFrees(const std::string& name) const { return only_frees_.contains(name); }
  // Is this the last part of some function's name? Cheap test before a qualified name is made.
  bool mentions(const std::string& unqualified) const { return last_parts_.contains(unqualified); }
  // For the link, which knows calls by the name the front end gave them: "execve", or "syscall#1" for the second entry.
  const SpawnApi* spawnById(const std::string& id) const;
  // How a source names what starts programs, reads or changes the environment, or is it.
  struct Name {
    std::string name;                 // the last part
    std::vector<std::string> within;  // the parts before it: who uses the name must know one of them. Empty: no need
  };
  std::vector<Name> names() const;
  static std::string idOf(const std::string& name, std::size_t index);
  // The macros that some `variant` asks for, sorted.
  std::vector<std::string> variantMacros() const;
  // Changes when any loaded file does: for the keys of caches.
  std::uint64_t fingerprint() const { return fingerprint_; }

 private:
  template <typename Entry>
  using ByName = std::unordered_map<std::string, std::vector<Entry>>;

  void add(KnowledgeFile file, const std::string& path, bool replace);
  template <typename Entry>
  void add(ByName<Entry>& known, std::vector<Entry>& entries, std::string Entry::*name, const std::string& path,
           bool replace);
  template <typename Entry>
  void addOnly(std::unordered_map<std::string, Entry>& known, std::vector<Entry>& entries, const std::string& path,
               bool replace);
  void mix(const std::string& text);

  ByName<SpawnApi> spawns_;
  ByName<EnvironmentChange> changes_;
  ByName<EnvironmentProducer> producers_;
  ByName<ObjectType> object_types_;
  std::unordered_map<std::string, ReaderApi> readers_;
  std::unordered_map<std::string, WriterApi> writers_;
  std::unordered_map<std::string, FunctionLookup> lookups_;
  std::unordered_set<std::string> variables_, last_parts_;
  std::unordered_set<std::string> allocates_, copies_string_, fills_string_, never_returns_, returns_twice_,
      only_frees_;
  std::uint64_t fingerprint_ = 0;
};

}  // namespace envleak::analyzer
