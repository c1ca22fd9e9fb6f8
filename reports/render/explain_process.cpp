// A process as text: the first screen answers what it inherited, from where, who started it, what it read, and what
// cannot be known.
#include "reports/render/answers.h"
#include "reports/render/investigate_text.h"

#include "facts/text.h"
#include "reports/crosscheck/findings.h"
#include "reports/crosscheck/verdicts.h"
#include "reports/investigate/investigation.h"

#include <algorithm>

namespace envleak::reports {
namespace {

constexpr std::size_t wholeViews = 3;  // shown in full; of more each has a line
constexpr std::size_t shownLines = 40;
constexpr std::size_t shownNames = 60;
constexpr std::size_t shownIds = 4;
constexpr std::size_t shownSpawns = 20;

class ProcessText {
 public:
  ProcessText(const Report& report, bool color) : report_(report), runs_(*report.runs), style_(color), say_(report) {}

  std::string whole(const ProcessView& view) const {
    const facts::Image& facts = *image(view).facts;
    std::string text = style_.bold(title(view)) + "\n";
    text += "  program: " + oneLine(facts.program) + "\n" + command(view);
    text += started(view) + received(view) + reads(view) + writes(view) + shadowed(view) + fromFiles(view) + unknown(view);
    return text + spawns(view);
  }

  // "p4 sh and 998 more: inherited..., read A, B"
  std::string line(const ProcessView& view) const {
    std::string text = "  " + processName(report_, view.image);
    if (view.alike.size() > 1) text += " and " + std::to_string(view.alike.size() - 1) + " more alike";
    text += view.handover ? ": " + say_.handover(*view.handover) : ": from outside";
    std::vector<std::string> names;
    for (const ReadView& read : view.reads)
      if (!report_.ambient(read.name) && (names.empty() || names.back() != say_.name(read.name)))
        names.push_back(say_.name(read.name));
    if (!names.empty()) text += "; read " + listNames(names, shownIds);
    if (!view.shadowed.empty()) text += "; an inherited value beat a file";
    if (image(view).facts->observation != facts::Observation::full)
      text += "; " + std::string(toString(image(view).facts->observation));
    return text + "\n";
  }

 private:
  const RunImage& image(const ProcessView& view) const { return runs_.images()[view.image]; }

  std::string title(const ProcessView& view) const {
    const facts::Image& facts = *image(view).facts;
    if (view.alike.size() == 1)
      return processName(report_, view.image) + " (pid " + std::to_string(facts.pid) + ")" + say_.exit(facts.exit);
    std::map<std::string, std::size_t> ends;
    for (Index i : view.alike) ++ends[say_.exit(runs_.images()[i].facts->exit)];
    std::string text = shortName(facts.program) + ": " + std::to_string(view.alike.size()) + " processes alike (" +
                       listIds(runs_, view.alike, shownIds) + ")";
    for (const auto& [end, count] : ends)
      text += (end.empty() ? ", end not seen" : end) + (ends.size() > 1 ? " (" + std::to_string(count) + ")" : "");
    return text;
  }

  std::string command(const ProcessView& view) const {
    std::string first;
    bool differ = false;
    for (Index i : view.alike) {
      std::string words;
      for (const std::string& word : runs_.images()[i].facts->argv) words += " " + word;
      if (i == view.image) first = words;
      differ = differ || words != first;
    }
    constexpr std::size_t longest = 200;
    std::string text = oneLine(first);
    if (text.size() > longest) text = text.substr(0, longest) + "...";
    if (text.empty()) return {};
    return "  command:" + text + (differ ? " (of the first)" : "") + "\n";
  }

  std::string started(const ProcessView& view) const {
    const RunImage& of = image(view);
    if (!of.incoming) {
      if (of.parent)
        return "  started by " + processName(report_, *of.parent) + " in a way that was not seen\n" +
               "  environment: what crossed is not known\n";
      return of.facts->observation == facts::Observation::blind || !view.received_known
                 ? "  started by whom was not seen\n"
                 : "  first process of the recording: its environment came from outside\n";
    }
    const RunEdge& edge = runs_.edges()[*of.incoming];
    std::string text = "  started by " +
                       (view.alike.size() == 1 ? processName(report_, edge.parent)
                                               : shortName(runs_.images()[edge.parent].facts->program)) +
                       " with " + oneLine(edge.facts->api) + say_.at(report_.files->place(edge.facts->frames)) +
                       say_.callers(edge.facts->frames) + "   [" + edge.id +
                       (view.alike.size() > 1 ? " and others" : "") + "]\n";
    text += "  environment " + say_.handover(*view.handover) + "\n";
    text += say_.names("    added:", edge.facts->added, shownNames);
    text += say_.names("    changed:", edge.facts->changed, shownNames);
    return text + say_.names("    dropped:", edge.facts->removed, shownNames);
  }

  std::string received(const ProcessView& view) const {
    if (!view.received_known) return "  received: not known\n";
    if (view.from.empty()) return "  received: nothing\n";
    std::string text = "  received, and from where:\n";
    for (std::size_t i = 0; i < std::min(view.from.size(), shownLines); ++i) {
      const VariablesFrom& from = view.from[i];
      std::string label = "    " + say_.origin(from.origin, view.image, view.alike.size() > 1);
      if (from.file)
        label += ", as " + oneLine(report_.files->display(from.file->path)) +
                 (from.names.size() == 1 ? ":" + std::to_string(from.file->line) + " has it" : " has them");
      text += say_.names(label + ":", from.names, shownNames);
    }
    if (view.from.size() > shownLines)
      text += "    and from " + std::to_string(view.from.size() - shownLines) + " more\n";
    return text;
  }

  // One line for each name and place, ambient names in short.
  std::string reads(const ProcessView& view) const {
    std::string text;
    if (!view.reads.empty()) text += "  read:\n" + lines(view, view.reads);
    std::vector<NameId> asked;
    for (const ReadView& read : view.asked)
      if (asked.empty() || asked.back() != read.name) asked.push_back(read.name);
    text += say_.names("  asked for, and not set:", asked, shownNames);
    return text + say_.names("  not read:", view.unread, shownNames);
  }

  std::string lines(const ProcessView& view, const std::vector<ReadView>& reads) const {
    std::string text;
    std::vector<NameId> ambient;
    std::size_t shown = 0, more = 0;
    for (const ReadView& read : reads) {
      if (report_.ambient(read.name)) {
        if (ambient.empty() || ambient.back() != read.name) ambient.push_back(read.name);
        continue;
      }
      if (shown == shownLines) {
        ++more;
        continue;
      }
      ++shown;
      const facts::Read& facts = image(view).facts->reads[read.read];
      const bool touched = facts.kind == facts::ReadKind::touched;
      text += "    " + say_.name(read.name) + say_.value(view.image, read.name);
      if (touched) text += " looked at, by whom is not known";
      if (!touched || !facts.frames.empty()) text += say_.at(read.place);
      text += " (" + counted(read.count, "time", "times") + ")";
      if (read.own) text += ", after writing it itself";
      text += "\n";
    }
    if (more > 0) text += "    and " + std::to_string(more) + " more (--format json has all)\n";
    return text + say_.names("    ambient:", ambient, shownNames);
  }

  std::string writes(const ProcessView& view) const {
    std::string text;
    for (std::size_t i = 0; i < std::min(view.writes.size(), shownLines); ++i) {
      const facts::Write& write = image(view).facts->writes[view.writes[i].write];
      text += "    " + (write.name.empty() ? "the whole environment" : oneLine(write.name)) + " " +
              std::string(toString(write.kind)) + " with " + oneLine(write.api) + say_.at(view.writes[i].place) + "\n";
    }
    if (view.writes.size() > shownLines)
      text += "    and " + std::to_string(view.writes.size() - shownLines) + " more\n";
    return text.empty() ? text : "  changed in its own environment:\n" + text;
  }

  std::string shadowed(const ProcessView& view) const {
    std::string text;
    for (const ShadowedFile& file : view.shadowed)
      text += "  beat a file: " + oneLine(report_.files->display(file.path)) + ":" + std::to_string(file.line) +
              " gives " + say_.name(file.name) + " another value than it inherited: " +
              (file.dotenv ? "the inherited value won" : "it asked for the inherited one too; which counts is not known") +
              "\n";
    return text;
  }

  // What no environment shows: a value that stood in a file which another process had made of its own.
  std::string fromFiles(const ProcessView& view) const {
    std::string text;
    for (const Laundered& value : report_.laundered)
      if (value.reader == view.image)
        text += "  got through a file: " + oneLine(report_.files->display(value.path)) + ":" +
                std::to_string(value.line) + " has the value of " + say_.name(value.name) + ", which " +
                processName(report_, value.writer) + " had; it wrote that file\n";
    return text;
  }

  std::string unknown(const ProcessView& view) const {
    const std::string why = say_.observation(*image(view).facts);
    if (why.empty()) return {};
    std::string text = "  cannot be known: what else it read: " + why + "\n";
    return text + say_.names("    perhaps read:", view.open, shownNames);
  }

  std::string spawns(const ProcessView& view) const {
    if (view.spawns.empty())
      return image(view).facts->observation == facts::Observation::blind ? "  started: what it started is not known\n"
                                                                         : "  started: nothing that was seen\n";
    std::string text = "  started:\n";
    for (std::size_t i = 0; i < std::min(view.spawns.size(), shownSpawns); ++i) text += spawn(view.spawns[i]);
    if (view.spawns.size() > shownSpawns)
      text += "    and " + std::to_string(view.spawns.size() - shownSpawns) + " more (--format json has all)\n";
    return text;
  }

  std::string spawn(const SpawnsView& spawns) const {
    const RunEdge& first = runs_.edges()[spawns.edges.front()];
    std::string text = "    " + first.id;
    if (spawns.edges.size() > 1) text += " and " + std::to_string(spawns.edges.size() - 1) + " more";
    text += " -> ";
    text += first.child && spawns.edges.size() == 1 ? processName(report_, *first.child) : shortName(spawns.program);
    text += " with " + oneLine(first.facts->api) + say_.at(spawns.place);
    if (first.failed()) return text + ": failed, " + errorText(first.facts->error) + "\n";
    return text + ": " + say_.handover(spawns.handover) + "\n";
  }

  const Report& report_;
  const Runs& runs_;
  Style style_;
  Sentences say_;
};

}  // namespace

std::string renderProcesses(const Report& report, const std::vector<ProcessView>& views, bool color) {
  ProcessText text(report, color);
  std::string result;
  if (views.size() <= wholeViews) {
    for (const ProcessView& view : views) result += (result.empty() ? "" : "\n") + text.whole(view);
    return result;
  }
  std::size_t processes = 0;
  for (const ProcessView& view : views) processes += view.alike.size();
  result = counted(processes, "process", "processes") + ", of " + std::to_string(views.size()) +
           " kinds; --process with one's id shows it in full\n";
  for (std::size_t i = 0; i < std::min(views.size(), shownLines); ++i) result += text.line(views[i]);
  if (views.size() > shownLines)
    result += "  and " + std::to_string(views.size() - shownLines) + " kinds more (--format json has all)\n";
  return result;
}

}  // namespace envleak::reports
