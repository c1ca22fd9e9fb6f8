// What is known of an environment: an argument's value, an object that holds one, or `environ` at some point.
#pragma once

#include "analyzer/frontend/variable_names.h"

#include <compare>
#include <cstdint>
#include <string>
#include <vector>

namespace envleak::analyzer {

// Numbers beside those of the parameters, which count from 0.
inline constexpr unsigned variadicPort = 1U << 16;  // the arguments behind "..."
inline constexpr unsigned thisPort = variadicPort + 1;

// Something of a function's caller: a parameter, or a field of what it is or points to.
struct Port {
  unsigned parameter = 0;
  std::string field;  // "env", "options.env"; empty: the parameter itself
  auto operator<=>(const Port&) const = default;
};
// Sorted, without duplicates.
using Ports = std::vector<Port>;
// Returns whether something was new.
bool addPort(Ports& ports, const Port& port);
bool addPorts(Ports& ports, const Ports& more);

// "a" and "b.c" are "a.b.c". Deeper than three names, what follows is left out: the last one then stands for all of it.
std::string joinedFields(const std::string& outer, const std::string& inner);
// Is `field` the same as `of`, or a part of it? Then `rest` is what remains.
bool isFieldOf(const std::string& field, const std::string& of, std::string* rest = nullptr);

struct EnvironmentCase;

struct EnvironmentValue {
  enum class Kind {
    inherited,  // what the process itself was given
    environ,    // `environ` at the call
    forwarded,  // what `environ` was earlier, or main's third parameter: clearing `environ` does not change it
    extended,   // all of it, with `names` changed
    null,       // the API says what that means
    empty,
    explicit_,
    filtered,
    parameter,  // `parameter` of the enclosing function, or its `field`
    result,     // what the project function `function` returns, called with `arguments`
    cell,       // what the program puts in the field or global variable `cell`
    filled,     // what the project function `function`, called with `arguments`, puts in what is its `parameter`
    either,     // one of `arguments`, by path
    together,   // the entries of all `arguments`
    unset,      // an object's field that nothing was put in
    unknown,
  };
  Kind kind = Kind::unknown;
  unsigned parameter = 0;
  std::string function = {};  // key
  std::string reason = {};    // one clause
  std::string field = {};
  std::string cell = {};  // of `parameter`: where to look when no caller tells
  std::string trap = {};  // it looks explicit and hands everything on all the same: why
  NamedVariables names = {};
  bool empty_inherits = false;   // should it be empty in the end, the child inherits
  std::string empty_trap = {};   // and that is not seen: why
  std::vector<EnvironmentValue> arguments;
  // The value by a number that a caller may give as a constant; what stands above is the widest of them.
  std::vector<EnvironmentCase> cases;
  EnvironmentValue();
  EnvironmentValue(Kind kind, unsigned parameter = 0, std::string function = {}, std::string reason = {},
                   std::string field = {}, std::string cell = {}, std::string trap = {}, NamedVariables names = {});
  bool operator==(const EnvironmentValue&) const;
};

// A test of a number: a parameter, or a field of one.
struct Condition {
  enum class Relation { equal, not_equal, any_bit, no_bit };
  Port port;
  Relation relation = Relation::equal;
  std::int64_t number = 0;
  bool operator==(const Condition&) const = default;
  Condition negated() const;
  bool holds(std::int64_t value) const;
};

struct EnvironmentCase {
  Condition condition;
  EnvironmentValue value;
  bool operator==(const EnvironmentCase&) const = default;
};

inline bool EnvironmentValue::operator==(const EnvironmentValue&) const = default;

// All that the process has, and perhaps more or less by name.
bool handsAllOn(EnvironmentValue::Kind);

// Of two paths the one that lets more through; unknown where only the link could tell. Keeps the first of equals.
EnvironmentValue widest(const EnvironmentValue&, const EnvironmentValue&);
// The entries of both.
EnvironmentValue together(const EnvironmentValue&, const EnvironmentValue&);
// Does a parameter decide, by itself or among others?
bool isOfCaller(const EnvironmentValue&);
// The widest, and both by the condition that chooses between them.
EnvironmentValue chosen(const Condition&, const EnvironmentValue& if_so, const EnvironmentValue& if_not);

// An entry "NAME=value" of what is called `what`.
EnvironmentValue constantEntry(const std::string& text, const std::string& what);

// What adding variables does to an environment, from harmless to not known.
enum class Added {
  nothing,
  constant,      // name and value are constants
  from_parent,   // the name is constant; the value may be the parent's
  unknown_name,  // any variable
  other,         // not only additions: cleared or replaced on some path
};

// The value after `callee` added the variable `name` (empty: not known) to it.
EnvironmentValue withAdded(const EnvironmentValue& value, Added what, const std::string& callee,
                           const std::string& name = {});
// A copy of the value after all these changes.
EnvironmentValue withNames(const EnvironmentValue& value, const NamedVariables& names, const std::string& callee);
// The value after the variable was taken away.
EnvironmentValue withRemoved(const EnvironmentValue& value, const std::string& callee, const std::string& name);

// `environ`, or an environment in a field or object, at a point: a value, then the calls that may have changed it since.
struct EnvironmentState {
  EnvironmentValue value{EnvironmentValue::Kind::inherited};
  bool reachable = true;
  bool narrowed_on_some_path = false;  // cleared or replaced on one of the paths, not on the one that decides
  struct Called {
    std::string function;  // key; empty: not known; "+N": an addition, "-": a removal, see addedBy(), removedBy()
    std::string name;      // as the source names it
    bool always = true;    // on every path
    bool place = false;    // not `environ`, but what the callee finds at `port`
    Port port = {};
    bool library = false;  // of a system header: changes nothing unless the program defines it
    std::vector<PassedName> names = {};
    bool operator==(const Called&) const = default;
  };
  std::vector<Called> called;
  bool operator==(const EnvironmentState&) const = default;
};

}  // namespace envleak::analyzer
