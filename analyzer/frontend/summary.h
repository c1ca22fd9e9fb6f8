// What one translation unit contributes to the program: the worker's answer, and all that the link reads.
// Fields are encoded as summary_fields.h lists them.
//
// A summary is a pure function of the unit's sources, its command, the knowledge base and the tool's version. Paths
// are canonical and absolute.
#pragma once

#include "analyzer/frontend/environment_value.h"
#include "facts/static_facts.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace envleak::analyzer {

// Numbers from here on: parameters of the function that a lambda stands in, and of the lambdas around it. It has no
// other; whoever calls it in that function hands them on as they are.
inline constexpr unsigned capturedPort = 1U << 20;

// Constants that a variable's name is taken from, by index or in a loop.
struct NameTable {
  std::string name;  // of the array
  std::string file;
  unsigned line = 0;
  std::vector<std::string> texts;
  bool complete = true;  // it holds nothing else, as far as the unit tells
  bool operator==(const NameTable&) const = default;
};

// Where a variable's name comes from that is no constant.
struct NameSource {
  std::optional<unsigned> parameter;  // of the enclosing function, handed on unchanged
  std::optional<NameTable> table;
  bool operator==(const NameSource&) const = default;
};

// What is known of something that is passed on.
struct Passed {
  Ports depends;                                // what of the caller's own caller it is made from
  std::optional<std::string> text;              // the constant string, or the first of a constant array
  std::optional<std::int64_t> number;           // the constant
  std::optional<EnvironmentState> environment;  // for what can be an environment
  bool operator==(const Passed&) const = default;
};

// A function that an argument may be, or the variable, parameter or field that holds it.
struct Callable {
  std::string function;  // key, or
  std::string api;       // name of a spawn API, or
  std::string from;      // key of what holds it
  auto operator<=>(const Callable&) const = default;
};

struct Argument : Passed {
  struct Field : Passed {
    std::string path;  // "env", "options.env"
    bool operator==(const Field&) const = default;
  };
  std::vector<Field> fields;  // those of an object that were seen to be set
  NameSource name;            // of strings, if `text` is not known
  std::optional<std::vector<Callable>> callables;  // what may be called through it, if that is known
  bool operator==(const Argument&) const = default;
};

struct Call {
  unsigned file = 0;  // index into UnitSummary::files
  unsigned line = 0, column = 0, end_line = 0;
  unsigned compiled_line = 0;  // in the file that is compiled, where `#line` says another
  std::vector<facts::Position> positions;
  bool tail = false;
  bool makes = false;                  // no call: the lambda is made here, and may be called by others
  bool library = false;                // of a function that a system header declares: nothing, if it is not defined
  std::uint64_t code = 0;              // of the text of the call, by codeHash()
  std::string callee;                  // as the source names it
  std::string function;                // name of the enclosing function or lambda
  std::string api;                     // name of a spawn API, or
  std::vector<std::string> functions;  // keys of the project functions it may call, or
  std::string pointer;                 // key of the variable or field that is called through
  Argument receiver;                   // the object a method is called on
  std::vector<Argument> arguments;
  EnvironmentState environment;  // what `environ` is
  // Spawns: what the child gets, where an object, a field or the kind of an argument says so.
  std::optional<EnvironmentState> given;
};

struct Function {
  std::string key;  // USR; with the file in front for internal linkage
  std::string name;
  std::string within;   // lambdas: key of the function whose parameters it sees
  unsigned first = 0;   // lambdas: number of its first parameter among those of the function and of all its lambdas
  unsigned file = 0;  // that is compiled
  unsigned line = 0;
  unsigned shown_file = 0, shown_line = 0;  // where `#line` says
  unsigned parameters = 0;
  std::vector<std::string> parameter_names;
  std::uint64_t records = 0;           // bit i: parameter i can have fields
  bool broken = false;                 // contains errors: parts of it are lost
  std::vector<std::string> overrides;  // keys of the virtual functions it overrides
  std::vector<Call> calls;
  std::vector<std::string> unwritten;  // keys of functions that may run in it without a call in the text
  std::optional<EnvironmentValue> returns;  // if it returns an environment
  // If it returns a pointer to memory that nothing else holds, provided that these functions do so, too: their keys.
  std::optional<std::vector<std::string>> fresh_from;
  bool blank = false;  // and, if these functions do so, nothing was put in it yet
  Added adds = Added::nothing;              // what it does to `environ` itself, on any path
  std::optional<EnvironmentState> leaves;   // what `environ` is after it, if it does anything to it
  struct Left {
    Port port;
    EnvironmentState environment;
  };
  // "A::B::B"
  bool isConstructor() const;
  std::vector<Left> leaves_ports;  // what its caller's objects hold after it, where it did something to them
  struct Fill {
    unsigned parameter = 0;
    EnvironmentValue value;
  };
  std::vector<Fill> fills;  // the entries that it puts in arrays it is given
};

inline bool Function::isConstructor() const {
  std::size_t last = name.rfind("::");
  if (last == std::string::npos) return false;
  std::string type = name.substr(0, last);
  std::size_t before = type.rfind("::");
  return type.substr(before == std::string::npos ? 0 : before + 2) == name.substr(last + 2);
}

// `target` may hold the address of `function` (a spawn API's name if `api`), or whatever `from` holds.
struct PointerAssignment {
  std::string target;
  std::string function;
  bool api = false;
  std::string from;
  auto operator<=>(const PointerAssignment&) const = default;
};

// Where changes of what a function returned are told: as a cell.
inline std::string resultCell(const std::string& function) { return "r|" + function; }

// Entries that are put in what a field or variable leads to, by its name.
inline std::string entriesCell(const std::string& cell) { return "e|" + cell; }
inline bool isEntriesCell(const std::string& cell) { return cell.starts_with("e|") || cell.starts_with("r|"); }

// What is put in a field through a pointer or reference to the object.
inline std::string sharedCell(const std::string& field) { return "a|" + field; }
// Of a shared cell: what this function (empty: any) puts there, or one that it calls.
inline std::string changedIn(const std::string& function) { return "@" + function; }
// The function, with the '@'; empty: it is a variable whose keepers count.
inline std::string changerOf(const std::string& keeper) { return keeper.starts_with('@') ? keeper : std::string(); }
inline bool isSharedCell(const std::string& cell) { return cell.starts_with("a|"); }
// Of `environ`, where its address is kept.
inline std::string environCell() { return sharedCell("environ"); }
// The field of a parameter that stands for what it points to: *parameter.
inline constexpr const char* pointedTo = "*";
// Who keeps the address of an object, by the key of the variable or parameter: the functions that are given it, or
// something that is not followed (unknown).
inline std::string keeperCell(const std::string& variable) { return "k|" + variable; }

// Texts that are kept in a field, as far as they may be entries of the parent's environment.
inline std::string textCell(const std::string& field) { return "t|" + field; }
inline bool isTextCell(const std::string& cell) { return cell.starts_with("t|"); }

// A value that is put in a field or global variable somewhere.
struct CellValue {
  std::string cell;
  std::string function;  // key of the one that does so; empty: so it is made
  EnvironmentState value;
};

struct UnitSummary {
  std::string main_file;
  facts::UnitStatus status = facts::UnitStatus::complete;
  std::vector<std::string> errors;
  std::vector<facts::Repair> repairs;
  unsigned unseen_mentions = 0;  // see facts::Unit
  std::vector<std::string> files;
  std::vector<facts::OtherName> other_names;
  std::vector<Function> functions;
  std::vector<PointerAssignment> pointers;
  std::vector<CellValue> cells;
  std::vector<std::string> address_taken;  // keys of functions that may be called from anywhere
  struct Origin {
    std::string function;  // key of the enclosing one
    NameSource name;
  };
  std::vector<facts::EnvironmentRead> reads;
  std::vector<Origin> read_origins;  // one for each of them
  std::vector<facts::EnvironmentWrite> writes;
  std::vector<Origin> write_origins;
  std::vector<facts::Hazard> hazards;
  std::vector<facts::Suppression> suppressions;
  struct SuppressedLine {
    unsigned suppression = 0;  // index into suppressions
    unsigned line = 0;         // that it covers
  };
  std::vector<SuppressedLine> suppressed_lines;
};

}  // namespace envleak::analyzer
