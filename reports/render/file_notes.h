// What is told below a finding of a settings file: who started the program that it is about, and where the inherited
// value is from.
#pragma once

#include "reports/render/diagnostics.h"

namespace envleak::reports {

// A file of the program, rather than its source, is the place.
bool isOfAFile(const Finding& finding);

// Of such a finding.
std::string fileNotes(const Report& report, const Diagnostics& diagnostics, const Finding& finding);

}  // namespace envleak::reports
