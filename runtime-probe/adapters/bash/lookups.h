// Each lookup of a variable that bash imported. bash has a hook for variables with a computed value ($SECONDS...),
// which it calls whenever such a variable is looked up by name, and by which it finds the variable: here, the one it
// had.
#pragma once

#include "runtime-probe/adapters/adapter.h"

namespace envleak::bash {

struct Variable;

// To be called before bash runs. False: lookups will not be seen.
bool watchLookups(const adapters::Host& host);

bool isWatched(const Variable* variable);

// The variable whose imported value lies there; null: none.
const Variable* importAt(const char* value);

// The script adds to what the variable is worth: in its place (to_itself), or for one command.
void tellAddition(const Variable& variable, bool to_itself);

}  // namespace envleak::bash
