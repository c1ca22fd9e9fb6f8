#include "reports/render/file_notes.h"

#include "facts/text.h"
#include "reports/crosscheck/findings.h"
#include "reports/crosscheck/verdicts.h"

#include <algorithm>

namespace envleak::reports {
namespace {

class FileNotes {
 public:
  FileNotes(const Report& report, const Diagnostics& diagnostics) : report_(report), diagnostics_(diagnostics) {}

  std::string shadow(const Finding& finding) const {
    std::string text = start(finding);
    const RunImage& image = report_.runs->images()[*finding.image];
    // In C one place is what a program has; a script's settings are looked up in several.
    const std::size_t most = image.facts->adapter ? 3 : 1;
    std::set<std::pair<std::string, unsigned>> told;
    for (const ByName& entry : entriesOf(image.reads, *finding.variable)) {
      const facts::Read& read = image.facts->reads[entry.index];
      Place place = report_.files->place(read.frames);
      if (!read.set || place.file.empty() || !told.insert({place.file, place.line}).second) continue;
      text += diagnostics_.note(place.file, place.line, place.column,
                                "and read here" + (place.function.empty() ? "" : " in " + called(place.function)));
      if (told.size() == most) break;
    }
    return text + origin(finding);
  }

  // A shell between the two hands on what it got: the line of the program that started it is the one to look at.
  std::string start(const Finding& finding) const {
    const Runs& runs = *report_.runs;
    std::vector<std::string> between;
    for (std::optional<Index> e = finding.edge; e;) {
      const RunEdge& edge = runs.edges()[*e];
      if (!std::ranges::binary_search(edge.crossed, *finding.variable)) break;
      const Place& place = report_.files->place(edge.facts->frames);
      if (!place.file.empty()) {
        std::ranges::reverse(between);
        const std::string through = between.empty() ? "" : ", through " + listNames(between, 3) + ",";
        return diagnostics_.note(
            place.file, place.line, place.column,
            processName(report_, *finding.image) + " was started here" + through + " and inherited it");
      }
      between.push_back(processName(report_, edge.parent));
      e = runs.images()[edge.parent].incoming;
    }
    return {};
  }

  std::string origin(const Finding& finding) const {
    for (const VariableReport& variable : report_.variables) {
      if (variable.name != *finding.variable || !variable.origin ||
          std::ranges::find(variable.carriers, *finding.image) == variable.carriers.end())
        continue;
      const Origin& of = *variable.origin;
      const std::string program = processName(report_, of.image);
      if (of.kind == Origin::Kind::outside) return "  it came from outside, with the environment of " + program + "\n";
      if (of.kind != Origin::Kind::write) return {};
      const std::string call = report_.runs->images()[of.image].facts->writes[of.write].api;
      std::string text;
      if (variable.settings)
        text += diagnostics_.note(report_.files->display(variable.settings->path), variable.settings->line, 0,
                                  "the inherited value is the one of this file");
      if (!of.place.file.empty())
        return text + diagnostics_.note(of.place.file, of.place.line, of.place.column,
                                        program + " put it in its environment with " + oneLine(call) + " here");
      return text + "  put in its environment by " + program + " with " + oneLine(call) + "\n";
    }
    return {};
  }

  // Where the writer was started, with the variables; the reader needed none of them.
  std::string laundering(const Finding& finding) const {
    std::string text;
    for (const Laundered& value : report_.laundered) {
      if (value.reader != *finding.image || report_.files->display(value.path) != finding.place.file) continue;
      const RunImage& writer = report_.runs->images()[value.writer];
      if (writer.incoming) {
        const Place& place = report_.files->place(report_.runs->edges()[*writer.incoming].facts->frames);
        if (!place.file.empty())
          text += diagnostics_.note(place.file, place.line, place.column,
                                    processName(report_, value.writer) + ", which wrote it, was started here");
      }
      if (text.empty()) text += "  written by " + processName(report_, value.writer) + "\n";
      return text + "  read by " + processName(report_, value.reader) + "\n";
    }
    return text;
  }

 private:
  const Report& report_;
  const Diagnostics& diagnostics_;
};

}  // namespace

bool isOfAFile(const Finding& finding) {
  return finding.rule == "envleak-shadowed-file" || finding.rule == "envleak-laundered";
}

std::string fileNotes(const Report& report, const Diagnostics& diagnostics, const Finding& finding) {
  FileNotes notes(report, diagnostics);
  return finding.rule == "envleak-laundered" ? notes.laundering(finding) : notes.shadow(finding);
}

}  // namespace envleak::reports
