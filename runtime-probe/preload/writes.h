// Writes that pass no interposed function.
#pragma once

#include "runtime-probe/adapters/adapter.h"

namespace envleak::preload {

// What an interpreted program changed in its interpreter's copy of the environment, as its adapter tells it.
void noteChange(const adapters::Change& change);

}  // namespace envleak::preload
