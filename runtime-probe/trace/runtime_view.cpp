#include "runtime-probe/trace/runtime_view.h"

#include "runtime-probe/trace/environment.h"
#include "runtime-probe/trace/images.h"
#include "runtime-probe/trace/loader_variables.h"
#include "runtime-probe/trace/observation.h"

#include <algorithm>
#include <iterator>
#include <unordered_set>

namespace envleak::trace {
namespace {

class Assembly {
 public:
  Assembly(const TraceFile& trace, ModuleTable& modules, const Symbols& symbols, ImageBuilder& builder)
      : trace_(trace), modules_(modules), symbols_(symbols), builder_(builder) {}

  facts::RuntimeFacts run() {
    result_.command = builder_.command();
    result_.directory = builder_.directory();
    // The recorder's last word may be among what did not fit.
    result_.finished = trace_.header().finished != 0 && (builder_.ended() || trace_.header().dropped != 0);
    sortByAppearance();
    compareEdges();
    addSpotsOfTheTrace();
    for (ImageIndex index : image_order_) finishImage(builder_.images()[index]);
    addSpotsOfImages();
    noteMissingDebugInformation();
    if ((trace_.header().flags & supervised) != 0) noteTracers();
    for (std::size_t index : edge_order_) result_.edges.push_back(std::move(builder_.edges()[index].facts));
    return std::move(result_);
  }

 private:
  void sortByAppearance() {
    auto& images = builder_.images();
    image_order_.resize(images.size());
    for (ImageIndex i = 0; i < images.size(); ++i) image_order_[i] = i;
    std::sort(image_order_.begin(), image_order_.end(),
              [&](ImageIndex a, ImageIndex b) { return images[a].order < images[b].order; });
    std::size_t number = 0;
    position_.resize(images.size());
    for (ImageIndex index : image_order_) {
      position_[index] = number;
      images[index].facts.id = "p" + std::to_string(++number);
    }

    auto& edges = builder_.edges();
    edge_order_.resize(edges.size());
    for (std::size_t i = 0; i < edges.size(); ++i) edge_order_[i] = i;
    std::sort(edge_order_.begin(), edge_order_.end(),
              [&](std::size_t a, std::size_t b) { return edges[a].facts.order < edges[b].facts.order; });
    number = 0;
    for (std::size_t index : edge_order_) {
      EdgeWork& edge = edges[index];
      edge.facts.id = "e" + std::to_string(++number);
      edge.facts.parent = images[edge.parent].facts.id;
      if (edge.child) edge.facts.child = images[*edge.child].facts.id;
    }
    for (ImageWork& image : images)
      if (image.parent) image.facts.parent = images[*image.parent].facts.id;
  }

  using Environment = facts::SharedList<facts::Variable>;

  std::optional<Environment> environmentOf(const Record* record) {
    if (record == nullptr) return std::nullopt;
    try {
      return builder_.environments().of(*record);
    } catch (DamagedRecord) {
      ++damaged_;
      return std::nullopt;
    }
  }

  void compareEdges() {
    for (EdgeWork& edge : builder_.edges()) {
      if (!edge.child) continue;
      ImageWork& child = builder_.images()[*edge.child];
      const ImageWork& parent = builder_.images()[edge.parent];
      if (child.blind && !child.received_known) {
        if (auto passed = environmentOf(edge.passed)) {
          child.facts.received = std::move(*passed);
          child.received_known = true;
        }
      }
      std::optional<Environment> given = child.facts.received;
      if (!child.received_known) given = environmentOf(edge.passed);
      if (!given) continue;

      std::optional<Environment> before = parent.facts.received;
      if (!edge.before_is_received)
        before = edge.before_worked_out ? std::move(edge.before_worked_out) : environmentOf(edge.before);
      else if (!parent.received_known)
        continue;
      if (!before) continue;
      const Crossing& crossing = builder_.environments().compare(*before, *given);
      edge.facts.compared = true;
      edge.facts.crossed = crossing.crossed;
      edge.facts.added = crossing.added;
      edge.facts.changed = crossing.changed;
      edge.facts.removed = crossing.removed;
    }
  }

  // Of a few variables the probe cannot tell a copy of all from a look at some. Where every one was looked at, most of
  // them without being asked for, a copy is likelier, and no single one may be said to be of interest.
  static bool wentThroughAll(const ImageWork& image, const std::unordered_set<std::string_view>& by_name) {
    constexpr std::size_t fewest = 3;
    std::size_t unasked = 0;
    for (const facts::Variable& variable : image.facts.received) {
      if (by_name.contains(variable.name) || variable.name.starts_with("LD_")) continue;
      if (!image.looked_at.contains(variable.name)) return false;
      ++unasked;
    }
    return unasked >= fewest;
  }

  // By the loader, before the probe could have noticed.
  static void addLooksOfLoader(ImageWork& image) {
    if (image.blind) return;
    for (const facts::Variable& variable : image.facts.received)
      if (std::find(std::begin(loaderVariables), std::end(loaderVariables), variable.name) != std::end(loaderVariables))
        image.looked_at.try_emplace(variable.name, facts::ReadKind::touched, image.order);
  }

  void finishImage(ImageWork& image) {
    image.facts.reads.reserve(image.facts.reads.size() + image.looked_at.size() + std::size(loaderVariables));
    std::unordered_set<std::string_view> by_name;  // of reads that keep their places
    for (const facts::Read& read : image.facts.reads) by_name.insert(read.name);
    if (image.facts.adapter && image.facts.adapter->covers) {
      // It was the interpreter that looked at everything; what its program did with the copy was told.
      image.imported = false;
      image.looked_at = std::move(image.script_looked_at);
      // bash's own getenv answers from the variables that are watched.
      std::erase_if(image.notes, [](const Reason& note) { return note.kind == "own-getenv"; });
    }
    if (!image.imported && wentThroughAll(image, by_name)) {
      image.imported = true;
      for (auto& [name, look] : image.looked_at) look.first = facts::ReadKind::imported;
    }
    addLooksOfLoader(image);
    for (auto& [name, look] : image.looked_at) {
      if (by_name.contains(name)) continue;
      facts::Read read;
      read.kind = look.first;
      read.name = name;
      read.set = true;
      read.count = 1;
      read.order = look.second;
      if (auto first = image.first_touches.find(name); first != image.first_touches.end())
        read.frames = std::move(first->second);
      image.facts.reads.push_back(std::move(read));
    }
    std::vector<Reason> reasons;
    image.facts.observation = judge(image, modules_, builder_.preloadLibrary(), builder_.mayGoOn(), reasons);
    for (const Reason& reason : reasons) {
      image.facts.reasons.push_back(reason.kind + ": " + reason.detail);
      result_.blind_spots.push_back({image.facts.id, reason.kind, reason.detail});
    }
    result_.images.push_back(std::move(image.facts));
  }

  void addSpot(std::string kind, std::string detail) {
    result_.blind_spots.push_back({std::nullopt, std::move(kind), std::move(detail)});
  }

  void addSpotsOfTheTrace() {
    if (!result_.finished)
      addSpot("still-running",
              "recording had not ended when this was read, or it was killed; later events are missing");
    if (trace_.header().dropped != 0)
      addSpot("trace-full", std::to_string(trace_.header().dropped) + " events did not fit into the trace" +
                                (trace_.header().without_room != 0 ? ", as its disk was full" : ""));
    std::uint64_t torn = trace_.torn() + builder_.damaged() + damaged_;
    if (torn != 0)
      addSpot("torn-record", std::to_string(torn) + " events were not written to their end, or are damaged");
    for (const auto& [pid, count] : builder_.unattributed())
      addSpot("unattributed", std::to_string(count) + " events of process " + std::to_string(pid) +
                                  ": what it runs, and who started it, was not seen");
    for (const Reason& reason : builder_.traceSpots()) addSpot(reason.kind, reason.detail);
    for (ModuleId id : symbols_.lost())
      addSpot("module-changed",
              modules_[id].path() + " is gone or was changed since the run; places in it are not known");
  }

  // An image that finishImage() has moved to the result.
  const facts::Image& finished(ImageIndex index) const { return result_.images[position_[index]]; }

  void addSpotsOfImages() {
    for (const auto& [index, reason] : builder_.spots())
      result_.blind_spots.push_back({finished(index).id, reason.kind, reason.detail});
  }

  // An executable that spawns, and has no line information: its spawns cannot be joined to the source.
  void noteMissingDebugInformation() {
    std::set<std::string> named;
    for (std::size_t index : edge_order_) {
      const EdgeWork& edge = builder_.edges()[index];
      const std::string& program = finished(edge.parent).program;
      bool own = false;
      bool has_line = false;
      for (const facts::Frame& frame : edge.facts.frames) {
        if (frame.module != program && frame.language.empty()) continue;
        own = true;
        has_line |= !frame.file.empty();
      }
      if (!own || has_line || lostPath(program) || !named.insert(program).second) continue;
      addSpot("no-debug-info", program +
                                   " spawns, and has no line information; build it with -g, or install its debug "
                                   "symbols");
    }
  }

  // A process has one tracer, and that was the recorder.
  void noteTracers() {
    std::set<std::string> named;
    for (const facts::Image& image : result_.images)
      if (named.insert(image.program).second && modules_.importsFunction(modules_.idOfPath(image.program), "ptrace"))
        addSpot("uses-ptrace", image.program + " refers to ptrace, which fails in a supervised recording");
  }

  bool lostPath(const std::string& path) const {
    return std::any_of(symbols_.lost().begin(), symbols_.lost().end(),
                       [&](ModuleId id) { return modules_[id].path() == path; });
  }

  const TraceFile& trace_;
  ModuleTable& modules_;
  const Symbols& symbols_;
  ImageBuilder& builder_;
  facts::RuntimeFacts result_;
  std::vector<ImageIndex> image_order_;
  std::vector<std::size_t> edge_order_;
  std::vector<std::size_t> position_;  // of an image in the result
  std::uint64_t damaged_ = 0;
};

}  // namespace

facts::RuntimeFacts runtimeFactsOf(const TraceFile& trace) {
  ModuleTable modules(trace.modified());
  Unwinder unwinder(modules);
  Symbols symbols(modules);
  ImageBuilder builder(trace, modules, unwinder, symbols);
  builder.run();
  return Assembly(trace, modules, symbols, builder).run();
}

}  // namespace envleak::trace
