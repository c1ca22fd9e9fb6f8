// Recorded runs without static facts: the tree of processes, what crossed to each and what it read.
#include "reports/render/diagnostics.h"
#include "reports/render/file_notes.h"
#include "reports/render/render.h"
#include "reports/render/sections.h"
#include "reports/render/set_aside.h"

#include "facts/text.h"
#include "reports/crosscheck/findings.h"
#include "reports/crosscheck/verdicts.h"

#include <algorithm>
#include <set>

namespace envleak::reports {
namespace {

constexpr std::size_t shownProcesses = 200;
constexpr std::size_t shownReads = 10;

class RunsText {
 public:
  RunsText(const Report& report, bool color) : report_(report), runs_(*report.runs), style_(color) {}

  std::string render() const {
    std::string text = summary() + tree();
    std::string findings;
    const Diagnostics diagnostics(report_, style_);
    for (const Finding& finding : report_.findings) {
      findings += locationPrefix(finding.place.file, finding.place.line, finding.place.column) +
                  style_.level(finding.level) + oneLine(finding.message) + " [" + finding.rule + "]\n";
      if (isOfAFile(finding)) findings += fileNotes(report_, diagnostics, finding);
    }
    if (!findings.empty()) text += "\n" + style_.bold("Findings") + "\n" + findings;
    return text + setAsideSection(report_, style_) + blindSpotSection(report_, style_);
  }

  std::string tree() const {
    std::string text;
    std::vector<std::vector<Index>> children(runs_.images().size());
    std::vector<std::pair<Index, std::size_t>> stack;  // image and depth
    for (Index i = runs_.images().size(); i-- > 0;) {
      if (runs_.images()[i].parent)
        children[*runs_.images()[i].parent].push_back(i);
      else
        stack.emplace_back(i, 0);
    }
    std::size_t shown = 0;
    for (; !stack.empty() && shown < shownProcesses; ++shown) {
      auto [image, depth] = stack.back();
      stack.pop_back();
      text += process(image, std::string(2 * std::min<std::size_t>(depth, 20), ' '));
      for (Index child : children[image]) stack.emplace_back(child, depth + 1);
    }
    if (shown < runs_.images().size())
      text += "and " + counted(runs_.images().size() - shown, "process", "processes") +
              " more (--format json has them all)\n";
    return text;
  }

 private:
  std::string summary() const {
    std::size_t failed = report_.agreement.edges_failed;
    std::string text = "envleak: " + counted(runs_.images().size(), "process", "processes") + ", " +
                       counted(runs_.edges().size(), "spawn", "spawns");
    if (failed > 0) text += " (" + std::to_string(failed) + " failed)";
    return style_.bold(text) + "\n";
  }

  std::string names(const std::vector<std::string>& list, const std::string& label, const std::string& indent) const {
    std::vector<std::string> shown;
    std::size_t ambient = 0;
    for (const std::string& name : list) {
      std::optional<NameId> id = runs_.find(name);
      if (id && report_.ambient(*id)) {
        ++ambient;
      } else {
        bool secret = id && report_.classes[*id] == VariableClass::secret;
        shown.push_back(oneLine(name) + (secret ? " (secret)" : ""));
      }
    }
    if (shown.empty() && ambient == 0) return {};
    std::string text = indent + "  " + label + ": " + listNames(shown, 8);
    if (ambient > 0) text += (shown.empty() ? "" : ", and ") + std::to_string(ambient) + " ambient";
    return text + "\n";
  }

  std::string process(Index index, const std::string& indent) const {
    const RunImage& image = runs_.images()[index];
    const facts::Image& facts = *image.facts;
    std::string text =
        indent + style_.bold(image.id + " " + oneLine(facts.program)) + " (pid " + std::to_string(facts.pid) + ")";
    if (facts.exit) text += facts.exit->by_signal ? ", signal " : ", exit ";
    if (facts.exit) text += std::to_string(facts.exit->value);
    if (facts.observation != facts::Observation::full) text += ", " + std::string(toString(facts.observation));
    text += "\n";
    if (image.incoming) {
      const facts::Edge& edge = *runs_.edges()[*image.incoming].facts;
      std::string place = describe(report_.files->place(edge.frames));
      text += indent + "  started by " + oneLine(edge.api) + (place.empty() ? "" : " at " + place) + "\n";
      if (!edge.compared) text += indent + "  what crossed is not known\n";
      text += names(edge.crossed, "crossed", indent) + names(edge.added, "added", indent) +
              names(edge.changed, "changed", indent) + names(edge.removed, "removed", indent);
    } else if (!facts.received.empty()) {
      std::vector<std::string> received;
      for (const facts::Variable& variable : facts.received) received.push_back(variable.name);
      std::ranges::sort(received);
      text += names(received, "from outside", indent);
    }
    return text + reads(image, indent);
  }

  // One line for a variable and a place, whatever a library did for it there.
  std::string reads(const RunImage& image, const std::string& indent) const {
    std::vector<std::pair<std::string, std::uint64_t>> lines;
    std::map<std::string, std::size_t> known;
    std::set<NameId> ambient, unset;
    for (const ByName& entry : image.reads) {
      const facts::Read& read = image.facts->reads[entry.index];
      if (read.kind == facts::ReadKind::imported) continue;
      if (!read.set) {
        unset.insert(entry.name);
      } else if (report_.ambient(entry.name)) {
        ambient.insert(entry.name);
      } else {
        std::string place = describe(report_.files->place(read.frames));
        std::string line = (read.kind == facts::ReadKind::touched ? "looked at " : "read ") + oneLine(read.name) +
                           (place.empty() ? "" : " at " + place);
        auto [at, is_new] = known.try_emplace(line, lines.size());
        if (is_new) lines.emplace_back(std::move(line), 0);
        lines[at->second].second += read.count;
      }
    }
    std::string text;
    const std::size_t shown = lines.size() == shownReads + 1 ? lines.size() : std::min(shownReads, lines.size());
    for (std::size_t i = 0; i < shown; ++i) {
      text += indent + "  " + lines[i].first;
      if (lines[i].second > 1) text += " (" + std::to_string(lines[i].second) + " times)";
      text += "\n";
    }
    if (lines.size() > shown) text += indent + "  and " + std::to_string(lines.size() - shown) + " more reads\n";
    if (!ambient.empty())
      text += indent + "  read " + counted(ambient.size(), "ambient variable", "ambient variables") + "\n";
    if (!unset.empty())
      text += indent + "  asked for " + counted(unset.size(), "variable that was", "variables that were") + " not set\n";
    return text;
  }

  const Report& report_;
  const Runs& runs_;
  Style style_;
};

}  // namespace

std::string processTree(const Report& report, bool color) { return RunsText(report, color).tree(); }

std::string renderRunsText(const Report& report, const RenderOptions& options) {
  return RunsText(report, options.color).render();
}

}  // namespace envleak::reports
