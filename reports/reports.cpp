#include "reports/reports.h"

#include "reports/crosscheck/crosscheck.h"
#include "reports/fixes/fixes.h"
#include "reports/gate/gate.h"
#include "reports/policy/init.h"
#include "reports/render/render.h"
#include "reports/render/style.h"

#include "facts/static_facts_text.h"
#include "facts/text.h"

#include <algorithm>

namespace envleak::reports {
namespace {

Level highest(const Report& report) {
  Level level = Level::none;
  for (const Finding& finding : report.findings) level = std::max(level, finding.level);
  return level;
}

std::string render(const Report& report, const RenderOptions& options) {
  const std::string& format = options.format;
  if (format == "none") return {};
  if (format == "json") return renderJson(report);
  if (format == "sarif") return renderSarif(report, SarifScope::counted);
  if (format == "sarif-full") return renderSarif(report, SarifScope::all);
  if (format == "gitlab") return renderGitlab(report);
  if (format == "junit") return renderJunit(report);
  if (format == "markdown") return renderMarkdown(report);
  if (format == "dot") return renderDot(report);
  if (format == "html") return renderHtml(report);
  if (report.runs->runs().empty()) return renderScanText(report, options);
  if (report.sources == nullptr) return renderRunsText(report, options);
  return renderCheckText(report, options);
}

}  // namespace

const std::vector<std::string>& formats() {
  static const std::vector<std::string> all{"text",   "json",  "sarif",    "sarif-full",
                                            "gitlab", "junit", "markdown", "dot",       "html"};
  return all;
}

std::string factsText(const facts::StaticFacts& facts) { return textOf(facts); }

std::vector<std::string> settingsFiles(const CheckInput& input) {
  return Policy::load(input.defaults_file, input.policy_file).configFiles();
}

void validate(const CheckInput& input) {
  Policy::load(input.defaults_file, input.policy_file);
  if (!input.gate.baseline_file.empty()) readBaseline(input.gate.baseline_file);
}

Rendered check(const CheckInput& input, const RenderOptions& options) {
  Policy policy = Policy::load(input.defaults_file, input.policy_file);
  Report report = crosscheck(input.static_facts ? &*input.static_facts : nullptr, input.runs, policy);
  std::vector<BaselineEntry> baseline = applyGate(report, input.gate);
  return {render(report, options), highest(report), report.incomplete, baselineText(baseline), baseline.size()};
}

Rendered scan(const CheckInput& input, const RenderOptions& options) {
  Rendered rendered = check(input, options.format == "json" ? RenderOptions{"none"} : options);
  if (options.format == "json") rendered.content = factsText(*input.static_facts);
  return rendered;
}

std::string initialPolicy(const CheckInput& input) {
  Policy policy = Policy::load(input.defaults_file, input.policy_file);
  return policyFor(crosscheck(input.static_facts ? &*input.static_facts : nullptr, input.runs, policy));
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

}  // namespace envleak::reports
