// How statements change what is known of `environ`, and of the variables, fields and objects that hold environments.
#pragma once

#include "analyzer/frontend/environment_value.h"
#include "analyzer/frontend/places.h"

#include <map>
#include <optional>
#include <string>

namespace envleak::analyzer {

// Where two paths meet: the one that lets more through decides.
EnvironmentState join(const EnvironmentState& a, const EnvironmentState& b);
void replace(EnvironmentState& state, EnvironmentValue value);
void add(EnvironmentState& state, Added what, const std::string& callee, const std::string& name = {});
void remove(EnvironmentState& state, const std::string& callee, const std::string& name);
void addCall(EnvironmentState& state, const std::string& function, const std::string& name, bool always = true,
             bool library = false, const std::vector<PassedName>& names = {});
// The callee finds the place at `port`.
void addCall(EnvironmentState& state, const std::string& function, const std::string& name, bool always,
             const Port& port, bool library = false);

// Additions stand among the calls of a state when they follow one; nullopt: a call.
std::optional<Added> addedBy(const EnvironmentState::Called& called, std::string* name = nullptr);
// So do removals: the name.
std::optional<std::string> removedBy(const EnvironmentState::Called& called);

// What a function leaves, in terms of its caller.
EnvironmentState inTermsOf(EnvironmentState state, const std::vector<PassedName>& passed);

// What is put in a field by other names of its object stands there too; nullopt: a call.
std::string sharedCall(const EnvironmentValue& others);
std::optional<EnvironmentValue> sharedBy(const EnvironmentState::Called& called);

// Everything that is followed along the paths of one function.
struct FlowState {
  EnvironmentState environ;
  struct Held {
    Place place;
    EnvironmentState state;
    bool object = false;  // of a library
    bool operator==(const Held& other) const { return place.key() == other.place.key() && state == other.state; }
  };
  std::map<std::string, Held> held;  // by the place's key; a place that is not here is as it was at the start

  bool reachable() const { return environ.reachable; }
  // What the place holds: itself, or what the whole that it is part of was set to; else what it began with.
  EnvironmentState at(const Place& place) const;
  void set(const Place& place, EnvironmentState state);
  bool operator==(const FlowState&) const = default;
};

FlowState unreachable();
FlowState join(const FlowState& a, const FlowState& b);
// The same, where a test of a number chose between the two.
FlowState chosen(const Condition& condition, const FlowState& if_so, const FlowState& if_not);

}  // namespace envleak::analyzer
