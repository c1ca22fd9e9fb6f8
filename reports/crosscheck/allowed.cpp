#include "reports/crosscheck/allowed.h"

#include "facts/text.h"

#include <algorithm>
#include <unordered_map>

namespace envleak::reports {
namespace {

// Patterns are text; names and paths from a trace are held against them as reports show them.
class Matcher {
 public:
  Matcher(const Report& report, const Allowance& allowance) : report_(report), allowance_(allowance) {
    for (std::string_view name : report.runs->names()) names_.push_back(allowance.variables.match(printable(name)));
  }

  bool coversName(NameId name) const { return names_[name]; }

  bool coversEdge(Index index) {
    const RunEdge& edge = report_.runs->edges()[index];
    const std::vector<RunImage>& images = report_.runs->images();
    return program(to_, allowance_.to, edge.child ? images[*edge.child].facts->program : edge.facts->program) &&
           program(from_, allowance_.from, images[edge.parent].facts->program) &&
           (allowance_.site.empty() || place(index));
  }

 private:
  static bool program(std::unordered_map<std::string, bool>& known, const Patterns& patterns, const std::string& path) {
    if (patterns.empty()) return true;
    auto [entry, is_new] = known.try_emplace(path, false);
    if (is_new) entry->second = patterns.matchProgram(printable(path));
    return entry->second;
  }

  bool place(Index index) const {
    const EdgeJoin& join = report_.join.edges[index];
    auto covered = [&](Index i) {
      const facts::SpawnSite& site = report_.sources->spawn_sites[i];
      return allowance_.site.matchPlace(printable(site.file), printable(site.function));
    };
    if (std::ranges::any_of(join.sites, covered) || std::ranges::any_of(join.wrappers, covered)) return true;
    if (!join.sites.empty()) return false;
    return std::ranges::any_of(report_.runs->edges()[index].facts->frames, [&](const facts::Frame& frame) {
      return !frame.file.empty() &&
             allowance_.site.matchPlace(printable(report_.files->display(frame.file)), printable(frame.function));
    });
  }

  const Report& report_;
  const Allowance& allowance_;
  std::vector<bool> names_;
  std::unordered_map<std::string, bool> to_, from_;
};

}  // namespace

void findAllowed(Report& report) {
  const std::vector<Allowance>& allowances = report.policy.allowances();
  report.allowance_uses.assign(allowances.size(), 0);
  if (allowances.empty()) return;
  report.allowed.resize(report.runs->edges().size());
  for (std::uint32_t a = 0; a < allowances.size(); ++a) {
    Matcher matcher(report, allowances[a]);
    for (Index e = 0; e < report.allowed.size(); ++e) {
      const RunEdge& edge = report.runs->edges()[e];
      if (edge.failed() || edge.crossed.empty() || !matcher.coversEdge(e)) continue;
      for (NameId name : edge.crossed)
        if (!report.ambient(name) && matcher.coversName(name)) {
          ++report.allowance_uses[a];
          report.allowed[e].try_emplace(name, a);  // the first entry gives the reason
        }
    }
  }
}

}  // namespace envleak::reports
