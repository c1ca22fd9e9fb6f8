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

  void startAt(Index image) {
    const RunImage& of = runs_.images()[image];
    std::vector<NameId> names;
    for (const ByName& entry : of.received) names.push_back(entry.name);
    names.erase(std::ranges::unique(names).begin(), names.end());
    // Not fully observed: said even where it is not known what it received.
    if (of.facts->observation != facts::Observation::full) flow_.unobserved.insert(image);
    steps_.push_back({image, of.incoming.value_or(0), std::move(names)});
  }

  Flow finish() {
    while (!steps_.empty()) {
      Step step = std::move(steps_.back());
      steps_.pop_back();
      visit(step);
    }
    auto key = [](const SiteReading& r) { return std::tuple(r.name, r.image, r.read); };
    std::ranges::sort(flow_.readings, {}, key);
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
    const ByName* at = image.reads.data();  // both lists are sorted by name
    const ByName* const end = at + image.reads.size();
    for (NameId name : step.names) {
      while (at != end && at->name < name) ++at;
      NameRange reads{at, at};
      while (reads.last != end && reads.last->name == name) ++reads.last;
      if (reads.empty()) continue;
      std::uint64_t written = firstWrite(runs_, step.image, name);
      for (const ByName& entry : reads) {
        const facts::Read& read = image.facts->reads[entry.index];
        if (!read.set || read.kind == facts::ReadKind::imported) continue;
        if (read.order > written) {  // perhaps of the image's own value, perhaps not: a forked child may have written
          flow_.open.insert(name);
          continue;
        }
        add(step, name, entry.index, read);
      }
    }
    for (Index out : image.outgoing) onward(step, out);
  }

  void add(const Step& step, NameId name, std::uint32_t index, const facts::Read& read) {
    std::vector<bool>& visited = visited_reads_[step.image];
    visited.resize(runs_.images()[step.image].reads.size());
    if (visited[index]) return;  // below two edges of the site
    visited[index] = true;
    auto [same_place, unseen] =
        known_places_.try_emplace({name, read.kind, runs_.images()[step.image].program, read.frames.identity()});
    if (unseen) same_place->second = groupOf(name, step.image, read);
    if (same_place->second == flow_.readings.size()) {
      flow_.readings.push_back({name, step.edge, step.image, index, 1, read.count, report_.files->place(read.frames)});
      last_.push_back(step.image);
      return;
    }
    const std::size_t number = same_place->second;
    SiteReading& group = flow_.readings[number];
    group.count += read.count;
    if (last_[number] != step.image) ++group.processes;
    last_[number] = step.image;
    if (step.image < group.image) {  // the first process stands for all, in whatever order they are visited
      group.image = step.image;
      group.edge = step.edge;
      group.read = index;
    }
  }

  // The number of the reading that this read belongs to; the next one to be given if it is the first of its kind.
  std::size_t groupOf(NameId name, Index image, const facts::Read& read) {
    const Place& place = report_.files->place(read.frames);
    if (!place.language.empty()) {  // one line of a script, whatever the library did for it
      Key key{name, read.kind, runs_.images()[image].program, place.file, place.line, place.function};
      return groups_.try_emplace(key, flow_.readings.size()).first->second;
    }
    const facts::Frame* frame = nullptr;
    for (const facts::Frame& of : read.frames)
      if (frame == nullptr || (frame->file.empty() && !of.file.empty())) frame = &of;
    std::string_view file = frame != nullptr ? std::string_view(frame->file) : std::string_view();
    std::string_view function = frame != nullptr ? std::string_view(frame->function) : std::string_view();
    Key key{name, read.kind, runs_.images()[image].program, file, frame != nullptr ? frame->line : 0, function};
    return groups_.try_emplace(key, flow_.readings.size()).first->second;
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
  // name, kind, program, file, line, function
  using Key = std::tuple<NameId, facts::ReadKind, std::uint32_t, std::string_view, unsigned, std::string_view>;
  std::map<Key, std::size_t> groups_;
  // The same for reads that share their frames: name, kind, program, frames.
  std::map<std::tuple<NameId, facts::ReadKind, std::uint32_t, const void*>, std::size_t> known_places_;
  std::vector<Index> last_;  // by group: the image counted last
  std::unordered_map<Index, std::vector<bool>> visited_reads_;
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
      if (names[name] && !report.allowance(edge, name)) wanted.push_back(name);
    if (!wanted.empty()) follower.start(edge, std::move(wanted));
  }
  return follower.finish();
}

Flow followFrom(const Report& report, const std::vector<Index>& images) {
  Follower follower(report);
  for (Index image : images) follower.startAt(image);
  return follower.finish();
}

}  // namespace envleak::reports
