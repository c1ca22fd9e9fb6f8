#include "reports/render/set_aside.h"

#include "facts/text.h"
#include "reports/crosscheck/findings.h"

#include <algorithm>
#include <map>

namespace envleak::reports {
namespace {

std::string reasonOf(const std::string& reason) { return reason.empty() ? "" : " (" + oneLine(reason) + ")"; }

std::string line(Aside why, const std::string& reason, std::size_t count) {
  const std::string findings = counted(count, "finding", "findings");
  switch (why) {
    case Aside::suppressed:
      return findings + " suppressed in the source" + reasonOf(reason);
    case Aside::excluded:
      return findings + " left out by the policy: " + oneLine(reason);
    case Aside::off:
      return findings + " of rules that the policy turns off";
    case Aside::allowed:
      return findings + " at calls that the policy allows" + reasonOf(reason);
    case Aside::known:
      return findings + " known by the baseline " + oneLine(reason);
    case Aside::elsewhere:
      break;
  }
  return findings + " outside of the change (" + (reason == "-" ? "from standard input" : oneLine(reason)) + ")";
}

}  // namespace

std::vector<std::string> setAsideLines(const Report& report) {
  std::map<std::pair<Aside, std::string>, std::size_t> counts;
  for (const SetAside& aside : report.set_aside)
    if (aside.why != Aside::suppressed) ++counts[{aside.why, aside.reason}];
  std::vector<std::string> lines;
  for (const auto& [key, count] : counts) lines.push_back(line(key.first, key.second, count));
  // Crossings, by the policy's entry.
  const std::vector<Allowance>& allowances = report.policy.allowances();
  std::vector<std::set<NameId>> names(allowances.size());
  for (const auto& edge : report.allowed)
    for (const auto& [name, allowance] : edge) names[allowance].insert(name);
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (names[i].empty()) continue;
    std::vector<std::string> shown;
    for (NameId name : names[i]) shown.emplace_back(report.runs->names()[name]);
    std::ranges::sort(shown);
    lines.push_back("allowed to cross: " + listNames(shown, 6) + reasonOf(allowances[i].reason));
  }
  if (report.baseline && !report.baseline->absent.empty()) {
    std::vector<std::string> absent;
    for (const BaselineEntry& entry : report.baseline->absent) absent.push_back(entry.rule + " in " + entry.file);
    const bool one = absent.size() == 1;
    lines.push_back(
        "note: " + counted(absent.size(), "finding", "findings") + " of the baseline " + (one ? "does" : "do") +
        " not occur: " + listNames(absent, 3) + "; write it anew with --write-baseline " +
        oneLine(report.baseline->file) +
        (report.runs->runs().empty() ? "" : " if other runs do not have " + std::string(one ? "it" : "them")));
  }
  return lines;
}

std::string setAsideSection(const Report& report, const Style& style) {
  std::string text;
  for (const std::string& line : setAsideLines(report)) text += "  " + line + "\n";
  return text.empty() ? text : "\n" + style.bold("Not counted") + "\n" + text;
}

}  // namespace envleak::reports
