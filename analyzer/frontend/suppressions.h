// NOLINT comments in a source file.
#pragma once

#include "analyzer/frontend/summary.h"

#include <functional>
#include <string>
#include <string_view>
#include <utility>

namespace envleak::analyzer {

// What file and line a line of the text is shown as.
using ShownLine = std::function<std::pair<std::string, unsigned>(unsigned line)>;

// Adds those that name a rule of envleak, with the lines they cover.
void findSuppressions(std::string_view text, const ShownLine& shown, UnitSummary& summary);

}  // namespace envleak::analyzer
