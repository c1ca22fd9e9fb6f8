// The crossings that the policy allows.
#pragma once

#include "reports/crosscheck/report.h"

namespace envleak::reports {

// Fills report.allowed and report.allowance_uses from the policy; the join must have been made.
void findAllowed(Report& report);

}  // namespace envleak::reports
