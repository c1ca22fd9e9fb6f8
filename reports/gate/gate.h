// What of a report counts: the policy's severities and exceptions, the baseline, the change that is looked at.
#pragma once

#include "reports/crosscheck/report.h"

namespace envleak::reports {

// Moves findings that do not count to report.set_aside, and adds those about the policy itself. Returns a baseline for
// what it found: all findings but those that the source or the policy sets aside.
// Throws InputError for a baseline or a change that cannot be read.
std::vector<BaselineEntry> applyGate(Report& report, const GateOptions& options);

}  // namespace envleak::reports
