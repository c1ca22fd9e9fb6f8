#include "reports/render/sections.h"

#include "facts/text.h"
#include "reports/crosscheck/findings.h"
#include "reports/crosscheck/verdicts.h"

#include <algorithm>

namespace envleak::reports {
namespace {

struct Kind {
  std::string name;
  std::size_t count = 0;
  std::vector<std::string> programs;  // distinct
  std::set<std::string> known;
  std::string detail;             // of the first
  std::set<std::string> details;  // distinct
};

std::string ofTotal(std::uint64_t part, std::uint64_t total) {
  return std::to_string(part) + " of " + std::to_string(total);
}

}  // namespace

std::string blindSpotSection(const Report& report, const Style& style) {
  std::vector<Kind> kinds;
  for (Index run = 0; run < report.runs->runs().size(); ++run) {
    for (const facts::BlindSpot& spot : report.runs->runs()[run]->blind_spots) {
      auto kind = std::ranges::find(kinds, spot.kind, &Kind::name);
      if (kind == kinds.end()) kind = kinds.insert(kinds.end(), Kind{spot.kind, 0, {}, {}, spot.detail, {}});
      ++kind->count;
      kind->details.insert(spot.detail);
      if (!spot.process) continue;
      std::string program = shortName(report.runs->images()[*report.runs->find(run, *spot.process)].facts->program);
      if (kind->known.insert(program).second) kind->programs.push_back(program);
    }
  }
  std::string text;
  for (const Kind& kind : kinds) {
    text += "  " + oneLine(kind.name);
    if (!kind.programs.empty())
      text += ", " + counted(kind.count, "process", "processes") + " (" + listNames(kind.programs, 4) + ")";
    text += ": " + oneLine(kind.detail);
    const std::size_t told = kind.programs.empty() ? kind.count : kind.details.size();
    if (told > 1) text += " (and " + std::to_string(told - 1) + " more)";
    text += "\n";
  }
  if (report.sources != nullptr) {
    std::vector<std::string> units;
    for (const facts::Unit& unit : report.sources->units)
      if (facts::hasLostParts(unit.status))
        units.push_back(unit.file + " (" + std::string(toString(unit.status)) + ")");
    if (!units.empty()) text += "  not parsed without errors: " + listNames(units, 4) + "\n";
  }
  return text.empty() ? text : "\n" + style.bold("Not seen") + "\n" + text;
}

std::string agreementSection(const Report& report, const Style& style) {
  const Agreement& of = report.agreement;
  std::string text = "\n" + style.bold("Agreement") + "\n";
  text += "  sites executed: " + ofTotal(of.sites_exercised, of.sites);
  if (of.sites_suppressed > 0) text += " (" + std::to_string(of.sites_suppressed) + " suppressed)";
  text += "\n  spawns: " + std::to_string(of.edges) + ", of which " + std::to_string(of.edges_predicted) +
          " at a known site";
  auto part = [&](std::uint64_t count, const char* what) {
    if (count > 0) text += ", " + std::to_string(count) + " " + what;
  };
  part(of.edges_ambiguous, "at one of several sites");
  part(of.edges_unpredicted, "unpredicted");
  part(of.edges_of_scripts, "by scripts, at calls that only the runs show");
  part(of.edges_outside, "by programs that were not scanned");
  part(of.edges_unlocated, "by programs without debug information");
  part(of.edges_failed, "failed");
  text += "\n  reads in the source that were executed: " + ofTotal(of.static_reads_observed, of.static_reads) +
          "; executed reads that the source shows: " + ofTotal(of.observed_reads_predicted, of.observed_reads) + "\n";
  if (report.programs.empty()) return text;
  text += "  names that " + counted(report.programs.size(), "program", "programs") +
          " of the scan asked for in their own source: " +
          ofTotal(of.names_both, of.names_both + of.names_only_observed) + " predicted";
  if (of.names_only_predicted > 0)
    text += "; " + std::to_string(of.names_only_predicted) + " more predicted, not seen to be asked for in these runs";
  text += "\n";
  for (const ProgramReport& program : report.programs) {
    if (program.only_observed.empty()) continue;
    const facts::Program& of_source = report.sources->programs[program.program];
    text += "    not predicted for " + oneLine(of_source.name.value_or("?")) + ": " +
            listNames(program.only_observed, 8);
    if (of_source.unknown_reads > 0)
      text += " (its source has " + counted(of_source.unknown_reads, "read", "reads") + " of names that it does not show)";
    text += "\n";
  }
  return text;
}

}  // namespace envleak::reports
