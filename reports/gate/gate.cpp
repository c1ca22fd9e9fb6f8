#include "reports/gate/gate.h"

#include "facts/error.h"
#include "facts/text.h"
#include "reports/crosscheck/findings.h"
#include "reports/crosscheck/fingerprint.h"
#include "reports/gate/changes.h"

#include <sys/stat.h>

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <set>

namespace envleak::reports {
namespace {

class Gate {
 public:
  explicit Gate(Report& report) : report_(report) {}

  void policy() {
    const Policy& policy = report_.policy;
    partition([&](Finding& finding) -> std::optional<SetAside> {
      if (const Policy::Exclusion* exclusion = policy.exclusionOf(printable(finding.place.file)))
        return SetAside{finding, Aside::excluded,
                        exclusion->pattern + (exclusion->reason.empty() ? "" : ": " + exclusion->reason)};
      if (std::optional<std::uint32_t> allowance = allowedSite(finding)) {
        ++report_.allowance_uses[*allowance];
        return SetAside{finding, Aside::allowed, policy.allowances()[*allowance].reason};
      }
      std::optional<Level> level = policy.severity(finding.rule);
      if (level == Level::none) return SetAside{finding, Aside::off, {}};
      // A note tells that nothing is wrong so far, such as that only ambient variables crossed.
      if (level && finding.level != Level::note) finding.level = *level;
      return std::nullopt;
    });
    if (!report_.runs->runs().empty()) unusedAllowances();
  }

  std::vector<BaselineEntry> entries() const {
    std::vector<BaselineEntry> entries;
    for (const Finding& finding : report_.findings)
      if (finding.rule != "envleak-policy") entries.push_back(entryOf(finding));
    return entries;
  }

  void baseline(const std::string& file) {
    std::vector<BaselineEntry> entries = readBaseline(file);
    std::vector<bool> used(entries.size());
    std::map<std::string, std::vector<std::size_t>> by_fingerprint;
    for (std::size_t i = 0; i < entries.size(); ++i) by_fingerprint[entries[i].fingerprint].push_back(i);
    std::set<std::string> present;  // files that are still scanned
    if (report_.sources != nullptr) {
      for (const facts::Unit& unit : report_.sources->units) present.insert(printable(unit.file));
      for (const facts::SpawnSite& site : report_.sources->spawn_sites) present.insert(printable(site.file));
    }
    BaselineUse use{file, 0, {}};
    auto know = [&](bool renamed) {
      partition([&](Finding& finding) -> std::optional<SetAside> {
        auto found = by_fingerprint.find(finding.fingerprint);
        if (found == by_fingerprint.end() || finding.rule == "envleak-policy") return std::nullopt;
        for (std::size_t i : found->second) {
          const bool same = entries[i].file == printable(finding.place.file);
          if (used[i] || (renamed ? present.contains(entries[i].file) : !same)) continue;
          used[i] = true;
          if (finding.level > entries[i].level) return std::nullopt;  // worse than what was accepted
          ++use.known;
          return SetAside{finding, Aside::known, file};
        }
        return std::nullopt;
      });
    };
    know(false);
    know(true);
    for (std::size_t i = 0; i < entries.size(); ++i)
      if (!used[i]) use.absent.push_back(entries[i]);
    report_.baseline = std::move(use);
  }

  void change(const std::string& base) {
    struct stat status {};
    const bool is_file = base == "-" || (::stat(base.c_str(), &status) == 0 && !S_ISDIR(status.st_mode));
    const ChangedLines changes =
        is_file ? ChangedLines::fromDiff(readFile(base, "diff"), base == "-" ? "standard input" : base, "")
                : changesSince(base, report_.files->root());
    report_.base = base;
    const ChangeFilter filter(report_, changes);
    partition([&](Finding& finding) -> std::optional<SetAside> {
      if (filter.belongs(finding)) return std::nullopt;
      return SetAside{finding, Aside::elsewhere, base};
    });
  }

 private:
  template <typename Decide>
  void partition(const Decide& decide) {
    std::vector<Finding> kept;
    for (Finding& finding : report_.findings)
      if (std::optional<SetAside> aside = decide(finding))
        report_.set_aside.push_back(std::move(*aside));
      else
        kept.push_back(std::move(finding));
    report_.findings = std::move(kept);
  }

  static BaselineEntry entryOf(const Finding& finding) {
    return {finding.place.file, finding.place.function, finding.rule,
            finding.level,      finding.fingerprint,    finding.message};
  }

  // A call that was not executed is allowed by an entry that names it and lets everything cross, to all or to its
  // program.
  std::optional<std::uint32_t> allowedSite(const Finding& finding) const {
    if (!finding.site || finding.rule == "envleak-contradicted" || finding.rule == "envleak-shadowed-file")
      return std::nullopt;
    const std::optional<Verdict>& verdict = report_.sites[*finding.site].verdict;
    if (verdict && *verdict != Verdict::unexercised) return std::nullopt;
    const facts::SpawnSite& site = report_.sources->spawn_sites[*finding.site];
    const std::vector<Allowance>& allowances = report_.policy.allowances();
    for (std::uint32_t i = 0; i < allowances.size(); ++i) {
      const Allowance& allowance = allowances[i];
      if (!allowance.variables.matchesAll() || allowance.site.empty() || !allowance.from.empty()) continue;
      if (!allowance.site.matchPlace(printable(site.file), printable(site.function))) continue;
      if (allowance.to.empty() || (site.program && allowance.to.matchProgram(*site.program))) return i;
    }
    return std::nullopt;
  }

  void unusedAllowances() {
    const std::vector<Allowance>& allowances = report_.policy.allowances();
    std::string file = report_.policy.file();
    if (std::unique_ptr<char, decltype(&std::free)> path(::realpath(file.c_str(), nullptr), &std::free); path)
      file = report_.files->display(path.get());
    for (std::size_t i = 0; i < allowances.size(); ++i) {
      if (report_.allowance_uses[i] > 0) continue;
      Finding& finding = report_.findings.emplace_back();
      finding.rule = "envleak-policy";
      finding.level = Level::note;
      finding.place.file = file;
      finding.place.line = allowances[i].line;
      finding.place.column = allowances[i].column;
      finding.message = "nothing crossed in these runs that this entry allows (" + oneLine(allowances[i].reason) + ")";
      finding.fingerprint = fingerprint({finding.rule, std::to_string(i), allowances[i].reason});
    }
  }

  Report& report_;
};

}  // namespace

std::vector<BaselineEntry> applyGate(Report& report, const GateOptions& options) {
  Gate gate(report);
  gate.policy();
  std::vector<BaselineEntry> entries = gate.entries();
  if (!options.baseline_file.empty()) gate.baseline(options.baseline_file);
  if (!options.change.empty()) gate.change(options.change);
  sortFindings(report);
  return entries;
}

}  // namespace envleak::reports
