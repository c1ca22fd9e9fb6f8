// Static facts as a compiler would show them.
#include "reports/render/diagnostics.h"
#include "reports/render/render.h"
#include "reports/render/set_aside.h"
#include "reports/render/style.h"

#include "facts/text.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>

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
    if (unit.unseen_mentions > 0)
      text += "  " + counted(unit.unseen_mentions, "mention", "mentions") +
              " of spawn or environment functions in its text not understood\n";
  }
  return text;
}

// What was changed in compile commands, in one line: "compile commands: 12 units: gcc-only flags dropped (-fno-x); ...".
std::string repairLine(const facts::StaticFacts& facts) {
  constexpr std::size_t shown = 3;
  using facts::RepairKind;
  constexpr std::pair<RepairKind, std::string_view> words[] = {
      {RepairKind::launcher, "taken from behind"},
      {RepairKind::response_file, "response files put in"},
      {RepairKind::dropped_flag, "flags dropped that stop the parser"},
      {RepairKind::ignored_flag, "flags ignored that clang does not know"},
      {RepairKind::compiler_headers, "the compiler's own headers replaced by clang's"},
      {RepairKind::precompiled_header, "headers read instead of precompiled ones"},
      {RepairKind::modules, "flags for compiled modules dropped"},
      {RepairKind::target, "parsed for another target"},
      {RepairKind::headers, "system headers as the compiler says"},
      {RepairKind::headers_unknown, "system headers not known"},
  };
  std::string text;
  for (const auto& [kind, what] : words) {
    std::size_t units = 0;
    std::map<std::string, std::size_t> details;
    for (const facts::Unit& unit : facts.units) {
      std::size_t before = units;
      for (const facts::Repair& repair : unit.repairs)
        if (repair.kind == kind) {
          ++details[repair.detail];
          units = before + 1;
        }
    }
    if (units == 0) continue;
    // The most frequent ones are named.
    std::vector<std::pair<std::string, std::size_t>> order(details.begin(), details.end());
    std::ranges::sort(order, {}, [](const auto& entry) { return std::make_pair(-static_cast<long>(entry.second), entry.first); });
    text += (text.empty() ? "compile commands: " : "; ") + counted(units, "unit", "units") + ": " + std::string(what) + " (";
    for (std::size_t i = 0; i < std::min(shown, order.size()); ++i)
      text += (i == 0 ? "" : ", ") + oneLine(order[i].first);
    text += order.size() > shown ? ", and " + std::to_string(order.size() - shown) + " more)" : ")";
  }
  return text.empty() ? text : text + "\n";
}

// Entries of other languages: what they spawn is not known.
std::string skippedLine(const facts::StaticFacts& facts) {
  std::map<std::string, std::size_t> languages;
  for (const facts::SkippedEntry& entry : facts.skipped) ++languages[entry.language];
  std::string text;
  for (const auto& [language, count] : languages)
    text += (text.empty() ? "" : ", ") + std::to_string(count) + " " + oneLine(language);
  if (text.empty()) return text;
  return counted(facts.skipped.size(), "entry", "entries") + " not in C or C++ skipped: " + text + "\n";
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
  for (const std::string& line : setAsideLines(report)) text += "\n" + line;
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
  return text + repairLine(facts) + skippedLine(facts);
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
