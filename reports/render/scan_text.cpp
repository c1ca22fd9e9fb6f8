// Static facts as a compiler would show them.
#include "reports/render/diagnostics.h"
#include "reports/render/render.h"
#include "reports/render/style.h"

#include "facts/text.h"

#include <algorithm>

namespace envleak::reports {
namespace {

std::string_view whatHappened(facts::UnitStatus status) {
  switch (status) {
    case facts::UnitStatus::complete:
      return "was parsed";
    case facts::UnitStatus::partial:
      return "has errors";
    case facts::UnitStatus::failed:
      return "could not be parsed";
    case facts::UnitStatus::crashed:
      return "crashed the parser";
    case facts::UnitStatus::timeout:
      return "took too long";
    case facts::UnitStatus::skipped:
      return "was not parsed";
    case facts::UnitStatus::missing:
      break;
  }
  return "is missing";
}

std::string unitLines(const facts::StaticFacts& facts, const Style& style) {
  std::string text;
  for (const facts::Unit& unit : facts.units) {
    if (!facts::hasLostParts(unit.status)) continue;
    text += locationPrefix(unit.file, 0, 0) + style.level(Level::warning) + "this unit " +
            std::string(whatHappened(unit.status)) + ": what it spawns may be missing here\n";
    constexpr std::size_t shown = 3;
    for (std::size_t i = 0; i < std::min(shown, unit.errors.size()); ++i) text += "  " + oneLine(unit.errors[i]) + "\n";
    if (unit.errors.size() > shown)
      text += "  and " + counted(unit.errors.size() - shown, "error", "errors") + " more\n";
  }
  return text;
}

std::string summary(const Report& report) {
  const facts::StaticFacts& facts = *report.sources;
  std::map<facts::EnvironmentClass, std::size_t> classes;
  std::size_t suppressed = 0;
  for (const facts::SpawnSite& site : facts.spawn_sites) {
    ++classes[site.environment];
    if (site.suppressed) ++suppressed;
  }
  std::string text = counted(facts.spawn_sites.size(), "spawn site", "spawn sites");
  const char* separator = ": ";
  for (const auto& [environment, count] : classes) {
    text += separator + std::to_string(count) + " " + std::string(toString(environment));
    separator = ", ";
  }
  text += "\n" + counted(report.findings.size(), "finding", "findings");
  if (suppressed > 0) text += ", " + counted(suppressed, "site", "sites") + " suppressed";
  std::size_t constant = static_cast<std::size_t>(
      std::ranges::count_if(facts.environment_reads, [](const auto& read) { return read.name.has_value(); }));
  text += "\n" + counted(facts.environment_reads.size(), "read", "reads") + " of the environment (" +
          std::to_string(constant) + " of a constant name), " +
          counted(facts.environment_writes.size(), "write", "writes") + "\n";
  std::size_t broken = static_cast<std::size_t>(
      std::ranges::count_if(facts.units, [](const facts::Unit& unit) { return facts::hasLostParts(unit.status); }));
  std::size_t skipped = static_cast<std::size_t>(std::ranges::count_if(
      facts.units, [](const facts::Unit& unit) { return unit.status == facts::UnitStatus::skipped; }));
  text += counted(facts.units.size(), "unit", "units");
  if (skipped > 0) text += ", " + std::to_string(skipped) + " not parsed: nothing in their text matters";
  text += broken == 0 ? (skipped == 0 ? ", all parsed\n" : "\n")
                      : ", " + std::to_string(broken) + " not parsed without errors: what they hold may be missing\n";
  return text;
}

}  // namespace

std::string renderScanText(const Report& report, const RenderOptions& options) {
  Style style(options.color);
  Diagnostics diagnostics(report, style);
  std::string text;
  for (const Finding& finding : report.findings) text += diagnostics.finding(finding);
  text += unitLines(*report.sources, style);
  return text + summary(report);
}

}  // namespace envleak::reports
