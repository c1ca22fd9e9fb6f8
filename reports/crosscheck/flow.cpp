#include "reports/crosscheck/flow.h"

#include <algorithm>

namespace envleak::reports {
namespace {

// The position of the first write of the name, a clear included; the maximum if there is none.
std::uint64_t firstWrite(const Runs& runs, Index index, NameId name) {
  const RunImage& image = runs.images()[index];
  std::uint64_t first = ~std::uint64_t{0};
  if (image.writes.empty()) return first;
  auto look = [&](NameId written, bool all) {
    for (const ByName& entry : entriesOf(image.writes, written)) {
      const facts::Write& write = image.facts->writes[entry.index];
      bool whole =
          write.kind == facts::WriteKind::clear || (write.kind == facts::WriteKind::assign && write.name.empty());
      if (all || whole) first = std::min(first, write.order);
    }
  };
  look(name, true);
  if (std::optional<NameId> nameless = runs.find("")) look(*nameless, false);
  return first;
}

struct Step {
  Index image;
  Index edge;  // the one we started from
  std::vector<NameId> names;
};

class Follower {
 public:
  explicit Follower(const Report& report) : report_(report), runs_(*report.runs) {}

  void start(Index edge, std::vector<NameId> names) {
    if (!runs_.edges()[edge].child) {
      lose(names);
      return;
    }
    steps_.push_back({*runs_.edges()[edge].child, edge, std::move(names)});
  }

  Flow finish() {
    while (!steps_.empty()) {
      Step step = std::move(steps_.back());
      steps_.pop_back();
      visit(step);
    }
    auto key = [](const SiteReading& r) { return std::tuple(r.name, r.image, r.read); };
    std::ranges::sort(flow_.readings, {}, key);
    flow_.readings.erase(std::ranges::unique(flow_.readings, {}, key).begin(), flow_.readings.end());
    return std::move(flow_);
  }

 private:
  void lose(const std::vector<NameId>& names) {
    flow_.lost = true;
    flow_.open.insert(names.begin(), names.end());
  }

  void visit(const Step& step) {
    const RunImage& image = runs_.images()[step.image];
    if (image.facts->observation != facts::Observation::full && !step.names.empty()) {
      flow_.unobserved.insert(step.image);
      flow_.open.insert(step.names.begin(), step.names.end());
    }
    for (NameId name : step.names) {
      NameRange reads = entriesOf(image.reads, name);
      if (reads.empty()) continue;
      std::uint64_t written = firstWrite(runs_, step.image, name);
      for (const ByName& entry : reads) {
        const facts::Read& read = image.facts->reads[entry.index];
        if (!read.set || read.kind == facts::ReadKind::imported) continue;
        if (read.order > written) {  // perhaps of the image's own value, perhaps not: a forked child may have written
          flow_.open.insert(name);
          continue;
        }
        flow_.readings.push_back({name, step.edge, step.image, entry.index, report_.files->place(read.frames)});
      }
    }
    for (Index out : image.outgoing) onward(step, out);
  }

  void onward(const Step& step, Index out) {
    const RunEdge& edge = runs_.edges()[out];
    if (edge.failed()) return;
    std::vector<NameId> names;
    if (!edge.facts->compared) {
      names = step.names;  // may all have gone on
      if (edge.child) flow_.unobserved.insert(*edge.child);
      lose(names);
      return;
    }
    for (NameId name : step.names)
      if (std::ranges::binary_search(edge.crossed, name) && sameValue(step.image, edge, name)) names.push_back(name);
    if (names.empty()) return;
    if (!edge.child) {
      lose(names);
      return;
    }
    steps_.push_back({*edge.child, step.edge, std::move(names)});
  }

  // What crosses the next edge may be a new value that the image gave itself.
  bool sameValue(Index image, const RunEdge& edge, NameId name) const {
    const facts::Variable* had = runs_.received(image, name);
    const facts::Variable* gave = edge.child ? runs_.received(*edge.child, name) : nullptr;
    if (had != nullptr && gave != nullptr) return had->hash == gave->hash;
    return keptUntil(runs_, image, name, edge.facts->order);
  }

  const Report& report_;
  const Runs& runs_;
  std::vector<Step> steps_;
  Flow flow_;
};

}  // namespace

bool keptUntil(const Runs& runs, Index image, NameId name, std::uint64_t order) {
  return firstWrite(runs, image, name) > order;
}

Flow follow(const Report& report, const std::vector<Index>& edges, const std::vector<bool>& names) {
  Follower follower(report);
  for (Index edge : edges) {
    std::vector<NameId> wanted;
    for (NameId name : report.runs->edges()[edge].crossed)
      if (names[name]) wanted.push_back(name);
    if (!wanted.empty()) follower.start(edge, std::move(wanted));
  }
  return follower.finish();
}

}  // namespace envleak::reports
