#include "reports/investigate/edge_view.h"

#include "reports/crosscheck/flow.h"
#include "reports/investigate/investigation.h"

#include <algorithm>

namespace envleak::reports {

EdgeView viewEdge(const Report& report, Index index) {
  const Runs& runs = *report.runs;
  const RunEdge& edge = runs.edges()[index];
  EdgeView view;
  view.edge = index;
  view.handover = handoverOf(*edge.facts);
  view.callers = callersOf(report, edge.facts->frames);
  if (edge.failed()) return view;
  Flow flow = follow(report, {index}, std::vector<bool>(runs.names().size(), true));
  view.read = std::move(flow.readings);
  view.unobserved.assign(flow.unobserved.begin(), flow.unobserved.end());
  std::set<NameId> read;
  for (const SiteReading& reading : view.read) read.insert(reading.name);
  for (NameId name : edge.crossed)
    if (!read.contains(name)) (flow.open.contains(name) ? view.open : view.unread).push_back(name);
  sortForPeople(report, view.open);
  sortForPeople(report, view.unread);
  if (!edge.child) return view;
  Origins origins(report, {*edge.child});
  std::map<std::uint32_t, std::size_t> groups;
  std::vector<NameId> crossed = edge.crossed;
  sortForPeople(report, crossed);
  for (NameId name : crossed) {
    if (runs.received(*edge.child, name) == nullptr) continue;
    const Origins::Known& known = origins.of(*edge.child, name);
    auto [group, is_new] = groups.try_emplace(known.alike, view.from.size());
    if (is_new) view.from.push_back({known.origin, {}});
    view.from[group->second].second.push_back(name);
  }
  return view;
}

}  // namespace envleak::reports
