#include "reports/investigate/minimal.h"

#include "reports/crosscheck/flow.h"
#include "reports/investigate/investigation.h"

#include <algorithm>

namespace envleak::reports {
namespace {

std::string_view lastPart(const std::string& path) { return std::string_view(path).substr(path.rfind('/') + 1); }

class Collector {
 public:
  explicit Collector(const Report& report) : report_(report), runs_(*report.runs) {}

  MinimalEnvironment collect(const std::vector<Index>& images) {
    MinimalEnvironment result;
    result.images = images;
    std::map<Index, std::vector<Index>> by_run;
    for (Index image : images) by_run[runs_.images()[image].run].push_back(image);
    std::map<NameId, BroughtName> brought;
    std::set<NameId> open, asked;
    for (const auto& [run, of_run] : by_run) {
      result.runs.push_back(run);
      Flow flow = followFrom(report_, of_run);
      for (SiteReading& reading : flow.readings) add(std::move(reading), run);
      open.insert(flow.open.begin(), flow.open.end());
      result.unobserved.insert(result.unobserved.end(), flow.unobserved.begin(), flow.unobserved.end());
      for (Index image : of_run)
        for (const ByName& entry : runs_.images()[image].received) {
          std::vector<Index>& list = brought[entry.name].runs;
          if (list.empty() || list.back() != run) list.push_back(run);
        }
    }
    addOrigins(images);
    collectAsked(images, asked);
    for (auto& [name, needed] : needed_) {
      asked.erase(name);
      (isRead(needed) ? result.read : result.looked_at).push_back(std::move(needed));
    }
    for (auto& [name, entry] : brought) {
      asked.erase(name);
      if (needed_.contains(name)) continue;
      entry.name = name;
      (open.contains(name) ? result.open : result.unread).push_back(std::move(entry));
    }
    result.asked.assign(asked.begin(), asked.end());
    sortForPeople(report_, result.asked);
    auto order = [&](const auto& entry) { return std::pair(report_.ambient(entry.name), runs_.names()[entry.name]); };
    std::ranges::sort(result.read, {}, order);
    std::ranges::sort(result.looked_at, {}, order);
    std::ranges::sort(result.unread, {}, order);
    std::ranges::sort(result.open, {}, order);
    return result;
  }

 private:
  const std::string& program(const SiteReading& reading) const {
    return runs_.images()[reading.image].facts->program;
  }
  bool touched(const SiteReading& reading) const {
    return runs_.images()[reading.image].facts->reads[reading.read].kind == facts::ReadKind::touched;
  }
  bool isRead(const NeededName& needed) const {
    return std::ranges::any_of(needed.readings, [&](const SiteReading& reading) { return !touched(reading); });
  }

  void add(SiteReading reading, Index run) {
    NeededName& needed = needed_[reading.name];
    needed.name = reading.name;
    if (needed.runs.empty() || needed.runs.back() != run) needed.runs.push_back(run);
    for (SiteReading& known : needed.readings) {
      bool same = lastPart(program(known)) == lastPart(program(reading)) &&
                  lastPart(known.place.file) == lastPart(reading.place.file) && known.place.line == reading.place.line &&
                  known.place.function == reading.place.function && touched(known) == touched(reading);
      if (!same) continue;
      known.processes += reading.processes;
      known.count += reading.count;
      return;
    }
    needed.readings.push_back(std::move(reading));
  }

  void addOrigins(const std::vector<Index>& images) {
    Origins origins(report_, images);
    std::set<std::pair<NameId, std::uint32_t>> known;
    for (Index image : images) {
      for (const ShadowedFile& file : origins.shadowed(image)) {
        if (!file.dotenv) continue;  // what would decide is not known
        auto needed = needed_.find(file.name);
        if (needed == needed_.end()) continue;
        std::vector<ShadowedFile>& files = needed->second.shadowed;
        auto same = [&](const ShadowedFile& of) { return of.path == file.path && of.line == file.line; };
        if (std::ranges::none_of(files, same)) files.push_back(file);
      }
      for (const ByName& entry : runs_.images()[image].received) {
        auto needed = needed_.find(entry.name);
        if (needed == needed_.end()) continue;
        const Origins::Known& of = origins.of(image, entry.name);
        if (known.emplace(entry.name, of.alike).second) needed->second.origins.push_back(of.origin);
      }
    }
  }

  // What these images and all below them asked for in vain.
  void collectAsked(const std::vector<Index>& images, std::set<NameId>& asked) const {
    std::vector<bool> reached(runs_.images().size());
    for (Index image : images) reached[image] = true;
    for (Index image : runs_.parentsFirst()) {
      const RunImage& of = runs_.images()[image];
      if (of.parent && reached[*of.parent]) reached[image] = true;
      if (!reached[image]) continue;
      for (const ByName& entry : of.reads)
        if (!of.facts->reads[entry.index].set) asked.insert(entry.name);
    }
  }

  const Report& report_;
  const Runs& runs_;
  std::map<NameId, NeededName> needed_;
};

}  // namespace

std::vector<MinimalEnvironment> minimalEnvironments(const Report& report, const std::vector<Index>& images) {
  std::vector<std::vector<Index>> programs;
  std::map<std::string, std::size_t> known;
  for (Index image : images) {
    const std::string program = report.runs->images()[image].facts->program;
    auto [entry, is_new] = known.try_emplace(program.substr(program.rfind('/') + 1), programs.size());
    if (is_new) programs.emplace_back();
    programs[entry->second].push_back(image);
  }
  std::vector<MinimalEnvironment> result;
  for (const std::vector<Index>& of_program : programs) result.push_back(Collector(report).collect(of_program));
  return result;
}

}  // namespace envleak::reports
