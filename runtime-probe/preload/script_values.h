// The received values once more, for the copies of the environment that an interpreter gives its script: the interpreter
// has looked at all of them in their first place, when it made its own; who looks here is the script (residency.h).
#pragma once

#include "runtime-probe/adapters/adapter.h"

namespace envleak::preload {

// As adapters::Host has them.
bool makeScriptWindows();
char* scriptWindow(adapters::Text name, adapters::Text value);

// The first of them, the others behind it as spread.h has it; null: no adapter has asked for any.
char* scriptValues();

}  // namespace envleak::preload
