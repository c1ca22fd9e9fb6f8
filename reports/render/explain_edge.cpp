// One spawn as text.
#include "reports/render/answers.h"
#include "reports/render/investigate_text.h"

#include "facts/text.h"
#include "reports/crosscheck/verdicts.h"

#include <algorithm>

namespace envleak::reports {
namespace {

constexpr std::size_t shownNames = 60;
constexpr std::size_t shownReads = 40;
constexpr std::size_t shownImages = 8;
constexpr std::size_t shownCallers = 20;

std::string reading(const Report& report, const Sentences& say, const SiteReading& read) {
  const facts::Read& facts = report.runs->images()[read.image].facts->reads[read.read];
  const bool touched = facts.kind == facts::ReadKind::touched;
  std::string text = "    " + say.name(read.name) + " by " + processName(report, read.image);
  if (read.processes > 1) text += " and " + counted(read.processes - 1, "process", "processes") + " more of it";
  if (touched) text += ", looked at";
  if (!touched || !facts.frames.empty()) text += say.at(read.place);
  return text + " (" + counted(read.count, "time", "times") + ")\n";
}

std::string whoRead(const Report& report, const Sentences& say, const EdgeView& view) {
  std::string text;
  std::vector<const SiteReading*> ambient_last;
  for (const SiteReading& read : view.read) ambient_last.push_back(&read);
  std::ranges::stable_sort(ambient_last, {}, [&](const SiteReading* read) {
    return std::pair(report.ambient(read->name), report.runs->names()[read->name]);
  });
  for (std::size_t i = 0; i < std::min(ambient_last.size(), shownReads); ++i)
    text += reading(report, say, *ambient_last[i]);
  if (ambient_last.size() > shownReads)
    text += "    and " + std::to_string(ambient_last.size() - shownReads) + " more (--format json has all)\n";
  if (!text.empty()) text = "  of these read, there or by what they were handed on to:\n" + text;
  text += say.names("  read by none of these:", view.unread, shownNames);
  text += say.names("  cannot be known whether read:", view.open, shownNames);
  std::vector<std::string> processes;
  for (Index image : view.unobserved) {
    const facts::Image& facts = *report.runs->images()[image].facts;
    if (processes.size() < shownImages)
      text += "    " + processName(report, image) + ": " +
              (facts.observation == facts::Observation::full ? "what it got is not known" : say.observation(facts)) +
              "\n";
    processes.push_back({});
  }
  if (processes.size() > shownImages)
    text += "    and " + std::to_string(processes.size() - shownImages) + " more processes\n";
  return text;
}

}  // namespace

std::string renderEdge(const Report& report, const EdgeView& view, bool color) {
  Sentences say(report);
  const RunEdge& edge = report.runs->edges()[view.edge];
  std::string text = Style(color).bold(edge.id + ": " + processName(report, edge.parent) + " -> " +
                                       (edge.child ? processName(report, *edge.child) : oneLine(edge.facts->program))) +
                     "\n";
  Place place = report.files->place(edge.facts->frames);
  text += "  " + oneLine(edge.facts->api) + " of " + oneLine(edge.facts->program) + say.at(place) + "\n";
  if (std::optional<Place> within = report.files->placeInInterpreter(edge.facts->frames))
    text += "    in the interpreter:" + say.at(*within).substr(3) + "\n";
  for (std::size_t i = 0; i < std::min(view.callers.size(), shownCallers); ++i)
    text += "    called from" + say.at(view.callers[i]).substr(3) + "\n";
  if (edge.failed())
    return text + "  failed: " + errorText(edge.facts->error) + "; nothing was started, nothing crossed\n";
  text += "  environment " + say.handover(view.handover) + "\n";
  text += say.names("    added:", edge.facts->added, shownNames);
  text += say.names("    changed:", edge.facts->changed, shownNames);
  text += say.names("    dropped:", edge.facts->removed, shownNames);
  if (!edge.crossed.empty()) {
    text += "  crossed, and from where the parent had them:\n";
    if (view.from.empty()) text += say.names("    crossed:", edge.facts->crossed, shownNames);
    for (const auto& [origin, names] : view.from)
      text += say.names("    " + say.origin(origin, *edge.child) + ":", names, shownNames);
  }
  return text + whoRead(report, say, view);
}

}  // namespace envleak::reports
