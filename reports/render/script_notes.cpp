#include "reports/render/script_notes.h"

#include "facts/text.h"
#include "reports/crosscheck/findings.h"
#include "reports/crosscheck/verdicts.h"

#include <algorithm>

namespace envleak::reports {
namespace {

constexpr std::size_t shownOrigins = 20;

// Not the interpreter's own configuration.
bool isOfProgram(std::string_view path) { return !path.starts_with("/etc/") && !path.starts_with("/usr/"); }

}  // namespace

// The one that reached a child of the site.
const VariableReport* ScriptNotes::variable(const SiteReport& site, NameId name) const {
  for (const VariableReport& variable : report_.variables) {
    if (variable.name != name || !variable.origin) continue;
    for (Index e : site.edges) {
      const std::optional<Index>& child = report_.runs->edges()[e].child;
      if (child && std::ranges::find(variable.carriers, *child) != variable.carriers.end()) return &variable;
    }
  }
  return nullptr;
}

std::string ScriptNotes::origins(const SiteReport& site) const {
  std::vector<std::string> lines;
  std::map<Index, std::vector<std::string>> outside;
  std::size_t more = 0;
  for (const CrossedVariable& crossed : site.crossed) {
    if (!isJudged(crossed.reading)) continue;
    const VariableReport* of = variable(site, crossed.name);
    if (of == nullptr) continue;
    std::string name(oneLine(report_.runs->names()[crossed.name]));
    if (of->origin->kind == Origin::Kind::outside) {
      outside[of->origin->image].push_back(std::move(name));
      continue;
    }
    if (of->origin->kind != Origin::Kind::write && !of->settings) continue;
    if (lines.size() == shownOrigins) {
      ++more;
      continue;
    }
    std::string line = "  " + name + " was set by " + processName(report_, of->origin->image);
    if (of->origin->kind == Origin::Kind::write)
      line += " with " + oneLine(report_.runs->images()[of->origin->image].facts->writes[of->origin->write].api);
    if (std::string place = describe(of->origin->place); !place.empty()) line += " at " + place;
    if (of->settings)
      line += ", as " + oneLine(report_.files->display(of->settings->path)) + ":" +
              std::to_string(of->settings->line) + " has it";
    lines.push_back(line + "\n");
  }
  std::string text;
  for (auto& [image, names] : outside)
    text += "  from the outside environment of " + processName(report_, image) + ": " + listNames(names, 12) + "\n";
  for (const std::string& line : lines) text += line;
  if (more > 0) text += "  and " + std::to_string(more) + " more that were set\n";
  return text;
}

std::string ScriptNotes::files(const SiteReport& site) const {
  if (site.verdict != Verdict::latent) return {};
  const Runs& runs = *report_.runs;
  std::string text;
  std::set<std::pair<Index, std::string>> told;
  std::vector<Index> ways = site.edges;
  for (std::size_t i = 0; i < ways.size(); ++i) {
    const RunEdge& edge = runs.edges()[ways[i]];
    const bool any = std::ranges::any_of(edge.crossed, [&](NameId name) { return !report_.ambient(name); });
    if (!any || !edge.child) continue;
    const RunImage& image = runs.images()[*edge.child];
    for (const facts::ConfigFile& file : image.facts->files)
      if (isOfProgram(file.path) && told.insert({*edge.child, file.path}).second)
        text += "  " + processName(report_, *edge.child) + " had settings from " +
                oneLine(report_.files->display(file.path)) + "\n";
    ways.insert(ways.end(), image.outgoing.begin(), image.outgoing.end());
  }
  return text;
}

}  // namespace envleak::reports
