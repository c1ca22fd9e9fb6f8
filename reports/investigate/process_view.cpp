#include "reports/investigate/process_view.h"

#include "reports/investigate/investigation.h"

#include <algorithm>

namespace envleak::reports {
namespace {

// What is told of a process, as bytes that are equal where the text would be.
class Signature {
 public:
  Signature(const Report& report, const Origins& origins) : runs_(*report.runs), origins_(origins) {}

  std::string of(Index index) {
    const RunImage& image = runs_.images()[index];
    const facts::Image& facts = *image.facts;
    text_.clear();
    add(facts.program);
    add(image.run);
    add(static_cast<std::size_t>(facts.observation));
    for (const std::string& reason : facts.reasons) add(reason);
    add(image.parent ? std::string_view(runs_.images()[*image.parent].facts->program) : std::string_view());
    if (image.incoming) {
      const facts::Edge& edge = *runs_.edges()[*image.incoming].facts;
      add(edge.api);
      add(edge.frames);
      add(edge.compared ? 1 : 0);
      for (const auto* list : {&edge.added, &edge.changed, &edge.removed}) {
        add(list->size());
        for (const std::string& name : *list) add(name);
      }
    }
    add(image.received.size());
    for (const ByName& entry : image.received) {
      add(entry.name);
      add(origins_.of(index, entry.name).alike);
    }
    for (const ByName& entry : image.reads) {
      const facts::Read& read = facts.reads[entry.index];
      if (read.kind == facts::ReadKind::imported) continue;
      add(entry.name);
      add(static_cast<std::size_t>(read.kind) * 4 + (read.set ? 2 : 0) + (origins_.own(index, entry.index) ? 1 : 0));
      add(read.frames);
    }
    for (const ByName& entry : image.writes) {
      add(entry.name);
      add(static_cast<std::size_t>(facts.writes[entry.index].kind));
      add(facts.writes[entry.index].frames);
    }
    for (const ShadowedFile& file : origins_.shadowed(index)) {
      add(file.name);
      add(file.path);
    }
    return text_;
  }

 private:
  void add(std::string_view part) {
    add(part.size());
    text_ += part;
  }
  void add(std::size_t number) { text_.append(reinterpret_cast<const char*>(&number), sizeof number); }
  // Thousands of processes call from few places: each has a number.
  void add(const std::vector<facts::Frame>& frames) {
    std::string key;
    for (const facts::Frame& frame : frames) {
      key += frame.file.empty() ? frame.module : frame.file + ':' + std::to_string(frame.line);
      key += '\0';
      key += frame.function;
      key += '\0';
    }
    add(places_.try_emplace(std::move(key), places_.size()).first->second);
  }

  const Runs& runs_;
  const Origins& origins_;
  std::unordered_map<std::string, std::size_t> places_;
  std::string text_;
};

class Builder {
 public:
  Builder(const Report& report, const Origins& origins) : report_(report), runs_(*report.runs), origins_(origins) {}

  ProcessView build(std::vector<Index> alike) const {
    ProcessView view;
    view.image = alike.front();
    view.alike = std::move(alike);
    const RunImage& image = runs_.images()[view.image];
    if (image.incoming) view.handover = handoverOf(*runs_.edges()[*image.incoming].facts);
    view.received_known = receivedKnown(runs_, image);
    addReceived(view);
    addReads(view);
    for (std::uint32_t w = 0; w < image.facts->writes.size(); ++w)
      view.writes.push_back({w, report_.files->place(image.facts->writes[w].frames)});
    std::ranges::stable_sort(view.writes, {},
                             [&](const WriteView& write) { return image.facts->writes[write.write].order; });
    view.shadowed = origins_.shadowed(view.image);
    addSpawns(view);
    return view;
  }

 private:
  void addReceived(ProcessView& view) const {
    std::map<std::uint32_t, std::size_t> groups;
    std::vector<NameId> names;
    for (const ByName& entry : runs_.images()[view.image].received) names.push_back(entry.name);
    names.erase(std::ranges::unique(names).begin(), names.end());
    sortForPeople(report_, names);
    for (NameId name : names) {
      const Origins::Known& known = origins_.of(view.image, name);
      auto [group, is_new] = groups.try_emplace(known.alike, view.from.size());
      if (is_new) view.from.push_back({known.origin, known.file, {}});
      view.from[group->second].names.push_back(name);
    }
  }

  void addReads(ProcessView& view) const {
    const RunImage& image = runs_.images()[view.image];
    std::set<NameId> seen;
    for (const ByName& entry : image.reads) {
      const facts::Read& read = image.facts->reads[entry.index];
      if (read.kind == facts::ReadKind::imported) continue;
      if (read.set) seen.insert(entry.name);
      std::vector<ReadView>& list = read.set ? view.reads : view.asked;
      list.push_back({entry.name, entry.index, read.count, origins_.own(view.image, entry.index),
                      report_.files->place(read.frames)});
    }
    countAlike(view);
    auto order = [&](const ReadView& read) { return std::pair(report_.ambient(read.name), runs_.names()[read.name]); };
    std::ranges::stable_sort(view.reads, {}, order);
    std::ranges::stable_sort(view.asked, {}, order);
    bool full = image.facts->observation == facts::Observation::full;
    for (const VariablesFrom& from : view.from)
      for (NameId name : from.names)
        if (!seen.contains(name)) (full ? view.unread : view.open).push_back(name);
    sortForPeople(report_, view.unread);
    sortForPeople(report_, view.open);
  }

  // Processes that are alike have the same reads in the same order.
  void countAlike(ProcessView& view) const {
    std::unordered_map<std::uint32_t, ReadView*> by_read;
    for (std::vector<ReadView>* list : {&view.reads, &view.asked})
      for (ReadView& read : *list) by_read[read.read] = &read;
    std::vector<ReadView*> in_order;
    forEachRead(view.image, [&](std::uint32_t read) { in_order.push_back(by_read.at(read)); });
    for (Index other : view.alike) {
      if (other == view.image) continue;
      std::size_t next = 0;
      forEachRead(other, [&](std::uint32_t read) {
        in_order[next++]->count += runs_.images()[other].facts->reads[read].count;
      });
    }
  }

  template <typename Do>
  void forEachRead(Index image, const Do& act) const {
    for (const ByName& entry : runs_.images()[image].reads)
      if (runs_.images()[image].facts->reads[entry.index].kind != facts::ReadKind::imported) act(entry.index);
  }

  void addSpawns(ProcessView& view) const {
    using Key = std::tuple<std::string, std::string, unsigned, std::string, int, Handover>;
    std::map<Key, std::size_t> groups;
    for (Index i : view.alike) {
      for (Index e : runs_.images()[i].outgoing) {
        const RunEdge& edge = runs_.edges()[e];
        SpawnsView spawn;
        spawn.program = edge.child ? runs_.images()[*edge.child].facts->program : edge.facts->program;
        spawn.handover = handoverOf(*edge.facts);
        spawn.place = report_.files->place(edge.facts->frames);
        auto [group, is_new] = groups.try_emplace({spawn.program, spawn.place.file, spawn.place.line,
                                                   spawn.place.function, edge.facts->error, spawn.handover},
                                                  view.spawns.size());
        if (is_new) view.spawns.push_back(std::move(spawn));
        view.spawns[group->second].edges.push_back(e);
      }
    }
  }

  const Report& report_;
  const Runs& runs_;
  const Origins& origins_;
};

}  // namespace

std::vector<ProcessView> viewProcesses(const Report& report, const std::vector<Index>& images) {
  Origins origins(report, images);
  Signature signature(report, origins);
  std::map<std::string, std::size_t> known;
  std::vector<std::vector<Index>> groups;
  for (Index image : images) {
    auto [group, is_new] = known.try_emplace(signature.of(image), groups.size());
    if (is_new) groups.emplace_back();
    groups[group->second].push_back(image);
  }
  Builder builder(report, origins);
  std::vector<ProcessView> views;
  for (std::vector<Index>& group : groups) views.push_back(builder.build(std::move(group)));
  return views;
}

}  // namespace envleak::reports
