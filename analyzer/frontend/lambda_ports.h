// Parameters of a function and its lambdas, which the data flow numbers together, as each of them numbers its own.
#pragma once

#include "analyzer/frontend/summary.h"

namespace envleak::analyzer {

// Those of `function` itself are [first, first + function.parameters); `inner`: it stands in another one, and all others
// are what it captures, from capturedPort on. Without: what depends on others becomes unknown.
class OwnPorts {
 public:
  OwnPorts(unsigned first, unsigned count, bool inner) : first_(first), count_(count), inner_(inner) {}
  void renumber(Function& function) const;
  void renumber(EnvironmentState& state) const;

 private:
  std::optional<unsigned> numberOf(unsigned parameter) const;
  void renumber(Ports& ports) const;
  void renumber(EnvironmentValue& value) const;
  void renumber(Passed& passed) const;
  void renumber(Argument& argument) const;
  unsigned first_, count_;
  bool inner_;
};

}  // namespace envleak::analyzer
