// What one translation unit contributes to the program: the worker's answer, and all that the link reads.
// Fields are encoded as summary_fields.h lists them.
//
// A summary is a pure function of the unit's sources, its command, the knowledge base and the tool's version. Paths
// are canonical and absolute.
#pragma once

#include "facts/static_facts.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace envleak::analyzer {

// Which parameters of the enclosing function a value was made from: bit i is parameter i.
using ParameterMask = std::uint64_t;
inline constexpr unsigned variadicBit = 62;  // the arguments behind "..."
inline constexpr unsigned thisBit = 63;
// Parameters that have no bit of their own share that of "...".
inline constexpr ParameterMask maskOf(unsigned bit) { return ParameterMask{1} << (bit > thisBit ? variadicBit : bit); }

// What is known of an environment: an argument's value, or the process's own `environ` at some point.
struct EnvironmentValue {
  enum class Kind {
    inherited,  // what the process itself was given
    environ,    // `environ` at the call
    forwarded,  // what `environ` was earlier, or main's third parameter: clearing `environ` does not change it
    null,       // the API says what that means
    empty,
    explicit_,
    filtered,
    parameter,  // parameter number `parameter` of the enclosing function
    result,     // what the project function `function` returns
    unknown,
  };
  Kind kind = Kind::unknown;
  unsigned parameter = 0;
  std::string function;  // key
  std::string reason;    // one clause
  bool operator==(const EnvironmentValue&) const = default;
};

// Of two paths the one that lets more through; unknown where only the link could tell. Keeps the first of equals.
EnvironmentValue widest(const EnvironmentValue&, const EnvironmentValue&);

// What adding variables does to an environment, from harmless to not known.
enum class Added {
  nothing,
  constant,      // name and value are constants
  from_parent,   // the name is constant; the value may be the parent's
  unknown_name,  // any variable
  other,         // not only additions: cleared or replaced on some path
};

// The process's own environment at a point: a value, then the calls that may have changed it since.
struct EnvironmentState {
  EnvironmentValue value{EnvironmentValue::Kind::inherited, 0, {}, {}};
  bool reachable = true;
  bool narrowed_on_some_path = false;  // cleared or replaced on one of the paths, not on the one that decides
  struct Called {
    std::string function;  // key; empty: not known
    std::string name;      // as the source names it
    bool always = true;    // on every path
    bool operator==(const Called&) const = default;
  };
  std::vector<Called> called;
  bool operator==(const EnvironmentState&) const = default;
};

// Constants that a variable's name is taken from, by index or in a loop.
struct NameTable {
  std::string name;  // of the array
  std::string file;
  unsigned line = 0;
  std::vector<std::string> texts;
  bool complete = true;  // it holds nothing else, as far as the unit tells
  bool operator==(const NameTable&) const = default;
};

// Where a name comes from that is no constant.
struct NameSource {
  std::optional<unsigned> parameter;  // of the enclosing function, handed on unchanged
  std::optional<NameTable> table;
  bool operator==(const NameSource&) const = default;
};

struct Argument {
  ParameterMask depends = 0;
  std::optional<std::string> text;              // the constant string, or the first of a constant array
  std::optional<EnvironmentValue> environment;  // for arguments that can be an environment
  NameSource name{};                            // for strings, if `text` is not known
};

struct Call {
  unsigned file = 0;  // index into UnitSummary::files
  unsigned line = 0, column = 0, end_line = 0;
  std::vector<facts::Position> positions;
  bool tail = false;
  std::string callee;                  // as the source names it
  std::string function;                // name of the enclosing function or lambda
  std::string api;                     // name of a spawn API, or
  std::vector<std::string> functions;  // keys of the project functions it may call, or
  std::string pointer;                 // key of the variable or field that is called through
  ParameterMask receiver = 0;          // of the object a method is called on
  std::vector<Argument> arguments;
  // Spawn APIs and calls through pointers only.
  EnvironmentState environment;
};

struct Function {
  std::string key;  // USR; with the file in front for internal linkage
  std::string name;
  unsigned file = 0;
  unsigned line = 0;
  unsigned parameters = 0;
  std::vector<std::string> parameter_names;
  bool broken = false;                 // contains errors: parts of it are lost
  std::vector<std::string> overrides;  // keys of the virtual functions it overrides
  std::vector<Call> calls;
  std::optional<EnvironmentValue> returns;  // if it returns an environment
  Added adds = Added::nothing;              // what it does to `environ` itself, on any path
  std::optional<EnvironmentState> leaves;   // what `environ` is after it, if it does anything to it
};

// `target` may hold the address of `function` (a spawn API's name if `api`), or whatever `from` holds.
struct PointerAssignment {
  std::string target;
  std::string function;
  bool api = false;
  std::string from;
  auto operator<=>(const PointerAssignment&) const = default;
};

struct UnitSummary {
  std::string main_file;
  facts::UnitStatus status = facts::UnitStatus::complete;
  std::vector<std::string> errors;
  std::vector<facts::Repair> repairs;
  unsigned unseen_mentions = 0;  // see facts::Unit
  std::vector<std::string> files;
  std::vector<Function> functions;
  std::vector<PointerAssignment> pointers;
  struct Origin {
    std::string function;  // key of the enclosing one
    NameSource name;
  };
  std::vector<facts::EnvironmentRead> reads;
  std::vector<Origin> read_origins;  // one for each of them
  std::vector<facts::EnvironmentWrite> writes;
  std::vector<Origin> write_origins;
  std::vector<facts::Suppression> suppressions;
  struct SuppressedLine {
    unsigned suppression = 0;  // index into suppressions
    unsigned line = 0;         // that it covers
  };
  std::vector<SuppressedLine> suppressed_lines;
};

}  // namespace envleak::analyzer
