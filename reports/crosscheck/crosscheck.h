// The cross-check: static and runtime facts in, a report out.
#pragma once

#include "reports/crosscheck/report.h"

namespace envleak::reports {

// Keeps pointers into the facts. Either side may be missing: `sources` null, `runs` empty.
Report crosscheck(const facts::StaticFacts* sources, const std::vector<facts::RuntimeFacts>& runs,
                  const Policy& policy);

}  // namespace envleak::reports
