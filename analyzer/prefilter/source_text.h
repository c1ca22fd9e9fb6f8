// The identifiers of one source file, found without a compiler.
//
// Conditions of the preprocessor are not decided: all branches count. An identifier is its hash, so that two can only
// be taken for one, never overlooked.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace envleak::analyzer {

using NameHash = std::uint32_t;
constexpr NameHash nameHash(std::string_view name) {
  NameHash hash = 2166136261U;
  for (char c : name) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
  return hash;
}

// A name that is only given a value there, as a field in `o.run = f` or `{.run = f}`: who calls through it names it
// otherwise.
constexpr NameHash assignedHash(NameHash name) { return name ^ 0x9E3779B9U; }

// The name of a function that has its body there.
constexpr NameHash definedHash(NameHash name) { return name ^ 0x85EBCA6BU; }

// The name, as assignedHash() may have changed it, of a field: after "." or "->".
constexpr NameHash fieldHash(NameHash name) { return name ^ 0xC2B2AE35U; }

// A name that is all of a call's argument: where a macro puts it after "." or "->", it is a field's.
constexpr NameHash argumentHash(NameHash name) { return name ^ 0x27D4EB2FU; }

// A name of what is initialised by {...}, or of its type: fields may be given by position there.
constexpr NameHash bracedHash(NameHash name) { return name ^ 0x165667B1U; }

struct SourceText {
  struct Include {
    std::string name;  // or that of a macro that is the name
    bool quoted = false;
    bool computed = false;
  };
  struct Macro {
    NameHash name = 0;
    std::vector<NameHash> body;
    bool accesses = false;  // "x.P" or "x->P", where P is a parameter of it
    std::string file;  // if it is one that #include could take: "x.h" or <x.h>, with the quotes
  };
  // The body of a function or a macro, and what it names. A file whose braces do not pair is one body of all its names.
  struct Body {
    std::vector<NameHash> names;  // what it may be called by
    std::vector<NameHash> used;
    std::vector<NameHash> called;  // of these: before an opening parenthesis
  };
  // Outside of bodies: names of types, then what is declared with them; without parameters and initialisers.
  struct Declaration {
    std::vector<NameHash> names;
    NameHash owner = 0;  // the struct that it is a field of
    bool is_typedef = false;
    bool unsure = false;  // any of them may be of the type of any other
  };
  std::vector<Declaration> declarations;
  std::vector<Body> bodies;
  std::vector<NameHash> names;     // sorted: everywhere but in comments and in bodies of macros, each once; with strings that
                                   // are nothing but a name, as dlsym() takes them; also fieldHash(),
                                   // argumentHash() and bracedHash()
  std::vector<NameHash> defined;   // definedHash() of all that have a body here
  std::vector<NameHash> executed;  // of these: in functions' bodies and in initialisers, not in mere declarations
  std::vector<Macro> macros;
  std::vector<Include> includes;
  std::vector<NameHash> included;  // the words that the names of includes are made of; sorted

  bool suppresses = false;  // speaks of envleak's own rules
};

// Of a file: a unit's that was not parsed, or a header.
struct UnparsedText {
  std::string file;  // canonical
  const SourceText* text = nullptr;
};

SourceText readSourceText(std::string_view text);

}  // namespace envleak::analyzer
