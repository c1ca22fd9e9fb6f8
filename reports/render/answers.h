// The answers to an investigator's questions, as text and as JSON.
#pragma once

#include "reports/compare/comparison.h"
#include "reports/investigate.h"
#include "reports/investigate/edge_view.h"
#include "reports/investigate/minimal.h"
#include "reports/investigate/process_view.h"
#include "reports/investigate/timeline.h"

namespace envleak::reports {

std::string renderProcesses(const Report& report, const std::vector<ProcessView>& views, bool color);
std::string renderEdge(const Report& report, const EdgeView& view, bool color);
std::string renderMinimal(const Report& report, const std::vector<MinimalEnvironment>& environments, bool color);
std::string renderTimeline(const Report& report, const Timeline& timeline, bool color);
std::string renderComparison(const Comparison& comparison, const CompareOptions& options);

// By the names of share/envleak/schema/explanation.schema.json; what was not asked for stays empty.
struct Answers {
  std::optional<std::string> name;
  std::vector<bool> selected;  // for the name: which images
  std::vector<ProcessView> processes;
  std::vector<EdgeView> edges;
  std::vector<MinimalEnvironment> minimal;
};
std::string renderExplanationJson(const Report& report, const Answers& answers);

std::string renderTimelineJson(const Report& report, const Timeline& timeline);
std::string renderComparisonJson(const Comparison& comparison);

}  // namespace envleak::reports
