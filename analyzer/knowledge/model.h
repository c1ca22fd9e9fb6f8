// What the knowledge base says of foreign functions and types, one struct for each kind of entry. docs/knowledge.md
// describes the same as YAML.
//
// Arguments are counted from 0; of an operator that is a method, the object is not counted. Names are qualified,
// without template arguments and inline namespaces; "::f" is a C++ function f outside namespaces, "f" a C function.
#pragma once

#include "facts/static_facts.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace envleak::analyzer {

// As messages have it: without the "::" that tells a C++ function from a C one.
inline std::string shownName(const std::string& name) { return name.starts_with("::") ? name.substr(2) : name; }

// A part of a call: an argument, or the object that a method is called on; with `field`, a field of it ("a.b" if
// nested). An argument may be the struct or object itself, a reference to it or a pointer.
struct Operand {
  std::optional<unsigned> argument;  // none: the receiver
  std::string field;
  bool operator==(const Operand&) const = default;
};

// A condition on the value of an argument or of a field of it. All parts that are given must hold; within a list one.
struct Selector {
  unsigned argument = 0;
  std::string field;
  std::vector<std::string> names;  // the argument is written as one of these macros or enumerators, or
  struct Number {
    std::string architecture;  // first part of the target triple; empty: every target
    std::int64_t value = 0;
  };
  std::vector<Number> numbers;               // is one of these numbers, or
  std::vector<std::string> texts;            // is one of these constant strings
  std::optional<std::uint64_t> bit;          // has these bits
  std::optional<std::uint64_t> without_bit;  // has none of these bits
  std::vector<std::string> types;            // the declared type is one of these: without typedefs,
                                             // const, and one level of reference or pointer
  std::optional<bool> present;               // the call has it, as an argument or a default argument
  std::vector<std::string> not_types;        // is none of these, or the argument is not there
  bool operator==(const Selector&) const = default;
};
inline bool operator==(const Selector::Number& a, const Selector::Number& b) {
  return a.architecture == b.architecture && a.value == b.value;
}

// The entry holds only for some versions of the library, told by a macro of its headers. The macro must be defined.
struct Variant {
  std::string macro;
  std::optional<std::int64_t> at_least;
  std::optional<std::int64_t> below;
};

// What an environment is that somebody gives or makes.
enum class GivenEnvironment : std::uint8_t {
  inherited,  // none of its own: the child gets the parent's. The first change by name leaves nothing of that
  forwarded,  // a copy of the whole environment. Changes by name are made to that copy
  empty,
  explicit_,  // from nothing of the parent's
  filtered,   // some names of the parent's
  extends,    // the operand's, plus or minus the named variable
  unset,      // the operand's without the named variable
  same,       // the operand's
  unknown,
};

struct SpawnApi {
  std::string name;
  std::optional<unsigned> program;    // file to execute, or a descriptor of it
  std::optional<unsigned> arguments;  // argument vector; with `variadic` the first of a list that NULL ends
  bool variadic = false;
  std::optional<unsigned> command;  // a line for the shell
  // Where an object or a field holds them.
  std::optional<Operand> program_in, arguments_in, command_in;

  // Where the environment is: at most one of these five. None of them: the child gets what `environ` is at the call.
  std::optional<unsigned> environment;
  bool environment_is_last = false;       // behind the NULL that ends the argument list
  bool environment_is_empty = false;      // the child gets nothing
  std::optional<Operand> environment_in;  // with a field: that field; without: the object holds it (see `objects`)
  struct TypeEffect {
    std::string type;
    // What an argument of that class, wherever it stands, makes of the child's environment.
    enum class Effect : std::uint8_t { inherited, extends, forwarded, replaces, empty, explicit_ } effect{};
  };
  std::vector<TypeEffect> types;

  std::string null;      // what NULL as environment means, also a field left out: "empty" or "inherited"
  std::string if_empty;  // what an environment without variables means: "empty" (the default) or "inherited"
  bool extends = false;  // the child gets the parent's environment plus this one
  // The environment replaces the parent's after all if this holds (a flag beside it).
  std::optional<Selector> replaces_if;
  // An object that may overrule the argument: if it says `inherited` (by a `change`), the argument is ignored.
  std::optional<unsigned> overruled_by;

  std::optional<unsigned> no_spawn_if_null;  // the call starts nothing if this argument is NULL
  std::optional<Selector> when;              // entries of one name are alternatives: the first that holds is taken
  std::optional<Variant> variant;
  std::string trap;    // one clause: why it looks explicit and inherits all the same; empty: it does not
  std::string source;  // where the claim comes from
  unsigned line = 0;   // of the entry in its file

  // Is the environment where today's `environment` and `environment_is_last` do not lead?
  bool environmentIsHeld() const { return environment_in || !types.empty() || environment_is_empty; }
};

struct ReaderApi {
  std::string name;
  unsigned variable = 0;  // argument with the variable's name
  std::string source;
  unsigned line = 0;
};

struct WriterApi {
  std::string name;
  facts::WriteKind kind = facts::WriteKind::set;
  std::optional<unsigned> variable;  // argument with the variable's name (put: with NAME=value)
  std::optional<unsigned> value;
  std::string source;
  unsigned line = 0;
};

// A class or struct whose objects hold an environment for a child, or are one.
struct ObjectType {
  std::string type;
  GivenEnvironment initial = GivenEnvironment::inherited;  // of a fresh one; never `extends`, `unset` or `same`
  std::string if_empty;  // what a spawn makes of one that is empty: "empty" (the default) or "inherited"
  std::optional<Variant> variant;
  std::string source;
  unsigned line = 0;
};

// What a call does to the environment that an object holds.
struct EnvironmentChange {
  std::string name;
  Operand object;
  enum class Effect : std::uint8_t {
    set,      // one variable, by `variable`; its value by `value`
    put,      // one variable, `variable` is NAME=value
    pass,     // takes the variable over from the parent: by `variable` or `names`
    unset,    // takes one variable away
    clear,    // takes all away
    replace,  // by the environment in `value`
    extend,   // by all variables of the environment in `value`
    forward,  // by a copy of the parent's
    inherit,  // the child gets the parent's, whatever was set
  } effect{};
  std::optional<unsigned> variable;
  std::optional<unsigned> value;
  std::vector<std::string> names;  // that `pass` takes over
  std::string null;                // what NULL as `value` means: "inherited", "forwarded" or "empty"
  std::string if_empty;            // what an empty `value` means: "empty" (the default) or "inherited"
  std::optional<Selector> when;
  std::optional<Variant> variant;
  bool keeps_inherited = false;  // an object that inherits goes on to inherit
  std::string trap;              // if `null` or `if_empty` make it inherit, or `inherit` does: why it is not seen
  std::string source;
  unsigned line = 0;
};

// A function, method or constructor that returns an environment, or an object that holds one.
struct EnvironmentProducer {
  std::string name;
  GivenEnvironment gives = GivenEnvironment::unknown;
  std::optional<Operand> of;  // whose: for `extends`, `unset`, `same`
  std::optional<unsigned> variable;
  std::optional<unsigned> value;
  std::optional<Selector> when;
  std::optional<Variant> variant;
  std::string source;
  unsigned line = 0;
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

// A function that finds another by its name.
struct FunctionLookup {
  std::string name;
  unsigned function = 0;             // argument: the name of what is looked for
  std::optional<unsigned> result;    // argument: where its address is put; none: it is returned
  std::string source;
  unsigned line = 0;
};

struct EnvironmentArray {
  std::string name;  // of a global variable that is the process's environment
  std::string source;
};

// One file of the knowledge base, or the `models:` of a project.
struct KnowledgeFile {
  std::optional<unsigned> format;
  std::vector<SpawnApi> spawn;
  std::vector<ReaderApi> read;
  std::vector<WriterApi> write;
  std::vector<ObjectType> objects;
  std::vector<EnvironmentChange> change;
  std::vector<EnvironmentProducer> produce;
  std::vector<FunctionLookup> lookup;
  std::vector<EnvironmentArray> environ_variables;
  FunctionProperties functions;
};

}  // namespace envleak::analyzer
