#include "reports/crosscheck/crosscheck.h"

#include "reports/crosscheck/agreement.h"
#include "reports/crosscheck/allowed.h"
#include "reports/crosscheck/findings.h"
#include "reports/crosscheck/laundering.h"
#include "reports/crosscheck/programs.h"
#include "reports/crosscheck/provenance.h"
#include "reports/crosscheck/script_sites.h"
#include "reports/crosscheck/unseen.h"
#include "reports/crosscheck/verdicts.h"

#include <algorithm>

namespace envleak::reports {

Report crosscheck(const facts::StaticFacts* sources, const std::vector<facts::RuntimeFacts>& runs,
                  const Policy& policy) {
  Report report;
  report.sources = sources;
  report.runs = std::make_unique<Runs>(runs);
  report.files = sources != nullptr ? std::make_unique<SourceFiles>(*sources)
                                    : std::make_unique<SourceFiles>(runs.empty() ? "" : runs.front().directory);
  report.scanned = sources != nullptr;
  addScriptSites(report);
  for (NameId name = 0; name < report.runs->names().size(); ++name)
    report.classes.push_back(policy.classify(report.runs->names()[name], report.runs->shape(name)));
  report.join = join(*report.runs, report.sources, *report.files);
  // Nothing was to be predicted.
  if (!report.scanned)
    for (EdgeJoin& edge : report.join.edges)
      if (edge.sites.empty()) edge.kind = JoinKind::outside;
  report.policy = policy;
  findAllowed(report);
  findLaundered(report);
  decideSites(report);
  traceVariables(report);
  comparePrograms(report);
  countAgreement(report);
  raiseFindings(report);
  report.incomplete = report.sources != nullptr && !report.sources->complete();
  for (const facts::RuntimeFacts& run : runs)
    report.incomplete = report.incomplete || !run.finished || std::ranges::any_of(run.blind_spots, losesEvents);
  return report;
}

std::string_view toString(Verdict verdict) {
  switch (verdict) {
    case Verdict::confirmed:
      return "confirmed";
    case Verdict::latent:
      return "latent";
    case Verdict::unexercised:
      return "unexercised";
    case Verdict::contained:
      return "contained";
    case Verdict::contradicted:
      return "contradicted";
    case Verdict::unpredicted:
      return "unpredicted";
    case Verdict::undecided:
      break;
  }
  return "undecided";
}

std::string_view toString(Level level) {
  switch (level) {
    case Level::error:
      return "error";
    case Level::warning:
      return "warning";
    case Level::note:
      return "note";
    case Level::none:
      break;
  }
  return "none";
}

std::string_view toString(Reading reading) {
  switch (reading) {
    case Reading::read:
      return "read";
    case Reading::looked_at:
      return "looked-at";
    case Reading::unread:
      return "unread";
    case Reading::not_judged:
      return "not-judged";
    case Reading::allowed:
      return "allowed";
    case Reading::undecided:
      break;
  }
  return "undecided";
}

std::string_view toString(Aside aside) {
  switch (aside) {
    case Aside::suppressed:
      return "suppressed";
    case Aside::excluded:
      return "excluded";
    case Aside::off:
      return "off";
    case Aside::allowed:
      return "allowed";
    case Aside::known:
      return "known";
    case Aside::elsewhere:
      break;
  }
  return "elsewhere";
}

std::string_view toString(Origin::Kind kind) {
  switch (kind) {
    case Origin::Kind::outside:
      return "outside";
    case Origin::Kind::write:
      return "write";
    case Origin::Kind::edge:
      return "edge";
    case Origin::Kind::unseen:
      return "unseen-write";
    case Origin::Kind::unknown:
      break;
  }
  return "unknown";
}

}  // namespace envleak::reports
