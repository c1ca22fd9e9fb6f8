// What this image's own probe is called: set once at its start.
#pragma once

#include "runtime-probe/preload/inject.h"

namespace envleak::preload {

const ProbeNames& probeNames();
void setTrace(const Handle& handle);  // copied
void nameOwnLibrary();                // as the loader was told

}  // namespace envleak::preload
