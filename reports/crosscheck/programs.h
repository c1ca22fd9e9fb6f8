// The programs of the scan held against the processes that ran them: which names the source says a program can ask
// for, and which it did ask for.
#pragma once

#include "reports/crosscheck/report.h"

namespace envleak::reports {

// Fills report.programs: one entry for each program of the static facts that a process of the runs executed.
void comparePrograms(Report& report);

}  // namespace envleak::reports
