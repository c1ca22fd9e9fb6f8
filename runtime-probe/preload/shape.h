// Does a value look like a secret? Only this answer gets into the trace, not the value.
#pragma once

#include "runtime-probe/trace/format.h"

namespace envleak::preload {

trace::Shape shapeOf(const char* value, std::size_t length);

}  // namespace envleak::preload
