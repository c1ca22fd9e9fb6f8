// How statements change what is known of `environ`.
#pragma once

#include "analyzer/frontend/summary.h"

#include <optional>
#include <string>

namespace envleak::analyzer {

EnvironmentState unreachable();
// Where two paths meet: the one that lets more through decides.
EnvironmentState join(const EnvironmentState& a, const EnvironmentState& b);
void replace(EnvironmentState& state, EnvironmentValue value);
void add(EnvironmentState& state, Added what, const std::string& callee);
void addCall(EnvironmentState& state, const std::string& function, const std::string& name, bool always = true);

// The value after variables were added to it by `callee`.
EnvironmentValue withAdded(const EnvironmentValue& value, Added what, const std::string& callee);
// Additions stand among the calls of a state when they follow one; nullopt: a call.
std::optional<Added> addedBy(const EnvironmentState::Called& called);

}  // namespace envleak::analyzer
