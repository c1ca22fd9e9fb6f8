// The knowledge base: which foreign functions start programs, read or change the environment. It is data
// (share/envleak/knowledge/*.yaml); this loads and checks it.
#pragma once

#include "facts/static_facts.h"

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace envleak::analyzer {

// Arguments are counted from 0.
struct SpawnApi {
  std::string name;                   // qualified
  std::optional<unsigned> program;    // file to execute, or a descriptor of it
  std::optional<unsigned> arguments;  // argument vector; with `variadic` the first of a list that NULL ends
  bool variadic = false;
  std::optional<unsigned> command;  // a line for the shell
  std::optional<unsigned> environment;
  bool environment_is_last = false;          // behind the NULL that ends the argument list
  std::string null;                          // what NULL as environment means: "empty" or "inherited"
  std::optional<unsigned> no_spawn_if_null;  // the call starts nothing if this argument is NULL
  // The call is a spawn only if this argument is one of these macro names, or the number the target gives them.
  struct Selector {
    unsigned argument = 0;
    std::vector<std::string> names;
    struct Number {
      std::string architecture;  // first part of the target triple
      std::int64_t value = 0;
    };
    std::vector<Number> numbers;
  };
  std::optional<Selector> when;
  std::string source;  // where the claim comes from
};

struct ReaderApi {
  std::string name;
  unsigned variable = 0;  // argument with the variable's name
  std::string source;
};

struct WriterApi {
  std::string name;
  facts::WriteKind kind = facts::WriteKind::set;
  std::optional<unsigned> variable;  // argument with the variable's name (put: with NAME=value)
  std::optional<unsigned> value;
  std::string source;
};

// Functions of which only one property matters, by that property.
struct FunctionProperties {
  std::vector<std::string> allocates;      // returns fresh memory
  std::vector<std::string> copies_string;  // returns a copy of its only argument
  std::vector<std::string> fills_string;   // copies a text into its first argument
  std::vector<std::string> never_returns;
  std::vector<std::string> returns_twice;
  std::vector<std::string> only_frees;  // takes a pointer that is not const, and changes nothing the caller may use
};

class Knowledge {
 public:
  // Reads every *.yaml of the folder, in order of their names. Throws InputError naming file and line.
  static Knowledge load(const std::string& folder);

  // Entries by qualified name; syscall() and its like have several.
  const std::vector<SpawnApi>* spawns(const std::string& name) const;
  const ReaderApi* reader(const std::string& name) const;
  const WriterApi* writer(const std::string& name) const;
  bool isEnvironVariable(const std::string& name) const;
  // By unqualified name.
  bool allocates(const std::string& name) const { return allocates_.contains(name); }
  bool copiesString(const std::string& name) const { return copies_string_.contains(name); }
  bool fillsString(const std::string& name) const { return fills_string_.contains(name); }
  bool neverReturns(const std::string& name) const { return never_returns_.contains(name); }
  bool returnsTwice(const std::string& name) const { return returns_twice_.contains(name); }
  bool onlyFrees(const std::string& name) const { return only_frees_.contains(name); }
  // Is this the last part of some entry's name? Cheap test before a qualified name is made.
  bool mentions(const std::string& unqualified) const;
  // For the link, which knows calls by the name the front end gave them: "execve", or "syscall#1" for the second entry.
  const SpawnApi* spawnById(const std::string& id) const;
  // Last parts of the names of all functions that start programs or read or change the environment, and its variables.
  std::vector<std::string> names() const;
  // Of all that was loaded: other contents, another fingerprint.
  const std::string& fingerprint() const { return fingerprint_; }
  static std::string idOf(const std::string& name, std::size_t index);

 private:
  void addFile(const std::string& path);
  std::string fingerprint_;
  std::unordered_map<std::string, std::vector<SpawnApi>> spawns_;
  std::unordered_map<std::string, ReaderApi> readers_;
  std::unordered_map<std::string, WriterApi> writers_;
  std::unordered_map<std::string, std::string> variables_;
  std::unordered_map<std::string, bool> last_parts_;
  std::unordered_set<std::string> allocates_, copies_string_, fills_string_, never_returns_, returns_twice_,
      only_frees_;
};

}  // namespace envleak::analyzer
