#include "reports/reports.h"

#include "reports/crosscheck/crosscheck.h"
#include "reports/fixes/fixes.h"
#include "reports/render/render.h"
#include "reports/render/style.h"

#include "facts/text.h"

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
  static const std::vector<std::string> all{"text", "json", "sarif", "html"};
  return all;
}

Rendered check(const CheckInput& input, const RenderOptions& options) {
  Policy policy = Policy::load(input.defaults_file, input.policy_file);
  Report report = crosscheck(input.static_facts ? &*input.static_facts : nullptr, input.runs, policy);
  Rendered rendered{{}, highest(report), report.incomplete};
  if (options.format == "json")
    rendered.content = renderJson(report);
  else if (options.format == "sarif")
    rendered.content = renderSarif(report);
  else if (options.format == "html")
    rendered.content = renderHtml(report);
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
  Rendered rendered{{}, highest(report), report.incomplete};
  if (options.format == "json")
    rendered.content = toJson(facts).dump(1) + "\n";
  else if (options.format == "sarif")
    rendered.content = renderSarif(report);
  else if (options.format == "html")
    rendered.content = renderHtml(report);
  else
    rendered.content = renderScanText(report, options);
  return rendered;
}

Suggestions suggest(const facts::StaticFacts& facts) {
  Report report = crosscheck(&facts, {}, Policy());
  Suggestions suggestions{{}, {}, {}, highest(report), report.incomplete};
  for (const FileFixes& file : suggestFixes(report)) {
    if (std::string diff = unifiedDiff(file); !diff.empty()) {
      suggestions.diff += diff;
      suggestions.files.push_back({file.path, file.content, edited(file)});
    }
    for (const Fix& fix : file.fixes) {
      const facts::SpawnSite& site = facts.spawn_sites[fix.site];
      suggestions.notes += locationPrefix(site.file, site.line, site.column) + "note: '" + oneLine(site.callee) +
                           "': " + oneLine(fix.description) + "\n";
    }
  }
  return suggestions;
}

Explanation explain(const std::vector<facts::RuntimeFacts>& runs, const CheckInput& policy,
                    const ExplainOptions& options) {
  Report report = crosscheck(nullptr, runs, Policy::load(policy.defaults_file, policy.policy_file));
  Explanation explanation;
  explanation.text = renderExplanation(report, options, explanation.found);
  return explanation;
}

}  // namespace envleak::reports
