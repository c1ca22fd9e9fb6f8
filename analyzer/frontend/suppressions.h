// NOLINT comments in a source file.
#pragma once

#include "analyzer/frontend/summary.h"

#include <string>
#include <string_view>

namespace envleak::analyzer {

// Adds those that name a rule of envleak, with the lines they cover.
void findSuppressions(std::string_view text, const std::string& file, UnitSummary& summary);

}  // namespace envleak::analyzer
