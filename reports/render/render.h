// Renderings of a report. Each returns the whole text; nothing is written here.
#pragma once

#include "reports/crosscheck/report.h"
#include "reports/investigate/edge_view.h"
#include "reports/investigate/minimal.h"
#include "reports/investigate/process_view.h"

namespace envleak::reports {

std::string renderJson(const Report& report);
std::string renderSarif(const Report& report);
std::string renderCheckText(const Report& report, const RenderOptions& options);
std::string renderRunsText(const Report& report, const RenderOptions& options);
std::string renderScanText(const Report& report, const RenderOptions& options);
std::string renderExplanation(const Report& report, const ExplainOptions& options, bool& found);
std::string renderProcesses(const Report& report, const std::vector<ProcessView>& views, bool color);
std::string renderEdge(const Report& report, const EdgeView& view, bool color);
std::string renderMinimal(const Report& report, const std::vector<MinimalEnvironment>& environments, bool color);

}  // namespace envleak::reports
