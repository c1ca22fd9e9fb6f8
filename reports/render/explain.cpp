// One variable: where it came from, how it went on, who read it, and for whom that cannot be said.
#include "reports/render/render.h"
#include "reports/render/investigate_text.h"

#include "facts/text.h"
#include "reports/crosscheck/provenance.h"
#include "reports/crosscheck/verdicts.h"
#include "reports/investigate/investigation.h"
#include "reports/investigate/onward.h"
#include "reports/investigate/origins.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

namespace envleak::reports {
namespace {

constexpr std::size_t shownLines = 40;

// Collects lines up to a limit, then counts.
class Lines {
 public:
  void add(const std::string& line) { groups_.push_back({line, "", {}}); }
  // Lines that differ in the process only, of one program, are told as one.
  void add(const std::string& before, const std::string& process, const std::string& program,
           const std::string& after) {
    auto [known, is_new] = known_.try_emplace({before, program, after}, groups_.size());
    if (is_new) groups_.push_back({before + process, after, {}});
    groups_[known->second].processes.insert(process);
  }
  std::string finish() const {
    std::string text;
    for (std::size_t i = 0; i < std::min(groups_.size(), shownLines); ++i) {
      const Group& group = groups_[i];
      text += "  " + group.start;
      if (group.processes.size() > 1)
        text += " and " + counted(group.processes.size() - 1, "process", "processes") + " more of it";
      text += group.end + "\n";
    }
    if (groups_.size() > shownLines) text += "  and " + std::to_string(groups_.size() - shownLines) + " more\n";
    return text;
  }

 private:
  struct Group {
    std::string start, end;
    std::set<std::string> processes;
  };
  std::vector<Group> groups_;
  std::map<std::tuple<std::string, std::string, std::string>, std::size_t> known_;
};

class Explainer {
 public:
  Explainer(const Report& report, const ExplainOptions& options)
      : report_(report),
        runs_(*report.runs),
        options_(options),
        style_(options.color),
        say_(report),
        selected_(select()) {}

  std::string render(bool& found) {
    std::optional<NameId> name = runs_.find(options_.name);
    History history;
    if (name) history = Provenance(runs_, *report_.files).of(*name);
    std::string text;
    for (Index run = 0; run < runs_.runs().size(); ++run) text += ofRun(run, history, found);
    std::string title = style_.bold(oneLine(options_.name));
    if (found) return title + " (" + std::string(toString(report_.classes[*name])) + ")\n" + text;
    title += ": no process " + std::string(options_.process.empty() ? "" : "of the selected ones ") +
             "had it or asked for it";
    return title + (text.empty() && allSeen() ? "\n" : ", as far as could be seen\n") + text;
  }

 private:
  bool allSeen() const {
    for (Index i = 0; i < selected_.size(); ++i)
      if (selected_[i] && runs_.images()[i].facts->observation != facts::Observation::full) return false;
    return true;
  }

  std::vector<bool> select() const {
    std::vector<bool> selected(runs_.images().size(), options_.process.empty());
    if (!options_.process.empty())
      for (Index i : selectImages(report_, options_.process)) selected[i] = true;
    return selected;
  }

  std::string ofRun(Index run, History history, bool& found) const {
    auto elsewhere = [&](Index image) { return !selected_[image] || runs_.images()[image].run != run; };
    auto by_image = [&](const auto& entry) { return elsewhere(entry.image); };
    std::erase_if(history.carriers, by_image);
    std::erase_if(history.reads, by_image);
    std::erase_if(history.asked, by_image);
    std::erase_if(history.shadowed, [&](const auto& entry) { return elsewhere(entry.second.image); });
    if (!history.carriers.empty() || !history.reads.empty() || !history.asked.empty()) found = true;
    std::string text = origins(history) + path(history) + readers(history) + shadowed(history) + onward(history) +
                       unobserved(history, run);
    if (text.empty() || runs_.runs().size() == 1) return text;
    std::string command;
    for (const std::string& word : runs_.runs()[run]->command) command += " " + word;
    return " trace " + std::to_string(run + 1) + ":" + oneLine(command) + "\n" + text;
  }

  std::string image(Index i) const { return processName(report_, i); }

  void add(Lines& lines, const std::string& before, Index i, const std::string& after) const {
    lines.add(before, image(i), shortName(runs_.images()[i].facts->program), after);
  }

  std::string value(Index image) const { return say_.value(image, *runs_.find(options_.name)); }

  std::string origins(const History& history) const {
    Lines lines;
    std::set<std::uint32_t> shown;
    for (const Carrier& carrier : history.carriers)
      if (shown.insert(carrier.origin).second) {
        const Origin& of = history.origins[carrier.origin];
        const facts::Variable& received = *runs_.received(carrier.image, *runs_.find(options_.name));
        std::string file;
        if (std::optional<FileLine> line = definitionOf(runs_, of, options_.name, received.hash))
          file = ", as " + oneLine(report_.files->display(line->path)) + ":" + std::to_string(line->line) + " has it";
        if (of.kind == Origin::Kind::edge)
          add(lines, "origin: given by " + image(of.image) + " to ", carrier.image,
              " in the environment it passed on" + say_.at(of.place) + file + value(carrier.image));
        else
          lines.add("origin: " + say_.origin(of, carrier.image) + file + value(carrier.image));
      }
    return lines.finish();
  }

  // "execvp at spawn.cpp:14 in run_command(), called from service.cpp:30"
  std::string spawn(const facts::Edge& edge) const {
    return oneLine(edge.api) + say_.at(report_.files->place(edge.frames)) + say_.callers(edge.frames);
  }

  std::string path(const History& history) const {
    Lines lines;
    for (const Carrier& carrier : history.carriers) {
      const RunImage& of = runs_.images()[carrier.image];
      if (!of.incoming) continue;
      const RunEdge& edge = runs_.edges()[*of.incoming];
      std::string how = "crossed";
      auto listed = [&](const std::vector<std::string>& names) {
        return std::ranges::find(names, options_.name) != names.end();
      };
      if (!edge.facts->compared)
        how = carrier.edge ? "the same value arrived" : "arrived, from where is not known";
      else if (listed(edge.facts->changed))
        how = "changed";
      else if (listed(edge.facts->added))
        how = "added";
      add(lines, image(edge.parent) + " -> ", carrier.image, "   " + spawn(*edge.facts) + "   " + how);
    }
    return lines.finish();
  }

  std::string readers(const History& history) const {
    Lines lines;
    for (const History::ReadBy& by : history.reads) {
      const facts::Read& read = runs_.images()[by.image].facts->reads[by.read];
      bool touched = read.kind == facts::ReadKind::touched;
      std::string how;
      if (!touched || !read.frames.empty()) how += say_.at(report_.files->place(read.frames));
      how += " (" + counted(read.count, "time", "times") + ")";
      if (!by.origin) how += ", after writing it itself";
      add(lines, touched ? "looked at by " : "read by ", by.image, how);
    }
    for (const History::ReadBy& by : history.asked) {
      const facts::Read& read = runs_.images()[by.image].facts->reads[by.read];
      add(lines, "asked for by ", by.image,
          say_.at(report_.files->place(read.frames)) + " (" + counted(read.count, "time", "times") + "): not set");
    }
    std::set<Index> read;
    for (const History::ReadBy& by : history.reads) read.insert(by.image);
    for (const Carrier& carrier : history.carriers) {
      bool full = runs_.images()[carrier.image].facts->observation == facts::Observation::full;
      if (full && !read.contains(carrier.image)) add(lines, "not read by ", carrier.image, "");
    }
    return lines.finish();
  }

  std::string shadowed(const History& history) const {
    Lines lines;
    for (const auto& [origin, file] : history.shadowed)
      lines.add(image(file.image) + " opened " + oneLine(report_.files->display(file.path)) + ", whose line " +
                std::to_string(file.line) + " gives " + oneLine(options_.name) +
                " another value: " +
                (file.dotenv ? "the inherited value won" : "it also asked for the inherited one; which counts is not known"));
    return lines.finish();
  }

  // Where the value went that the selected processes had: to programs they started, and past what is followed.
  std::string onward(const History& history) const {
    Lines lines;
    if (!options_.process.empty())
      for (const Carrier& carrier : history.carriers) handedOn(lines, carrier.image);
    if (std::optional<NameId> name = runs_.find(options_.name); name && !history.carriers.empty()) {
      for (const FilePassage& passage : passagesThroughFiles(report_, *name))
        if (selected_[passage.writer] || selected_[passage.reader])
          lines.add("through a file: " + image(passage.writer) + " had it and wrote " +
                    oneLine(report_.files->display(passage.path)) + ", whose line " + std::to_string(passage.line) +
                    " gives the value to " + image(passage.reader) + ", which had not received it");
      lines.add("not followed: values that go on through " + std::string(waysNotFollowed()));
    }
    return lines.finish();
  }

  void handedOn(Lines& lines, Index from) const {
    for (Index e : runs_.images()[from].outgoing) {
      const RunEdge& edge = runs_.edges()[e];
      if (edge.failed() || !std::ranges::binary_search(edge.crossed, *runs_.find(options_.name))) continue;
      const std::string before = "handed on by " + image(from) + " to ", how = " with " + spawn(*edge.facts);
      if (edge.child)
        add(lines, before, *edge.child, how);
      else
        lines.add(before + oneLine(edge.facts->program) + how);
    }
  }

  // Processes that had it and whose silence says nothing.
  std::string unobserved(const History& history, Index run) const {
    Lines lines;
    std::set<Index> seen;
    for (const History::ReadBy& by : history.reads) seen.insert(by.image);
    auto tell = [&](Index i) {
      const facts::Image& facts = *runs_.images()[i].facts;
      if (facts.observation == facts::Observation::full) return;
      std::string how = seen.contains(i) ? " was not fully observed: " : " may have read it unseen: ";
      const std::string state(toString(facts.observation));
      if (facts.reasons.empty())
        how += state;
      else if (facts.reasons.front().starts_with(state + ":"))
        how += oneLine(facts.reasons.front());
      else
        how += state + " (" + oneLine(facts.reasons.front()) + ")";
      add(lines, "", i, how);
    };
    std::set<Index> carriers;
    for (const Carrier& carrier : history.carriers) {
      carriers.insert(carrier.image);
      tell(carrier.image);
    }
    // What a blind process got may not be known either.
    for (Index i = 0; i < selected_.size(); ++i) {
      const RunImage& of = runs_.images()[i];
      bool known = !of.incoming || runs_.edges()[*of.incoming].facts->compared || !of.facts->received.empty();
      if (of.run == run && selected_[i] && !carriers.contains(i) && !known)
        lines.add(image(i) + ": its environment is not known");
    }
    return lines.finish();
  }

  const Report& report_;
  const Runs& runs_;
  const ExplainOptions& options_;
  Style style_;
  Sentences say_;
  std::vector<bool> selected_;
};

}  // namespace

std::string renderExplanation(const Report& report, const ExplainOptions& options, bool& found) {
  return Explainer(report, options).render(found);
}

}  // namespace envleak::reports
