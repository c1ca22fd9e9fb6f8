#include "reports/reports.h"

#include "reports/crosscheck/crosscheck.h"
#include "reports/render/render.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace envleak::reports {
namespace {

Level highest(const Report& report) {
  Level level = Level::none;
  for (const Finding& finding : report.findings) level = std::max(level, finding.level);
  return level;
}

}  // namespace

const std::vector<std::string>& formats() {
  static const std::vector<std::string> all{"text", "json"};
  return all;
}

Rendered check(const CheckInput& input, const RenderOptions& options) {
  Policy policy = Policy::load(input.defaults_file, input.policy_file);
  Report report = crosscheck(input.static_facts ? &*input.static_facts : nullptr, input.runs, policy);
  Rendered rendered{{}, highest(report), report.incomplete};
  if (options.format == "json")
    rendered.content = renderJson(report);
  else if (input.runs.empty())
    rendered.content = renderScanText(report, options);
  else if (report.sources == nullptr)
    rendered.content = renderRunsText(report, options);
  else
    rendered.content = renderCheckText(report, options);
  return rendered;
}

Rendered renderScan(const facts::StaticFacts& facts, const RenderOptions& options) {
  Report report = crosscheck(&facts, {}, Policy());
  return {options.format == "json" ? toJson(facts).dump(1) + "\n" : renderScanText(report, options), highest(report),
          report.incomplete};
}

Explanation explain(const std::vector<facts::RuntimeFacts>& runs, const CheckInput& policy,
                    const ExplainOptions& options) {
  Report report = crosscheck(nullptr, runs, Policy::load(policy.defaults_file, policy.policy_file));
  Explanation explanation;
  explanation.text = renderExplanation(report, options, explanation.found);
  return explanation;
}

}  // namespace envleak::reports
