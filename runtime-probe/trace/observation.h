// How well an image could be watched, and why not better.
#pragma once

#include "runtime-probe/trace/images.h"
#include "runtime-probe/trace/modules.h"

namespace envleak::trace {

// Decides `observation` of the image from what is known at the end of the trace, and returns the reasons for all that
// is not full. `preload_library` is the probe's own module; `may_go_on`: a process that has not ended may have read
// more since.
facts::Observation judge(const ImageWork& image, ModuleTable& modules, std::string_view preload_library, bool may_go_on,
                         std::vector<Reason>& reasons);

}  // namespace envleak::trace
