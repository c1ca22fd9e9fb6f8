// All given runs as one indexed, checked set: images, edges, names. Facts may come from foreign hands; what does not
// fit together is refused here, so that the rest can rely on it.
#pragma once

#include "facts/runtime_facts.h"
#include "reports/policy/policy.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace envleak::reports {

using NameId = std::uint32_t;
using Index = std::size_t;  // of an image or edge in Runs

// One received variable, or one read or write, filed by name.
struct ByName {
  NameId name = 0;
  std::uint32_t index = 0;  // into received, reads or writes of the image
};

struct RunImage {
  const facts::Image* facts = nullptr;
  std::string id;  // of the report: as in the trace for a single run, "r2.p1" with several
  Index run = 0;
  std::uint32_t program = 0;  // images of one program have one number
  std::optional<Index> parent;                  // of the incoming edge, else as the trace says
  std::optional<Index> incoming;                // the edge that made it
  std::vector<Index> outgoing;                  // in order
  facts::SharedList<ByName> received;      // sorted by name
  std::vector<ByName> reads, writes;       // sorted by name, then by order
};

struct RunEdge {
  const facts::Edge* facts = nullptr;
  std::string id;
  Index run = 0;
  Index parent = 0;
  std::optional<Index> child;
  facts::SharedList<NameId> crossed;  // sorted
  bool failed() const { return facts->error != 0; }
};

class Runs {
 public:
  // Keeps pointers into `runs`. Throws InputError if ids clash or lead nowhere, or processes form a circle.
  explicit Runs(const std::vector<facts::RuntimeFacts>& runs);
  Runs(const Runs&) = delete;
  Runs& operator=(const Runs&) = delete;

  const std::vector<const facts::RuntimeFacts*>& runs() const { return runs_; }
  const std::vector<RunImage>& images() const { return images_; }
  const std::vector<RunEdge>& edges() const { return edges_; }
  const std::vector<Index>& parentsFirst() const { return parents_first_; }  // every image once
  std::optional<Index> find(Index run, const std::string& image_id) const;

  const std::vector<std::string_view>& names() const { return names_; }  // by id, in order of appearance
  std::optional<NameId> find(std::string_view name) const;
  // The first shape seen of any value of the variable; empty if none looks like a secret.
  std::string_view shape(NameId name) const { return shapes_[name]; }

  // The value an image received; null if it did not.
  const facts::Variable* received(Index image, NameId name) const;

 private:
  NameId intern(std::string_view name);
  const facts::SharedList<ByName>& environment(const facts::SharedList<facts::Variable>& received);
  const facts::SharedList<NameId>& names(const facts::SharedList<std::string>& names);
  void addImages(Index run, const std::string& prefix);
  void addEdges(Index run, const std::string& prefix);
  void order();

  std::vector<const facts::RuntimeFacts*> runs_;
  std::vector<RunImage> images_;
  std::vector<RunEdge> edges_;
  std::vector<Index> parents_first_;
  std::vector<std::unordered_map<std::string_view, Index>> by_id_;  // per run
  std::vector<std::string_view> names_;
  std::vector<std::string_view> shapes_;
  std::unordered_map<std::string_view, NameId> name_ids_;
  std::unordered_map<std::string_view, std::uint32_t> programs_;
  // Of lists that many images and edges share.
  std::unordered_map<const void*, facts::SharedList<ByName>> known_environments_;
  std::unordered_map<const void*, facts::SharedList<NameId>> known_names_;
};

// Is it known with which environment the image started?
bool receivedKnown(const Runs& runs, const RunImage& image);

// The entries of one name in a list that is sorted by name.
struct NameRange {
  const ByName* first;
  const ByName* last;
  const ByName* begin() const { return first; }
  const ByName* end() const { return last; }
  bool empty() const { return first == last; }
};
NameRange entriesOf(const std::vector<ByName>& list, NameId name);

}  // namespace envleak::reports
