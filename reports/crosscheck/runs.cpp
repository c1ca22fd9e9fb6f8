#include "reports/crosscheck/runs.h"

#include "facts/error.h"
#include "facts/text.h"

#include <algorithm>

namespace envleak::reports {
namespace {

InputError inconsistent(const facts::RuntimeFacts& run, const std::string& what) {
  std::string command;
  for (const std::string& word : run.command) command += (command.empty() ? "" : " ") + word;
  return InputError("the trace of '" + oneLine(command) + "' does not fit together: " + oneLine(what) +
                    "; record it anew with 'envleak record'");
}

bool lessByName(const ByName& a, const ByName& b) { return a.name < b.name; }

}  // namespace

NameRange entriesOf(const std::vector<ByName>& list, NameId name) {
  auto [first, last] = std::equal_range(list.begin(), list.end(), ByName{name, 0}, lessByName);
  return {list.data() + (first - list.begin()), list.data() + (last - list.begin())};
}

bool receivedKnown(const Runs& runs, const RunImage& image) {
  if (!image.facts->received.empty()) return true;
  if (image.incoming) return runs.edges()[*image.incoming].facts->compared;
  return !image.parent && image.facts->observation != facts::Observation::blind;
}

Runs::Runs(const std::vector<facts::RuntimeFacts>& runs) : by_id_(runs.size()) {
  for (const facts::RuntimeFacts& run : runs) runs_.push_back(&run);
  for (Index run = 0; run < runs.size(); ++run) {
    std::string prefix = runs.size() > 1 ? "r" + std::to_string(run + 1) + "." : "";
    addImages(run, prefix);
    addEdges(run, prefix);
  }
  order();
}

NameId Runs::intern(std::string_view name) {
  auto [entry, is_new] = name_ids_.try_emplace(name, static_cast<NameId>(names_.size()));
  if (is_new) {
    names_.push_back(name);
    shapes_.emplace_back();
  }
  return entry->second;
}

const facts::SharedList<ByName>& Runs::environment(const facts::SharedList<facts::Variable>& received) {
  auto [known, is_new] = known_environments_.try_emplace(received.identity());
  if (!is_new) return known->second;
  std::vector<ByName> sorted;
  for (std::uint32_t i = 0; i < received.size(); ++i) {
    const facts::Variable& variable = received[i];
    NameId name = intern(variable.name);
    if (shapes_[name].empty()) shapes_[name] = variable.shape;
    sorted.push_back({name, i});
  }
  std::ranges::stable_sort(sorted, lessByName);
  return known->second = std::move(sorted);
}

const facts::SharedList<NameId>& Runs::names(const facts::SharedList<std::string>& names) {
  auto [known, is_new] = known_names_.try_emplace(names.identity());
  if (!is_new) return known->second;
  std::vector<NameId> sorted;
  for (const std::string& name : names) sorted.push_back(intern(name));
  std::ranges::sort(sorted);
  sorted.erase(std::ranges::unique(sorted).begin(), sorted.end());
  return known->second = std::move(sorted);
}

std::optional<NameId> Runs::find(std::string_view name) const {
  auto found = name_ids_.find(name);
  if (found == name_ids_.end()) return std::nullopt;
  return found->second;
}

std::optional<Index> Runs::find(Index run, const std::string& image_id) const {
  auto found = by_id_[run].find(image_id);
  if (found == by_id_[run].end()) return std::nullopt;
  return found->second;
}

const facts::Variable* Runs::received(Index image, NameId name) const {
  const RunImage& of = images_[image];
  NameRange range = entriesOf(of.received, name);
  return range.empty() ? nullptr : &of.facts->received[range.first->index];
}

void Runs::addImages(Index run, const std::string& prefix) {
  const facts::RuntimeFacts& facts = *runs_[run];
  for (const facts::Image& image : facts.images) {
    if (!by_id_[run].try_emplace(image.id, images_.size()).second)
      throw inconsistent(facts, "two processes are called '" + image.id + "'");
    RunImage& entry = images_.emplace_back();
    entry.facts = &image;
    entry.id = prefix + image.id;
    entry.run = run;
    entry.program = programs_.try_emplace(image.program, static_cast<std::uint32_t>(programs_.size())).first->second;
    entry.received = environment(image.received);
    for (std::uint32_t i = 0; i < image.reads.size(); ++i) entry.reads.push_back({intern(image.reads[i].name), i});
    for (std::uint32_t i = 0; i < image.writes.size(); ++i) entry.writes.push_back({intern(image.writes[i].name), i});
    auto by = [](const auto& list) {
      return [&list](const ByName& a, const ByName& b) {
        if (a.name != b.name) return a.name < b.name;
        return list[a.index].order < list[b.index].order;
      };
    };
    std::ranges::stable_sort(entry.reads, by(image.reads));
    std::ranges::stable_sort(entry.writes, by(image.writes));
  }
  for (const facts::Image& image : facts.images) {
    if (!image.parent) continue;
    std::optional<Index> parent = find(run, *image.parent);
    if (!parent) throw inconsistent(facts, "the parent '" + *image.parent + "' of '" + image.id + "' is not in it");
    images_[by_id_[run].at(image.id)].parent = parent;
  }
  for (const facts::BlindSpot& spot : facts.blind_spots)
    if (spot.process && !find(run, *spot.process))
      throw inconsistent(facts, "a blind spot names the process '" + *spot.process + "', which is not in it");
}

void Runs::addEdges(Index run, const std::string& prefix) {
  const facts::RuntimeFacts& facts = *runs_[run];
  std::unordered_map<std::string_view, bool> seen;
  Index first = edges_.size();
  for (const facts::Edge& edge : facts.edges) {
    if (!seen.try_emplace(edge.id, true).second) throw inconsistent(facts, "two spawns are called '" + edge.id + "'");
    std::optional<Index> parent = find(run, edge.parent);
    if (!parent) throw inconsistent(facts, "the process '" + edge.parent + "' of spawn '" + edge.id + "' is not in it");
    std::optional<Index> child;
    if (edge.child) {
      child = find(run, *edge.child);
      if (!child) throw inconsistent(facts, "the child '" + *edge.child + "' of spawn '" + edge.id + "' is not in it");
    }
    RunEdge& entry = edges_.emplace_back();
    entry.facts = &edge;
    entry.id = prefix + edge.id;
    entry.run = run;
    entry.parent = *parent;
    entry.child = child;
    entry.crossed = names(edge.crossed);
    if (!child || entry.failed()) continue;
    RunImage& made = images_[*child];
    if (made.incoming) throw inconsistent(facts, "the process '" + *edge.child + "' was started twice");
    made.incoming = edges_.size() - 1;
    made.parent = *parent;
  }
  for (Index i = first; i < edges_.size(); ++i) images_[edges_[i].parent].outgoing.push_back(i);
  for (RunImage& image : images_)
    if (image.run == run)
      std::ranges::stable_sort(image.outgoing, [&](Index a, Index b) { return edges_[a].facts->order < edges_[b].facts->order; });
}

void Runs::order() {
  std::vector<std::vector<Index>> children(images_.size());
  for (Index i = 0; i < images_.size(); ++i) {
    if (images_[i].parent)
      children[*images_[i].parent].push_back(i);
    else
      parents_first_.push_back(i);
  }
  for (Index next = 0; next < parents_first_.size(); ++next) {
    const std::vector<Index>& of = children[parents_first_[next]];
    parents_first_.insert(parents_first_.end(), of.begin(), of.end());
  }
  if (parents_first_.size() == images_.size()) return;
  std::vector<bool> reached(images_.size());
  for (Index i : parents_first_) reached[i] = true;
  for (Index i = 0; i < images_.size(); ++i)
    if (!reached[i])
      throw inconsistent(*runs_[images_[i].run], "the process '" + images_[i].facts->id + "' is its own ancestor");
}

}  // namespace envleak::reports
