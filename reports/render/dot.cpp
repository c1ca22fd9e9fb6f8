// The runs as a graph of programs for GraphViz. All processes of a program are one node, all spawns between two
// programs one edge: ten thousand compilers are as easy to look at as one.
#include "reports/render/render.h"

#include "facts/error.h"
#include "facts/text.h"
#include "reports/render/style.h"
#include "reports/render/xml_text.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace envleak::reports {
namespace {

constexpr std::size_t shownNames = 12;

// Text of an HTML-like label.
std::string escaped(std::string_view bytes) { return xmlText(oneLine(bytes)); }

struct Crossing {
  bool read = false, looked_at = false;
  std::size_t count = 0;
};

struct Link {
  std::size_t count = 0, failed = 0;
  bool unseen = false;  // what crossed, or what the child did with it, is not known of some
  std::map<std::string, Crossing> names;
};

struct Node {
  std::string program;
  std::size_t count = 0, blind = 0, partial = 0;
};

class Dot {
 public:
  explicit Dot(const Report& report) : report_(report), runs_(*report.runs) {}

  std::string render() {
    collect();
    std::string text =
        "digraph envleak {\n"
        "  graph [rankdir=LR, label=<bold: read by the child; italic: looked at; dashed: not fully observed>]\n"
        "  node [shape=box, fontname=\"sans-serif\"]\n"
        "  edge [fontname=\"sans-serif\", fontsize=10]\n";
    for (std::size_t i = 0; i < nodes_.size(); ++i) text += node(i);
    for (const auto& [ends, link] : links_) text += edge(ends.first, ends.second, link);
    return text + "}\n";
  }

 private:
  std::size_t nodeOf(const std::string& program) {
    auto [entry, is_new] = known_.try_emplace(program, nodes_.size());
    if (is_new) {
      nodes_.push_back({program, 0, 0, 0});
      ++same_name_[shortName(program)];
    }
    return entry->second;
  }

  void collect() {
    for (const RunImage& image : runs_.images()) {
      Node& node = nodes_[nodeOf(image.facts->program)];
      ++node.count;
      if (image.facts->observation == facts::Observation::blind) ++node.blind;
      if (image.facts->observation != facts::Observation::full) ++node.partial;
    }
    for (Index e = 0; e < runs_.edges().size(); ++e) {
      const RunEdge& edge = runs_.edges()[e];
      const std::size_t from = nodeOf(runs_.images()[edge.parent].facts->program);
      if (edge.failed()) continue;
      const std::size_t to = nodeOf(edge.child ? runs_.images()[*edge.child].facts->program : edge.facts->program);
      Link& link = links_[{from, to}];
      ++link.count;
      const bool full = edge.child && runs_.images()[*edge.child].facts->observation == facts::Observation::full;
      if (!edge.facts->compared || !full) link.unseen = true;
      for (NameId name : edge.crossed) {
        if (report_.ambient(name)) continue;
        Crossing& crossing = link.names[std::string(runs_.names()[name])];
        ++crossing.count;
        if (!edge.child) continue;
        const RunImage& child = runs_.images()[*edge.child];
        for (const ByName& entry : entriesOf(child.reads, name)) {
          const facts::Read& read = child.facts->reads[entry.index];
          if (!read.set || read.kind == facts::ReadKind::imported) continue;
          (read.kind == facts::ReadKind::read ? crossing.read : crossing.looked_at) = true;
        }
      }
    }
  }

  std::string node(std::size_t index) const {
    const Node& node = nodes_[index];
    const bool alone = same_name_.at(shortName(node.program)) == 1;
    std::string label = "<b>" + escaped(alone ? shortName(node.program) : node.program) + "</b>";
    if (node.count != 1)
      label += "<br/>" + (node.count == 0 ? "left no trace" : counted(node.count, "process", "processes"));
    if (node.blind > 0) label += "<br/>" + (node.blind == node.count ? "blind" : std::to_string(node.blind) + " blind");
    std::string text =
        "  n" + std::to_string(index) + " [label=<" + label + ">, tooltip=<" + escaped(node.program) + ">";
    if (node.partial > 0 || node.count == 0) text += ", style=dashed";
    return text + "]\n";
  }

  std::string edge(std::size_t from, std::size_t to, const Link& link) const {
    // Those that were read first, then by name.
    std::vector<std::tuple<int, std::string, const Crossing*>> order;
    for (const auto& [name, crossing] : link.names)
      order.emplace_back(crossing.read ? 0 : crossing.looked_at ? 1 : 2, name, &crossing);
    std::ranges::sort(order);
    std::string label;
    for (std::size_t i = 0; i < std::min(order.size(), shownNames); ++i) {
      const auto& [rank, name, crossing] = order[i];
      std::string shown = escaped(name);
      if (rank == 0) shown = "<b>" + shown + "</b>";
      if (rank == 1) shown = "<i>" + shown + "</i>";
      std::optional<NameId> id = runs_.find(name);
      if (id && report_.classes[*id] == VariableClass::secret) shown = "<font color=\"#b00020\">" + shown + "</font>";
      label += shown + "<br/>";
    }
    if (order.size() > shownNames) label += "and " + std::to_string(order.size() - shownNames) + " more<br/>";
    if (link.count > 1) label += std::to_string(link.count) + " times<br/>";
    std::string text = "  n" + std::to_string(from) + " -> n" + std::to_string(to);
    std::string attributes = label.empty() ? "" : "label=<" + label.substr(0, label.size() - 5) + ">";
    if (link.unseen) attributes += std::string(attributes.empty() ? "" : ", ") + "style=dashed";
    return text + (attributes.empty() ? "" : " [" + attributes + "]") + "\n";
  }

  const Report& report_;
  const Runs& runs_;
  std::vector<Node> nodes_;
  std::map<std::string, std::size_t> known_;      // by path
  std::map<std::string, std::size_t> same_name_;  // how many programs have a name
  std::map<std::pair<std::size_t, std::size_t>, Link> links_;
};

}  // namespace

std::string renderDot(const Report& report) {
  if (report.runs->runs().empty())
    throw InputError("--format dot: shows what a run did; give a trace: 'envleak check --trace TRACE'");
  return Dot(report).render();
}

}  // namespace envleak::reports
