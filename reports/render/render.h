// Renderings of a report. Each returns the whole text; nothing is written here.
#pragma once

#include "reports/crosscheck/report.h"

namespace envleak::reports {

std::string renderJson(const Report& report);
std::string renderSarif(const Report& report);
// A page that needs no other file and no network. Lines of the scanned sources are read from the project root.
std::string renderHtml(const Report& report);
std::string renderCheckText(const Report& report, const RenderOptions& options);
std::string renderRunsText(const Report& report, const RenderOptions& options);
std::string renderScanText(const Report& report, const RenderOptions& options);
std::string renderExplanation(const Report& report, const ExplainOptions& options, bool& found);

}  // namespace envleak::reports
