// Sections that several texts share.
#pragma once

#include "reports/render/style.h"

namespace envleak::reports {

// What neither side could see, by kind with counts.
std::string blindSpotSection(const Report& report, const Style& style);

// How the two sides agree.
std::string agreementSection(const Report& report, const Style& style);

}  // namespace envleak::reports
