// The verdict of each site: what the source says, held against what the runs did.
#pragma once

#include "reports/crosscheck/report.h"

namespace envleak::reports {

// Fills report.sites from the facts, the classes of names and the join.
void decideSites(Report& report);

// "p3 worker": a process as people recognise it.
std::string processName(const Report& report, Index image);

}  // namespace envleak::reports
