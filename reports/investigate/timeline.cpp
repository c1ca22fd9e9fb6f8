#include "reports/investigate/timeline.h"

#include <algorithm>

namespace envleak::reports {
namespace {

class Collector {
 public:
  Collector(const Report& report, const std::vector<bool>& selected, std::optional<NameId> name)
      : runs_(*report.runs), selected_(selected), name_(name) {
    timeline_.runs.resize(runs_.runs().size());
    timeline_.name = name;
    if (name) wanted_ = runs_.names()[*name];
  }

  Timeline collect() {
    for (Index i = 0; i < runs_.images().size(); ++i) image(i);
    for (std::vector<Event>& events : timeline_.runs)
      std::ranges::stable_sort(events, {}, [](const Event& event) { return std::tuple(event.order, event.kind); });
    return std::move(timeline_);
  }

 private:
  void add(Event::Kind kind, std::uint64_t order, Index image, std::size_t index) {
    timeline_.runs[runs_.images()[image].run].push_back({kind, order, image, index});
  }

  bool concerns(std::string_view name) const { return !name_ || name == wanted_; }
  bool listed(const std::vector<std::string>& names) const { return std::ranges::find(names, wanted_) != names.end(); }
  bool concerns(const facts::Edge& edge) const {
    if (!name_) return true;
    if (edge.error != 0) return false;  // handed nothing on
    return listed(edge.crossed) || listed(edge.added) || listed(edge.changed) || listed(edge.removed);
  }

  void image(Index i) {
    const RunImage& image = runs_.images()[i];
    const facts::Image& facts = *image.facts;
    // A spawn tells of the start of its child; it is told where either is wanted.
    for (Index e : image.outgoing) {
      const RunEdge& edge = runs_.edges()[e];
      if ((selected_[i] || (edge.child && selected_[*edge.child])) && concerns(*edge.facts))
        add(Event::Kind::spawn, edge.facts->order, i, e);
    }
    if (!selected_[i]) return;
    const bool had = !name_ || runs_.received(i, *name_) != nullptr;
    if (!image.incoming && had) add(Event::Kind::start, firstOrder(facts), i, 0);
    for (std::size_t r = 0; r < facts.reads.size(); ++r)
      if (facts.reads[r].kind != facts::ReadKind::imported && concerns(facts.reads[r].name))
        add(Event::Kind::read, facts.reads[r].order, i, r);
    for (std::size_t w = 0; w < facts.writes.size(); ++w)
      if (concerns(facts.writes[w].name) || (facts.writes[w].name.empty() && had))
        add(Event::Kind::write, facts.writes[w].order, i, w);
    for (std::size_t f = 0; f < facts.files.size(); ++f)
      if (!name_ || std::ranges::any_of(facts.files[f].defines, [&](const auto& of) { return of.name == wanted_; }))
        add(Event::Kind::file, facts.files[f].order, i, f);
    if (!facts.exit || name_) return;
    if (facts.exit->order == 0)
      ++timeline_.ends_unknown;
    else
      add(Event::Kind::exit, facts.exit->order, i, 0);
  }

  // A start that no spawn tells has no event of its own: it comes before the first of the image's.
  static std::uint64_t firstOrder(const facts::Image& facts) {
    std::uint64_t first = ~std::uint64_t{0};
    for (const facts::Read& read : facts.reads) first = std::min(first, read.order);
    for (const facts::Write& write : facts.writes) first = std::min(first, write.order);
    for (const facts::ConfigFile& file : facts.files) first = std::min(first, file.order);
    if (facts.exit && facts.exit->order != 0) first = std::min(first, facts.exit->order);
    if (!facts.parent) first = 0;
    return first;
  }

  const Runs& runs_;
  const std::vector<bool>& selected_;
  std::optional<NameId> name_;
  std::string_view wanted_;
  Timeline timeline_;
};

}  // namespace

std::string_view toString(Event::Kind kind) {
  switch (kind) {
    case Event::Kind::start:
      return "start";
    case Event::Kind::spawn:
      return "spawn";
    case Event::Kind::read:
      return "read";
    case Event::Kind::write:
      return "write";
    case Event::Kind::file:
      return "file";
    case Event::Kind::exit:
      break;
  }
  return "exit";
}

Timeline timelineOf(const Report& report, const std::vector<bool>& selected, std::optional<NameId> name) {
  return Collector(report, selected, name).collect();
}

}  // namespace envleak::reports
