#include "reports/investigate/investigation.h"

#include "facts/error.h"
#include "facts/text.h"
#include "reports/crosscheck/findings.h"
#include "reports/crosscheck/laundering.h"
#include "reports/crosscheck/verdicts.h"
#include "runtime-probe/trace/modules.h"

#include <algorithm>

namespace envleak::reports {
namespace {

constexpr std::size_t suggested = 8;

// By its file's name, or by the one that it was started as: dash is called sh.
bool isCalled(const facts::Image& image, std::string_view name) {
  auto last = [](std::string_view path) { return path.substr(path.rfind('/') + 1); };
  return last(image.program) == name || (!image.argv.empty() && last(image.argv.front()) == name);
}

bool argumentHas(const facts::Image& image, const std::string& part) {
  for (std::size_t i = 1; i < image.argv.size(); ++i)
    if (image.argv[i].find(part) != std::string::npos) return true;
  return false;
}

}  // namespace

Report openRuns(const std::vector<facts::RuntimeFacts>& runs, const Policy& policy) {
  Report report;
  report.runs = std::make_unique<Runs>(runs);
  report.files = std::make_unique<SourceFiles>(runs.empty() ? "" : runs.front().directory);
  for (NameId name = 0; name < report.runs->names().size(); ++name)
    report.classes.push_back(policy.classify(report.runs->names()[name], report.runs->shape(name)));
  findLaundered(report);
  return report;
}

std::vector<Index> selectImages(const Report& report, const std::string& wanted) {
  const std::vector<RunImage>& images = report.runs->images();
  auto matching = [&](const auto& matches) {
    std::vector<Index> found;
    for (Index i = 0; i < images.size(); ++i)
      if (matches(images[i])) found.push_back(i);
    return found;
  };
  // Each way only where the ones before it found nothing: an id or a pid is meant exactly.
  std::vector<Index> found = matching([&](const RunImage& i) { return i.id == wanted || i.facts->id == wanted; });
  if (found.empty()) found = matching([&](const RunImage& i) { return std::to_string(i.facts->pid) == wanted; });
  if (found.empty()) found = matching([&](const RunImage& i) { return isCalled(*i.facts, wanted); });
  if (found.empty())
    found = matching([&](const RunImage& i) { return i.facts->program.find(wanted) != std::string::npos; });
  if (found.empty()) found = matching([&](const RunImage& i) { return argumentHas(*i.facts, wanted); });
  if (!found.empty()) return found;
  std::vector<std::string> some;
  std::set<std::string> told;
  for (Index i = 0; i < images.size(); ++i)
    if (told.insert(images[i].facts->program).second)
      some.push_back(processName(report, i) + " (pid " + std::to_string(images[i].facts->pid) + ")");
  throw InputError("--process: no process matches '" + oneLine(wanted) + "'; there " +
                   (images.size() == 1 ? "is " : "are ") + (some.empty() ? "none" : listNames(some, suggested)));
}

std::vector<Index> selectEdges(const Report& report, const std::string& wanted) {
  const std::vector<RunEdge>& edges = report.runs->edges();
  std::vector<Index> found;
  for (Index e = 0; e < edges.size(); ++e)
    if (edges[e].id == wanted || edges[e].facts->id == wanted) found.push_back(e);
  if (found.empty())
    throw InputError("--edge: no spawn is called '" + oneLine(wanted) + "'; " +
                     (edges.empty() ? "there is none" : "they are " + edges.front().id + " to " + edges.back().id) +
                     " (--process PARENT lists those of a process)");
  return found;
}

std::vector<Place> callersOf(const Report& report, const std::vector<facts::Frame>& frames) {
  std::vector<Place> callers;
  bool first = true;
  const bool script = !frames.empty() && !frames.front().language.empty();
  for (const facts::Frame& frame : frames) {
    // What an interpreter did for a script, and packages did for the program, is not who called.
    if (script && frame.language.empty()) break;
    if (script && isScriptLibrary(frame.file)) continue;
    if (frame.file.empty() || frame.line == 0 || trace::isSystemRuntime(frame.module)) continue;
    if (!first)
      callers.push_back(
          {report.files->display(frame.file), frame.line, frame.column, frame.function, frame.module, ""});
    first = false;
  }
  return callers;
}

void sortForPeople(const Report& report, std::vector<NameId>& names) {
  std::ranges::sort(names, {},
                    [&](NameId name) { return std::pair(report.ambient(name), report.runs->names()[name]); });
}

}  // namespace envleak::reports
