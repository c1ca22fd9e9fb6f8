#include "reports/crosscheck/script_sites.h"

#include "reports/crosscheck/flow.h"

#include <algorithm>
#include <iterator>

namespace envleak::reports {
namespace {

// "Process::start" of "Symfony\Component\Process\Process::start".
std::string shortFunction(const std::string& function) { return function.substr(function.rfind('\\') + 1); }

// As the script calls it: the library's function that spawns, or else what the interpreter did for it.
std::string calleeOf(const facts::Edge& edge, const Place& place) {
  std::string callee = edge.api;
  for (const facts::Frame& frame : edge.frames) {
    if (frame.language.empty() || (frame.line == place.line && frame.function == place.function)) break;
    if (!frame.function.empty()) callee = shortFunction(frame.function);
  }
  return callee;
}

// A scanned project answers for its own scripts, not for those that the system brought.
bool isOfOthers(const Report& report, const Place& place) { return report.scanned && place.file.starts_with('/'); }

facts::SpawnSite siteAt(const Report& report, const facts::Edge& edge, const Place& place, std::size_t number) {
  facts::SpawnSite site;
  site.id = "s" + std::to_string(number);
  site.file = place.file;
  site.line = site.end_line = place.line;
  site.function = place.function;
  site.callee = calleeOf(edge, place);
  site.reason = "a call of a script in " + place.language + "; the runs show what its children got";
  site.decided_at = site.id;
  if (!isOfOthers(report, place)) site.rule = scriptRule;
  return site;
}

// Has the process become another program at the edge?
bool replaced(const RunImage& image, const RunEdge& edge, const Runs& runs) {
  return edge.child && !edge.failed() && edge.facts->pid == image.facts->pid &&
         runs.images()[*edge.child].facts->pid == image.facts->pid;
}

}  // namespace

void addScriptSites(Report& report) {
  std::set<std::pair<std::string, unsigned>> known;
  std::vector<facts::SpawnSite> found;
  const std::size_t before = report.sources == nullptr ? 0 : report.sources->spawn_sites.size();
  report.languages.resize(before);
  for (const RunEdge& edge : report.runs->edges()) {
    const Place& place = report.files->place(edge.facts->frames);
    if (place.language.empty() || place.file.empty() || !known.insert({place.file, place.line}).second) continue;
    found.push_back(siteAt(report, *edge.facts, place, before + found.size() + 1));
    report.languages.push_back(place.language);
  }
  if (found.empty()) return;
  report.with_scripts = std::make_unique<facts::StaticFacts>();
  if (report.sources != nullptr)
    *report.with_scripts = *report.sources;
  else
    report.with_scripts->root = report.runs->runs().front()->directory;
  std::ranges::move(found, std::back_inserter(report.with_scripts->spawn_sites));
  report.sources = report.with_scripts.get();
  report.files = std::make_unique<SourceFiles>(*report.sources);
}

bool droppedOnTheWay(const Report& report, const SiteReport& site) {
  const Runs& runs = *report.runs;
  std::vector<Index> ways = site.edges;
  for (std::size_t i = 0; i < ways.size(); ++i) {
    const RunEdge& edge = runs.edges()[ways[i]];
    const bool any = std::ranges::any_of(
        edge.crossed, [&](NameId name) { return !report.ambient(name) && !report.allowance(ways[i], name); });
    if (!any) continue;
    if (!edge.child || !edge.facts->compared) return false;
    const RunImage& image = runs.images()[*edge.child];
    if (image.facts->observation != facts::Observation::full) return false;
    const bool became_another =
        std::ranges::any_of(image.outgoing, [&](Index out) { return replaced(image, runs.edges()[out], runs); });
    if (!became_another) return false;
    for (Index out : image.outgoing) {
      if (runs.edges()[out].failed()) continue;
      if (!runs.edges()[out].facts->compared) return false;
      ways.push_back(out);
    }
  }
  return std::ranges::none_of(site.crossed, [](const CrossedVariable& variable) {
    return isJudged(variable.reading) && variable.reading != Reading::unread;
  });
}

std::string scriptAdvice(std::string_view language) {
  if (language == "PHP")
    return "give proc_open an environment of what the child needs, or begin the command with 'env -i NAME=VALUE...'";
  if (language == "Python") return "pass env= with what the child needs";
  if (language == "Perl") return "set %ENV to what the child needs for the call (local %ENV = ...)";
  if (language == "Ruby") return "pass what the child needs, with unsetenv_others: true";
  if (language == "JavaScript") return "pass an option env that holds what the child needs";
  return "begin the command with 'env -i NAME=VALUE...'";
}

}  // namespace envleak::reports
