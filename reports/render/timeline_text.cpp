// The order of events as text. What is expected everywhere (reads of ambient variables, questions for variables that
// are not set) is counted, unless it was asked for.
#include "reports/render/answers.h"
#include "reports/render/investigate_text.h"

#include "facts/text.h"
#include "reports/crosscheck/verdicts.h"

#include <algorithm>

namespace envleak::reports {
namespace {

constexpr std::size_t shownEvents = 100;
constexpr std::size_t shownNames = 8;

class TimelineText {
 public:
  TimelineText(const Report& report, const Timeline& timeline, bool color)
      : report_(report), runs_(*report.runs), timeline_(timeline), style_(color), say_(report) {}

  std::string render() {
    std::string text;
    for (Index run = 0; run < timeline_.runs.size(); ++run) {
      if (timeline_.runs.size() > 1) text += say_.traceTitle(run);
      text += ofRun(timeline_.runs[run]);
    }
    if (timeline_.ends_unknown > 0)
      text += "  not shown: when " + counted(timeline_.ends_unknown, "process", "processes") +
              " ended, which is not in the trace\n";
    return text + missing(runs_);
  }

 private:
  std::string ofRun(const std::vector<Event>& events) {
    std::string text;
    std::size_t shown = 0, more = 0, ambient = 0, unset = 0;
    std::string last, last_process;
    std::size_t alike = 0;
    auto flush = [&] {
      if (alike > 0) text += "    and " + counted(alike, "process", "processes") + " more the same\n";
      alike = 0;
    };
    for (const Event& event : events) {
      if (hidden(event, ambient, unset)) continue;
      const std::string what = describe(event);
      // Loops of equal processes are one line.
      const std::string same = shortName(runs_.images()[event.image].facts->program) + '\0' + what;
      if (same == last) {
        ++alike;
        continue;
      }
      if (shown == shownEvents) {
        ++more;
        continue;
      }
      flush();
      last = same;
      ++shown;
      text += "  " + style_.bold(processName(report_, event.image)) + " " + what + "\n";
    }
    flush();
    if (more > 0)
      text += "  and " + counted(more, "event", "events") +
              " more: choose with NAME or --process, or --format json for all\n";
    std::string hidden;
    if (ambient > 0) hidden = counted(ambient, "read", "reads") + " of ambient variables";
    if (unset > 0)
      hidden +=
          (hidden.empty() ? "" : ", ") + counted(unset, "question", "questions") + " for variables that were not set";
    if (!hidden.empty()) text += "  not shown: " + hidden + " (--format json has them)\n";
    return text;
  }

  bool hidden(const Event& event, std::size_t& ambient, std::size_t& unset) const {
    if (event.kind != Event::Kind::read || timeline_.name) return false;
    const facts::Read& read = runs_.images()[event.image].facts->reads[event.index];
    if (!read.set) return ++unset > 0;
    std::optional<NameId> name = runs_.find(read.name);
    return name && report_.ambient(*name) && ++ambient > 0;
  }

  std::string name(const std::string& text) const {
    std::optional<NameId> id = runs_.find(text);
    return id ? say_.name(*id) : oneLine(text);
  }

  std::string describe(const Event& event) const {
    const facts::Image& image = *runs_.images()[event.image].facts;
    switch (event.kind) {
      case Event::Kind::start:
        return "was there (pid " + std::to_string(image.pid) + "), with " +
               counted(image.received.size(), "variable", "variables") +
               (image.parent ? ", started in a way that was not seen" : " from outside");
      case Event::Kind::spawn:
        return spawn(runs_.edges()[event.index]);
      case Event::Kind::read:
        return read(image.reads[event.index]);
      case Event::Kind::write: {
        const facts::Write& write = image.writes[event.index];
        return "changed " + (write.name.empty() ? "its whole environment" : name(write.name)) + " (" +
               std::string(toString(write.kind)) + ") with " + oneLine(write.api) +
               say_.at(report_.files->place(write.frames));
      }
      case Event::Kind::file:
        return file(image.files[event.index]);
      case Event::Kind::exit:
        break;
    }
    return image.exit->by_signal ? "was ended by signal " + std::to_string(image.exit->value)
                                 : "ended with status " + std::to_string(image.exit->value);
  }

  std::string spawn(const RunEdge& edge) const {
    std::string text = edge.failed() ? "could not start " : "started ";
    text += edge.child ? processName(report_, *edge.child) : oneLine(edge.facts->program);
    text += " with " + oneLine(edge.facts->api) + say_.at(report_.files->place(edge.facts->frames)) + " [" + edge.id +
            "]: ";
    if (edge.failed()) return text + errorText(edge.facts->error);
    if (!timeline_.name) return text + say_.handover(handoverOf(*edge.facts));
    const std::string wanted(runs_.names()[*timeline_.name]);
    auto listed = [&](const std::vector<std::string>& names) {
      return std::ranges::find(names, wanted) != names.end();
    };
    if (listed(edge.facts->crossed)) return text + "it crossed";
    if (listed(edge.facts->added)) return text + "it was added";
    return text + (listed(edge.facts->changed) ? "it was changed" : "it was dropped");
  }

  std::string read(const facts::Read& read) const {
    const bool touched = read.kind == facts::ReadKind::touched;
    std::string text = touched ? "looked at " : read.set ? "read " : "asked for ";
    text += name(read.name);
    if (!touched || !read.frames.empty()) text += say_.at(report_.files->place(read.frames));
    if (!read.set) text += ": not set";
    if (read.count > 1) text += " (first of " + std::to_string(read.count) + " times)";
    return text;
  }

  std::string file(const facts::ConfigFile& file) const {
    std::string text = "opened " + oneLine(report_.files->display(file.path));
    if (file.defines.empty()) return text;
    text += ", which defines ";
    for (std::size_t i = 0; i < std::min(file.defines.size(), shownNames); ++i)
      text += (i > 0 ? ", " : "") + name(file.defines[i].name);
    if (file.defines.size() > shownNames) text += " and " + std::to_string(file.defines.size() - shownNames) + " more";
    return text;
  }

  const Report& report_;
  const Runs& runs_;
  const Timeline& timeline_;
  Style style_;
  Sentences say_;
};

}  // namespace

std::string renderTimeline(const Report& report, const Timeline& timeline, bool color) {
  return TimelineText(report, timeline, color).render();
}

}  // namespace envleak::reports
