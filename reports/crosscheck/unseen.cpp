#include "reports/crosscheck/unseen.h"

#include "facts/text.h"
#include "reports/crosscheck/verdicts.h"

#include <algorithm>
#include <array>

namespace envleak::reports {
namespace {

// A program that the system brought is hardly one that was just built from the scanned sources.
bool ofTheSystem(const std::string& program) {
  constexpr std::array<std::string_view, 6> folders{"/usr/", "/bin/", "/sbin/", "/lib/", "/lib64/", "/opt/"};
  return std::ranges::any_of(folders, [&](std::string_view folder) { return program.starts_with(folder); });
}

}  // namespace

bool losesEvents(const facts::BlindSpot& spot) {
  constexpr std::array<std::string_view, 3> kinds{"trace-full", "torn-record", "unattributed"};
  return std::ranges::find(kinds, spot.kind) != kinds.end();
}

UnseenSpawns::UnseenSpawns(const Report& report) : report_(report) {
  for (Index i = 0; i < report.sources->spawn_sites.size(); ++i)
    site_ids_.try_emplace(report.sources->spawn_sites[i].id, i);
  for (const facts::RuntimeFacts* run : report.runs->runs())
    lossy_ = lossy_ || std::ranges::any_of(run->blind_spots, losesEvents);
  for (Index e = 0; e < report.runs->edges().size(); ++e)
    if (report.join.edges[e].kind == JoinKind::unlocated && !report.runs->edges()[e].failed())
      unlocated_apis_.push_back(report.runs->edges()[e].facts->api);
  std::ranges::sort(unlocated_apis_);
  auto duplicates = std::ranges::unique(unlocated_apis_);
  unlocated_apis_.erase(duplicates.begin(), duplicates.end());
  for (Index i = 0; i < report.runs->images().size(); ++i) {
    const facts::Image& image = *report.runs->images()[i].facts;
    if (image.observation == facts::Observation::blind && !ofTheSystem(image.program)) blind_.push_back(i);
  }
}

std::string UnseenSpawns::describe(Index index) const {
  const facts::Image& image = *report_.runs->images()[index].facts;
  std::string text = processName(report_, index);
  switch (image.observation) {
    case facts::Observation::imports:
      text += " copied its whole environment";
      break;
    case facts::Observation::partial:
      text += " was observed in part";
      break;
    case facts::Observation::blind:
      text += " could not be observed";
      break;
    case facts::Observation::full:
      return text + " got an environment that is not known";
  }
  // "imports: it copied its whole environment" has just been said.
  auto said = [&](const std::string& reason) {
    return image.observation == facts::Observation::imports && reason.starts_with("imports: it copied");
  };
  auto reason = std::ranges::find_if_not(image.reasons, said);
  if (reason != image.reasons.end()) text += " (" + oneLine(*reason) + ")";
  return text;
}

bool UnseenSpawns::perhapsBehindWrapper(Index index) const {
  const facts::SpawnSite& site = report_.sources->spawn_sites[index];
  if (site.kind != facts::SiteKind::wrapper) return false;
  for (const std::string& id : site.spawns) {
    auto end = site_ids_.find(id);
    if (end == site_ids_.end()) continue;
    for (Index e : report_.join.edges_of_site[end->second]) {
      const RunEdge& edge = report_.runs->edges()[e];
      // A tail call leaves no frame even where the others are all there.
      bool open = !edge.facts->frames_complete || site.tail;
      if (!edge.failed() && open && report_.join.edges[e].wrappers.empty()) return true;
    }
  }
  return false;
}

std::vector<std::string> UnseenSpawns::whyPerhapsExercised(Index index) const {
  const facts::SpawnSite& site = report_.sources->spawn_sites[index];
  std::vector<std::string> why;
  if (perhapsBehindWrapper(index))
    why.emplace_back("the spawn it ends in was executed, and by which of its callers could not be seen");
  if (lossy_) why.emplace_back("the trace lost events");
  if (std::ranges::any_of(report_.runs->runs(), [](const facts::RuntimeFacts* run) { return !run->finished; }))
    why.emplace_back("a recording had not ended when its trace was read");
  for (const std::string& api : unlocated_apis_) {
    bool like = site.kind == facts::SiteKind::wrapper || apiLikeness(site.callee, api) > 0;
    if (!like) continue;
    why.emplace_back("a program without debug information spawned, perhaps from here; build with -g");
    break;
  }
  constexpr std::size_t shown = 3;
  for (std::size_t i = 0; i < std::min(blind_.size(), shown); ++i)
    why.push_back(describe(blind_[i]) + " and may have run it");
  if (blind_.size() > shown) why.push_back(std::to_string(blind_.size() - shown) + " more processes may have run it");
  return why;
}

}  // namespace envleak::reports
