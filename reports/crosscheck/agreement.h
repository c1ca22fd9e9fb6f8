// How well the two sides agree, in counts.
#pragma once

#include "reports/crosscheck/report.h"

namespace envleak::reports {

// Fills report.agreement; the sites must have been decided.
void countAgreement(Report& report);

}  // namespace envleak::reports
