// What does not count, in the words that every text uses.
#pragma once

#include "reports/render/style.h"

namespace envleak::reports {

// "N findings known by the baseline FILE", one line for each kind and reason, without indentation.
std::vector<std::string> setAsideLines(const Report& report);

// The same as a section; empty if everything counts.
std::string setAsideSection(const Report& report, const Style& style);

}  // namespace envleak::reports
