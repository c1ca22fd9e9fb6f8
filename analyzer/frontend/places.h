// Places that may hold an environment: a variable, a field of one, a field of the object.
#pragma once

#include "analyzer/frontend/access_path.h"
#include "analyzer/frontend/callees.h"
#include "analyzer/frontend/dataflow.h"
#include "analyzer/frontend/environment_value.h"

#include <optional>
#include <string>

namespace envleak::analyzer {

struct Place {
  enum class Root { local, parameter, global };
  Root root = Root::local;
  Port port;          // of parameters and the object: which one; and the fields, whatever the root
  std::string base;   // of the others: which variable
  std::string cell;   // the field or global variable in the whole program; empty: a local variable
  std::string name;   // as the source calls it
  bool element = false;  // one of its elements
  bool constructed = false;  // a local object that a constructor of the program made
  bool indexed = false;      // a field of one of several objects
  bool direct = false;       // the variable is the object, it does not lead there
  // By what else it may be changed: nothing; what the functions keep that are given its address; any other name.
  CXCursor variable = clang_getNullCursor();  // where `reach` says `given`
  enum class Reach { own, given, shared, open } reach = Reach::own;
  std::string key() const;
  // May both be the same field of the same object?
  bool mayBe(const Place& other) const;
  // The whole that this is a part of.
  std::string keyOf(const std::string& fields) const;
};

class Places {
 public:
  Places(const SyntaxTree& tree, const Dataflow& dataflow, Callees& callees)
      : tree_(tree), dataflow_(dataflow), callees_(callees) {}
  std::optional<Place> of(NodeId expression) const;
  std::optional<Place> ofVariable(CXCursor declaration) const {
    AccessPath path;
    path.base = declaration;
    return of(std::move(path));
  }
  // A field, or a field of a field, of what the place is.
  Place inside(const Place& whole, CXCursor field) const;

 private:
  std::optional<Place> of(AccessPath path) const;
  void reach(Place& place, const AccessPath& path) const;
  const SyntaxTree& tree_;
  const Dataflow& dataflow_;
  Callees& callees_;
};

// What the place holds before the function did anything to it.
EnvironmentState initial(const Place& place);

}  // namespace envleak::analyzer
