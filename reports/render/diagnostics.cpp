#include "reports/render/diagnostics.h"

#include "facts/text.h"

#include <algorithm>
#include <set>

namespace envleak::reports {

Diagnostics::Diagnostics(const Report& report, const Style& style)
    : report_(report), style_(style), excerpts_(report.files->root()) {
  if (report.sources == nullptr) return;
  for (Index i = 0; i < report.sources->spawn_sites.size(); ++i)
    site_ids_.try_emplace(report.sources->spawn_sites[i].id, i);
}

std::string Diagnostics::note(const std::string& file, unsigned line, unsigned column,
                              const std::string& message) const {
  return locationPrefix(file, line, column) + style_.level(Level::note) + oneLine(message) + "\n";
}

std::string Diagnostics::finding(const Finding& finding) {
  std::string message = oneLine(finding.message);
  if (finding.count > 1) message += " (" + std::to_string(finding.count) + " times)";
  std::string text = style_.bold(locationPrefix(finding.place.file, finding.place.line, finding.place.column)) +
                     style_.level(finding.level) + message + " [" + finding.rule + "]\n";
  if (finding.rule == "envleak-shadowed-file" || finding.rule == "envleak-laundered") return text;  // its line holds a value, perhaps a secret one
  text += excerpts_.at(finding.place.file, finding.place.line, finding.place.column);
  if (finding.site) text += path(*finding.site);
  return text;
}

std::string Diagnostics::path(Index index) const {
  const facts::SpawnSite& site = report_.sources->spawn_sites[index];
  std::string text;
  for (const facts::PathStep& step : site.path) text += note(step.file, step.line, step.column, step.note);
  // With runs, the callers that were executed come first.
  std::vector<Index> callers;
  for (const std::string& id : site.callers)
    if (auto found = site_ids_.find(id); found != site_ids_.end()) callers.push_back(found->second);
  std::ranges::stable_sort(callers, std::greater<>(), [&](Index i) { return !report_.sites[i].edges.empty(); });
  constexpr std::size_t shown = 4;
  std::size_t limit = callers.size() == shown + 1 ? callers.size() : shown;
  for (std::size_t i = 0; i < std::min(limit, callers.size()); ++i) {
    const facts::SpawnSite& caller = report_.sources->spawn_sites[callers[i]];
    std::string message = "reached from '" + caller.function + "', which calls '" + caller.callee + "' here";
    std::size_t spawns = report_.sites[callers[i]].edges.size();
    if (spawns > 0) message += " (" + counted(spawns, "spawn", "spawns") + ")";
    text += note(caller.file, caller.line, caller.column, message);
  }
  if (callers.size() > limit) text += "  and from " + std::to_string(callers.size() - limit) + " more calls\n";
  return text + children(site);
}

// What the program that is started can read, if its source is known.
std::string Diagnostics::children(const facts::SpawnSite& site) const {
  if (!facts::handsOn(site.environment)) return {};
  constexpr std::size_t shown = 4;
  std::string text;
  for (const std::string& id : site.children) {
    auto child = std::ranges::find(report_.sources->programs, id, &facts::Program::id);
    if (child == report_.sources->programs.end()) continue;
    std::string name = "the child '" + child->name.value_or("?") + "'";
    std::set<std::string> names;
    for (const facts::Program::Read& read : child->reads)
      if (names.size() < shown && names.insert(read.name).second)
        text += note(read.file, read.line, read.column, name + " reads " + read.name + " here");
    std::set<std::string> all;
    for (const facts::Program::Read& read : child->reads) all.insert(read.name);
    if (all.size() > shown) text += "  and " + std::to_string(all.size() - shown) + " more variables\n";
  }
  return text;
}

}  // namespace envleak::reports
