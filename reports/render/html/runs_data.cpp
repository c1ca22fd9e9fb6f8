// The runs: processes, spawns, reads and writes.
#include "reports/crosscheck/flow.h"
#include "reports/crosscheck/unseen.h"
#include "reports/render/html/data.h"

#include <algorithm>
#include <cstring>

namespace envleak::reports::html {
namespace {

std::uint64_t reference(std::optional<Index> index) { return index ? *index + 1 : 0; }

std::string ended(const std::optional<facts::Exit>& exit) {
  if (!exit) return "end not seen";
  return (exit->by_signal ? "signal " : "exit ") + std::to_string(exit->value);
}

}  // namespace

Json Data::runs() const {
  Json json = Json::array();
  for (const facts::RuntimeFacts* run : runs_.runs()) {
    Json command = Json::array();
    for (const std::string& word : run->command) command.push_back(clean(word));
    json.push_back({{"command", command},
                    {"directory", clean(run->directory)},
                    {"finished", run->finished},
                    {"lossy", std::ranges::any_of(run->blind_spots, losesEvents)}});
  }
  return json;
}

// `own`: the image had written the variable before, so that the value is perhaps not the one it received.
std::uint64_t Data::reads(const RunImage& image) {
  Row list;
  Index index = static_cast<Index>(&image - runs_.images().data());
  for (const ByName& entry : image.reads) {
    const facts::Read& read = image.facts->reads[entry.index];
    bool own = !image.writes.empty() && read.set && !keptUntil(runs_, index, entry.name, read.order);
    list.push_back(reads_.of({name(read.name), place(read.frames), static_cast<std::uint64_t>(read.kind), read.set, own,
                              strings_.of(read.api), read.count}));
  }
  return lists_.of(list);
}

std::uint64_t Data::writes(const RunImage& image) {
  Row list;
  for (const facts::Write& write : image.facts->writes)
    list.push_back(
        writes_.of({name(write.name), strings_.of(toString(write.kind)), strings_.of(write.api), place(write.frames)}));
  return lists_.of(list);
}

Json Data::images() {
  Columns columns({"id", "run", "parent", "pid", "program", "argv", "end", "failed", "observation", "reasons", "edge",
                   "received", "reads", "writes"});
  for (const RunImage& image : runs_.images()) {
    const facts::Image& facts = *image.facts;
    // Where the edge was compared, what the image received is what crossed, was added and was changed there.
    std::vector<std::string> received;
    if (!image.incoming || !runs_.edges()[*image.incoming].facts->compared)
      for (const ByName& entry : image.received) received.emplace_back(runs_.names()[entry.name]);
    std::ranges::sort(received);
    columns.add({strings_.of(image.id), image.run, reference(image.parent), static_cast<std::uint64_t>(facts.pid),
                 strings_.of(facts.program), texts(facts.argv), strings_.of(ended(facts.exit)),
                 facts.exit && (facts.exit->by_signal || facts.exit->value != 0),
                 static_cast<std::uint64_t>(facts.observation), texts(facts.reasons), reference(image.incoming),
                 nameList(received), reads(image), writes(image)});
  }
  return columns.json();
}

Json Data::edges() {
  Columns columns({"id", "parent", "child", "api", "program", "error", "compared", "join", "sites", "wrappers", "place",
                   "crossed", "added", "changed", "removed"});
  for (Index e = 0; e < runs_.edges().size(); ++e) {
    const RunEdge& edge = runs_.edges()[e];
    const EdgeJoin& join = report_.join.edges[e];
    columns.add({strings_.of(edge.id), edge.parent, reference(edge.child), strings_.of(edge.facts->api),
                 strings_.of(edge.facts->program), edge.failed() ? strings_.of(std::strerror(edge.facts->error)) : 0,
                 edge.facts->compared, static_cast<std::uint64_t>(join.kind), indexes(join.sites),
                 indexes(join.wrappers), shown(edge.facts->frames), nameList(edge.facts->crossed),
                 nameList(edge.facts->added), nameList(edge.facts->changed), nameList(edge.facts->removed)});
  }
  return columns.json();
}

}  // namespace envleak::reports::html
