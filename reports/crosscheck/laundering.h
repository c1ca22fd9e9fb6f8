// Values that reached a process through a file that another one had written: no environment shows them.
#pragma once

#include "reports/crosscheck/report.h"

namespace envleak::reports {

// Fills report.laundered: files of which the runs show who wrote them, and in which stands the value of a variable that
// the writer had and the reader had not. Ambient variables are left out.
void findLaundered(Report& report);

}  // namespace envleak::reports
