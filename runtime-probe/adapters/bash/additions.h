// `X+=more`, and `X+=more command`: bash does not look X up for its value. It lengthens the value in its place, by
// realloc(3), or copies it, by strcpy(3).
#pragma once

#include "runtime-probe/adapters/adapter.h"

namespace envleak::bash {

// To be called before bash runs, after watchLookups. False: additions will not be seen.
bool watchAdditions();

}  // namespace envleak::bash
