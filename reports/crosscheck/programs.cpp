#include "reports/crosscheck/programs.h"

#include <algorithm>

namespace envleak::reports {
namespace {

std::string_view baseName(std::string_view path) { return path.substr(path.rfind('/') + 1); }

class Comparison {
 public:
  explicit Comparison(Report& report) : report_(report), runs_(*report.runs) {
    for (Index i = 0; i < runs_.images().size(); ++i)
      if (runs_.images()[i].facts->observation != facts::Observation::blind)
        images_[baseName(runs_.images()[i].facts->program)].push_back(i);
  }

  void run() {
    const auto& programs = report_.sources->programs;
    for (Index i = 0; i < programs.size(); ++i) {
      if (!programs[i].name) continue;
      auto found = images_.find(*programs[i].name);
      if (found == images_.end()) continue;
      ProgramReport result;
      result.program = i;
      for (Index image : found->second)
        if (isOf(programs[i], *runs_.images()[image].facts)) result.images.push_back(image);
      if (result.images.empty()) continue;
      compare(programs[i], result);
      report_.programs.push_back(std::move(result));
    }
  }

 private:
  // A program of the same name may be another one: its own code must come from the scanned sources, as far as it shows.
  // Judged once for each file that is executed.
  bool isOf(const facts::Program& program, const facts::Image& image) {
    auto [known, is_new] = built_here_.try_emplace({image.program, &program});
    if (is_new) known->second = std::ranges::any_of(images_.at(baseName(image.program)), [&](Index i) {
      const facts::Image& other = *runs_.images()[i].facts;
      return other.program == image.program && (mainIn(program, other) || spawnsFromMain(program, i));
    });
    return known->second;
  }

  bool isMain(const facts::Program& program, const facts::SharedList<facts::Frame>& frames) const {
    return !frames.empty() && frames.back().function == "main" &&
           report_.files->match(frames.back().file).file == report_.files->find(program.file);
  }
  bool mainIn(const facts::Program& program, const facts::Image& image) const {
    auto its = [&](const auto& event) { return isMain(program, event.frames); };
    return std::ranges::any_of(image.reads, its) || std::ranges::any_of(image.writes, its);
  }
  bool spawnsFromMain(const facts::Program& program, Index image) const {
    return std::ranges::any_of(runs_.images()[image].outgoing, [&](Index edge) {
      return isMain(program, runs_.edges()[edge].facts->frames);
    });
  }

  void compare(const facts::Program& program, ProgramReport& result) const {
    std::set<std::string_view> predicted;
    for (const facts::Program::Read& read : program.reads) predicted.insert(read.name);
    std::map<std::string_view, bool> asked;  // in its own source?
    for (Index i : result.images) {
      const facts::Image& image = *runs_.images()[i].facts;
      if (image.observation == facts::Observation::full) ++result.fully_observed;
      for (const facts::Read& read : image.reads)
        if (read.kind == facts::ReadKind::read) asked[read.name] |= inOwnSource(read.frames);
    }
    for (const auto& [name, own] : asked) {
      if (predicted.contains(name))
        result.both.emplace_back(name);
      else
        (own ? result.only_observed : result.by_libraries).emplace_back(name);
    }
    for (std::string_view name : predicted)
      if (!asked.contains(name)) result.only_predicted.emplace_back(name);
  }

  // The innermost place that has a line is where the name stands; a library's is not in the source of the program.
  bool inOwnSource(const facts::SharedList<facts::Frame>& frames) const {
    return !frames.empty() && !frames.front().file.empty() && report_.files->match(frames.front().file).own();
  }

  Report& report_;
  const Runs& runs_;
  std::map<std::string_view, std::vector<Index>> images_;  // by the program's name
  std::map<std::pair<std::string_view, const facts::Program*>, bool> built_here_;
};

}  // namespace

void comparePrograms(Report& report) {
  if (report.sources != nullptr) Comparison(report).run();
}

}  // namespace envleak::reports
