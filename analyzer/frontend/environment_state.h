// How statements change what is known of `environ`.
#pragma once

#include "analyzer/frontend/summary.h"

#include <string>

namespace envleak::analyzer {

EnvironmentState unreachable();
// Where two paths meet: the one that lets more through decides.
EnvironmentState join(const EnvironmentState& a, const EnvironmentState& b);
void replace(EnvironmentState& state, EnvironmentValue value);
// A variable is added: `constant_name`, and its value constant, from the parent's environment, or neither.
enum class Added { constant, from_parent, computed, unknown_name };
void add(EnvironmentState& state, Added what, const std::string& callee);
void addCall(EnvironmentState& state, const std::string& function);

}  // namespace envleak::analyzer
