// One variable: where it came from, how it went on, who read it, and for whom that cannot be said.
#include "reports/render/render.h"
#include "reports/render/style.h"

#include "facts/error.h"
#include "facts/text.h"
#include "reports/crosscheck/findings.h"
#include "reports/crosscheck/provenance.h"
#include "reports/crosscheck/verdicts.h"

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
  void add(const std::string& line) { groups_.push_back({line, "", 1}); }
  // Lines that differ in the process only, of one program, are told as one.
  void add(const std::string& before, const std::string& process, const std::string& program,
           const std::string& after) {
    auto [known, is_new] = known_.try_emplace({before, program, after}, groups_.size());
    if (is_new)
      groups_.push_back({before + process, after, 1});
    else
      ++groups_[known->second].processes;
  }
  std::string finish() const {
    std::string text;
    for (std::size_t i = 0; i < std::min(groups_.size(), shownLines); ++i) {
      const Group& group = groups_[i];
      text += "  " + group.start;
      if (group.processes > 1) text += " and " + counted(group.processes - 1, "process", "processes") + " more of it";
      text += group.end + "\n";
    }
    if (groups_.size() > shownLines) text += "  and " + std::to_string(groups_.size() - shownLines) + " more\n";
    return text;
  }

 private:
  struct Group {
    std::string start, end;
    std::size_t processes;
  };
  std::vector<Group> groups_;
  std::map<std::tuple<std::string, std::string, std::string>, std::size_t> known_;
};

class Explainer {
 public:
  Explainer(const Report& report, const ExplainOptions& options)
      : report_(report), runs_(*report.runs), options_(options), style_(options.color), selected_(select()) {}

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
    if (options_.process.empty()) return selected;
    const std::string& wanted = options_.process;
    bool any = false;
    // An id or a pid is meant exactly; only what is neither is looked for in the programs' names.
    for (bool exact : {true, false}) {
      for (Index i = 0; i < selected.size() && !(any && !exact); ++i) {
        const facts::Image& image = *runs_.images()[i].facts;
        bool hit = exact ? runs_.images()[i].id == wanted || std::to_string(image.pid) == wanted
                         : image.program.find(wanted) != std::string::npos;
        if (hit) selected[i] = true;
      }
      any = std::ranges::find(selected, true) != selected.end();
      if (any) return selected;
    }
    std::vector<std::string> some;
    for (Index i = 0; i < selected.size(); ++i)
      some.push_back(processName(report_, i) + " (pid " + std::to_string(runs_.images()[i].facts->pid) + ")");
    throw InputError("--process: no process matches '" + oneLine(wanted) + "'; there " +
                     (some.size() == 1 ? "is " : "are ") + (some.empty() ? "none" : listNames(some, 8)));
  }

  std::string ofRun(Index run, History history, bool& found) const {
    auto elsewhere = [&](Index image) { return !selected_[image] || runs_.images()[image].run != run; };
    auto by_image = [&](const auto& entry) { return elsewhere(entry.image); };
    std::erase_if(history.carriers, by_image);
    std::erase_if(history.reads, by_image);
    std::erase_if(history.asked, by_image);
    std::erase_if(history.shadowed, [&](const auto& entry) { return elsewhere(entry.second.image); });
    if (!history.carriers.empty() || !history.reads.empty() || !history.asked.empty()) found = true;
    std::string text =
        origins(history) + path(history) + readers(history) + shadowed(history) + unobserved(history, run);
    if (text.empty() || runs_.runs().size() == 1) return text;
    std::string command;
    for (const std::string& word : runs_.runs()[run]->command) command += " " + word;
    return " trace " + std::to_string(run + 1) + ":" + oneLine(command) + "\n" + text;
  }

  std::string image(Index i) const { return processName(report_, i); }

  void add(Lines& lines, const std::string& before, Index i, const std::string& after) const {
    lines.add(before, image(i), shortName(runs_.images()[i].facts->program), after);
  }

  std::string at(const Place& place) const {
    std::string text = describe(place);
    return text.empty() ? ", at a place that is not known" : " at " + text;
  }

  std::string value(Index i) const {
    const facts::Variable* variable = runs_.received(i, *runs_.find(options_.name));
    return variable != nullptr && variable->value ? ", value '" + oneLine(*variable->value) + "'" : "";
  }

  std::string origin(const Origin& of, Index first) const {
    switch (of.kind) {
      case Origin::Kind::outside:
        return "outside environment of " + image(of.image);
      case Origin::Kind::write:
        return "set by " + image(of.image) + " with " + oneLine(runs_.images()[of.image].facts->writes[of.write].api) +
               at(of.place);
      case Origin::Kind::unseen:
        return "set by " + image(of.image) + " itself, in a way that left no call to see";
      case Origin::Kind::edge:
      case Origin::Kind::unknown:
        break;
    }
    return "not known; first seen in " + image(first);
  }

  std::string origins(const History& history) const {
    Lines lines;
    std::set<std::uint32_t> shown;
    for (const Carrier& carrier : history.carriers)
      if (shown.insert(carrier.origin).second) {
        const Origin& of = history.origins[carrier.origin];
        if (of.kind == Origin::Kind::edge)
          add(lines, "origin: given by " + image(of.image) + " to ", carrier.image,
              " in the environment it passed on" + at(of.place) + value(carrier.image));
        else
          lines.add("origin: " + origin(of, carrier.image) + value(carrier.image));
      }
    return lines.finish();
  }

  // "execvp at spawn.cpp:14 in run_command(), called from service.cpp:30"
  std::string spawn(const facts::Edge& edge) const {
    std::string text = oneLine(edge.api) + at(report_.files->place(edge.frames));
    bool first = true;
    std::size_t callers = 0;
    for (const facts::Frame& frame : edge.frames) {
      if (frame.file.empty() || frame.line == 0) continue;
      if (!first && ++callers <= 3)
        text += ", called from " + oneLine(report_.files->display(frame.file)) + ":" + std::to_string(frame.line);
      first = false;
    }
    return text;
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
      if (!touched || !read.frames.empty()) how += at(report_.files->place(read.frames));
      how += " (" + counted(read.count, "time", "times") + ")";
      if (!by.origin) how += ", after writing it itself";
      add(lines, touched ? "looked at by " : "read by ", by.image, how);
    }
    for (const History::ReadBy& by : history.asked) {
      const facts::Read& read = runs_.images()[by.image].facts->reads[by.read];
      add(lines, "asked for by ", by.image,
          at(report_.files->place(read.frames)) + " (" + counted(read.count, "time", "times") + "): not set");
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
                " another value: the inherited value won");
    return lines.finish();
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
  std::vector<bool> selected_;
};

}  // namespace

std::string renderExplanation(const Report& report, const ExplainOptions& options, bool& found) {
  return Explainer(report, options).render(found);
}

}  // namespace envleak::reports
