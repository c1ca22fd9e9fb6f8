// A policy to begin with, from what runs did.
#pragma once

#include "reports/crosscheck/report.h"

namespace envleak::reports {

// A policy file (YAML) for review: for each program that was started, the variables that crossed to it and were read, by
// it or by what it started, as an entry of 'allow:'. What crossed unread, could not be seen, or beat a file of the
// program's own stands there as a comment, to be thought about.
std::string policyFor(const Report& report);

}  // namespace envleak::reports
