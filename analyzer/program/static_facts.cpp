#include "analyzer/program/static_facts.h"

#include "analyzer/frontend/paths.h"
#include "analyzer/program/inventory.h"
#include "analyzer/program/programs.h"
#include "analyzer/program/sites.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <tuple>

namespace envleak::analyzer {
namespace {

std::string ruleOf(facts::EnvironmentClass environment) {
  switch (environment) {
    case facts::EnvironmentClass::inherited:
      return "envleak-inherited";
    case facts::EnvironmentClass::forwarded:
      return "envleak-forwarded";
    case facts::EnvironmentClass::extended:
      return "envleak-extended";
    case facts::EnvironmentClass::unknown:
      return "envleak-unknown";
    default:
      return {};
  }
}

class Writer {
 public:
  Writer(const std::string& root, const std::vector<std::string>& paths) : root_(root), paths_(paths) {}

  std::string shown(const std::string& path) const {
    if (path.size() <= root_.size() || !isBelow(path, root_)) return path;
    return path.substr(root_.ends_with('/') ? root_.size() : root_.size() + 1);
  }
  // Messages begin with their file.
  std::string shownMessage(const std::string& message) const {
    return isBelow(message.substr(0, message.find(':')), root_) ? shown(message) : message;
  }
  bool listed(const std::string& path) const {
    return paths_.empty() ||
           std::ranges::any_of(paths_, [&](const std::string& folder) { return isBelow(path, folder); });
  }

  void sites(const CallGraph& graph, facts::StaticFacts& result) const;
  void hazards(std::vector<UnitSummary>& units, facts::StaticFacts& result) const;
  template <typename Access>
  void accesses(const std::vector<Listed<Access>>& all, std::vector<Access>& result) const;
  void programs(std::vector<facts::Program> programs, facts::StaticFacts& result) const;
  void units(const std::vector<UnitSummary>& units, facts::StaticFacts& result) const;
  void suppressions(const std::vector<UnitSummary>& units, facts::StaticFacts& result) const;

 private:
  const std::string& root_;
  const std::vector<std::string>& paths_;
};

void Writer::sites(const CallGraph& graph, facts::StaticFacts& result) const {
  Sites sites(graph);
  std::vector<SiteId> order;
  for (SiteId id = 0; id < sites.all().size(); ++id)
    if (sites.isListed(id) && listed(sites.all()[id].call->file)) order.push_back(id);
  auto key = [&](SiteId id) {
    const Site& site = sites.all()[id];
    return std::make_tuple(shown(site.call->file), site.call->call.line, site.call->call.column, site.kind,
                           site.call->call.callee, id);
  };
  std::ranges::sort(order, {}, key);
  std::map<SiteId, std::string> names;
  for (std::size_t i = 0; i < order.size(); ++i) names[order[i]] = "s" + std::to_string(i + 1);
  auto nameOf = [&](const std::optional<SiteId>& id) {
    auto found = id ? names.find(*id) : names.end();
    return found == names.end() ? std::string() : found->second;
  };

  std::map<SiteId, std::vector<std::string>> callers;
  for (SiteId id : order)
    for (SiteId end : sites.all()[id].spawns) callers[end].push_back(names[id]);
  for (SiteId id : order) {
    const Site& site = sites.all()[id];
    const Call& call = site.call->call;
    facts::SpawnSite fact;
    fact.id = names[id];
    fact.kind = site.kind;
    fact.file = shown(site.call->file);
    fact.line = call.line;
    fact.column = call.column;
    fact.end_line = call.end_line;
    fact.positions = call.positions;
    fact.code = call.code;
    fact.tail = call.tail;
    fact.callee = call.callee;
    fact.function = call.function;
    fact.environment = site.environment;
    fact.reason = sites.reasonOf(site);
    if (site.kind == facts::SiteKind::wrapper) fact.path = sites.path(id);
    for (facts::PathStep& step : fact.path) step.file = shown(step.file);
    std::vector<SiteId> ends(site.spawns.begin(), site.spawns.end());
    std::ranges::sort(ends, {}, key);
    for (SiteId end : ends)
      if (names.contains(end)) fact.spawns.push_back(names[end]);
    fact.callers = callers[id];
    fact.decided_at = nameOf(site.decided_at);
    fact.program = site.program;
    if (site.environment == facts::EnvironmentClass::extended || site.environment == facts::EnvironmentClass::filtered) {
      NamedVariables variables = knownNames(site.names);
      fact.variables = {variables.set, variables.unset, variables.kept, variables.open};
    }
    if (site.decided_at == id) fact.rule = ruleOf(site.environment);
    if (!site.trap.empty()) {
      fact.reason += (fact.reason.empty() ? "" : "; ") + site.trap;
      // It looks explicit: that is what to say of it, whatever it hands on.
      if (!fact.rule.empty() && fact.rule != "envleak-unknown") fact.rule = "envleak-ineffective";
    }
    result.spawn_sites.push_back(std::move(fact));
  }

  for (FunctionId id = 0; id < graph.functions().size(); ++id) {
    const ProgramFunction& function = graph.functions()[id];
    if (!graph.variants()[id].isWrapper() || !listed(function.shown_file)) continue;
    facts::Wrapper wrapper{function.function.name, shown(function.shown_file), function.function.shown_line,
                           facts::EnvironmentClass::empty};
    for (SiteId site : sites.of(id))
      if (permissiveness(sites.all()[site].environment) > permissiveness(wrapper.environment))
        wrapper.environment = sites.all()[site].environment;
    result.wrappers.push_back(std::move(wrapper));
  }
  std::ranges::sort(result.wrappers, {}, [](const facts::Wrapper& w) { return std::tie(w.file, w.line, w.function); });
}

void Writer::hazards(std::vector<UnitSummary>& units, facts::StaticFacts& result) const {
  for (UnitSummary& unit : units)
    for (facts::Hazard& hazard : unit.hazards) {
      if (!listed(hazard.file)) continue;
      hazard.file = shown(hazard.file);
      result.hazards.push_back(std::move(hazard));
    }
  auto key = [](const facts::Hazard& h) { return std::tie(h.file, h.line, h.column, h.rule, h.function, h.message); };
  std::ranges::sort(result.hazards, {}, key);
  auto same = std::ranges::unique(result.hazards, {}, key);
  result.hazards.erase(same.begin(), same.end());
}

template <typename Access>
void Writer::accesses(const std::vector<Listed<Access>>& all, std::vector<Access>& result) const {
  for (const Listed<Access>& listed_access : all) {
    Access access = listed_access.fact;
    if (!listed(access.file)) continue;
    access.file = shown(access.file);
    for (facts::PathStep& step : access.path) step.file = shown(step.file);
    result.push_back(std::move(access));
  }
  // The shortest way of several to the same call.
  auto key = [](const Access& a) {
    return std::make_tuple(a.file, a.line, a.column, a.callee, a.function, a.name, a.path.size());
  };
  std::ranges::sort(result, {}, [&](const Access& a) { return std::make_pair(key(a), a.path); });
  auto place = [](const Access& a) { return std::tie(a.file, a.line, a.column, a.callee, a.function, a.name); };
  auto same = std::ranges::unique(result, {}, place);
  result.erase(same.begin(), same.end());
}

void Writer::programs(std::vector<facts::Program> programs, facts::StaticFacts& result) const {
  for (facts::Program& program : programs) {
    program.file = shown(program.file);
    for (std::string& unit : program.units) unit = shown(unit);
    for (facts::Program::Read& read : program.reads) read.file = shown(read.file);
  }
  matchChildren(programs, result.spawn_sites);
  result.programs = std::move(programs);
}

void Writer::units(const std::vector<UnitSummary>& units, facts::StaticFacts& result) const {
  using facts::UnitStatus;
  constexpr UnitStatus order[] = {UnitStatus::skipped, UnitStatus::complete, UnitStatus::partial, UnitStatus::missing,
                                  UnitStatus::timeout, UnitStatus::failed,   UnitStatus::crashed};
  auto rank = [&](UnitStatus status) { return std::ranges::find(order, status) - std::begin(order); };
  std::map<std::string, facts::Unit> merged;
  for (const UnitSummary& unit : units) {
    auto [found, added] = merged.try_emplace(shown(unit.main_file));
    facts::Unit& kept = found->second;
    kept.file = found->first;
    if (!added) ++kept.commands;
    kept.unseen_mentions = std::max(kept.unseen_mentions, unit.unseen_mentions);
    kept.repairs.insert(kept.repairs.end(), unit.repairs.begin(), unit.repairs.end());
    if (added || rank(unit.status) > rank(kept.status)) kept.status = unit.status;
    for (const std::string& error : unit.errors) {
      std::string message = shownMessage(error);
      if (std::ranges::find(kept.errors, message) == kept.errors.end()) kept.errors.push_back(message);
    }
  }
  for (auto& [file, unit] : merged) {
    std::sort(unit.repairs.begin(), unit.repairs.end());
    unit.repairs.erase(std::unique(unit.repairs.begin(), unit.repairs.end()), unit.repairs.end());
    result.units.push_back(std::move(unit));
  }
}

void Writer::suppressions(const std::vector<UnitSummary>& units, facts::StaticFacts& result) const {
  std::map<std::tuple<std::string, unsigned, std::string>, std::pair<facts::Suppression, unsigned>>
      merged;  // with the line covered
  for (const UnitSummary& unit : units)
    for (const auto& covered : unit.suppressed_lines) {
      facts::Suppression suppression = unit.suppressions.at(covered.suppression);
      if (!listed(suppression.file)) continue;
      suppression.file = shown(suppression.file);
      merged.try_emplace({suppression.file, suppression.line, suppression.rule}, suppression, covered.line);
    }
  for (auto& [key, entry] : merged) {
    auto& [suppression, line] = entry;
    for (facts::Hazard& hazard : result.hazards) {
      if (hazard.file != suppression.file || hazard.line != line) continue;
      if (suppression.rule != hazard.rule && suppression.rule != "envleak-*") continue;
      hazard.suppressed = true;
      hazard.suppression = suppression.reason;
      suppression.used = true;
    }
    for (facts::SpawnSite& site : result.spawn_sites) {
      if (site.rule.empty() || site.file != suppression.file || site.line != line) continue;
      if (suppression.rule != site.rule && suppression.rule != "envleak-*") continue;
      site.suppressed = true;
      site.suppression = suppression.reason;
      suppression.used = true;
    }
    result.suppressions.push_back(std::move(suppression));
  }
}

}  // namespace

facts::StaticFacts link(std::vector<UnitSummary> units, const Build& build, const Knowledge& knowledge, const std::string& root,
                        const std::vector<std::string>& paths) {
  // By hand, since clang rejects what libstdc++ 12 uses in a stable sort.
  std::vector<std::size_t> order(units.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::sort(order, {}, [&](std::size_t i) { return std::make_pair(units[i].main_file, i); });
  std::vector<UnitSummary> sorted;
  for (std::size_t i : order) sorted.push_back(std::move(units[i]));
  units = std::move(sorted);
  facts::StaticFacts result;
  result.root = root;
  Writer writer(root, paths);
  writer.units(units, result);
  for (const facts::SkippedEntry& entry : build.skipped)
    result.skipped.push_back({writer.shown(entry.file), entry.language});
  for (const UnitSummary& unit : units)
    for (const facts::OtherName& other : unit.other_names)
      result.other_names.push_back({writer.shown(other.name), writer.shown(other.file)});
  std::sort(result.other_names.begin(), result.other_names.end());
  result.other_names.erase(std::unique(result.other_names.begin(), result.other_names.end()), result.other_names.end());
  writer.hazards(units, result);
  CallGraph graph(units, knowledge);
  Inventory inventory(units, graph);
  writer.accesses(inventory.reads(), result.environment_reads);
  writer.accesses(inventory.writes(), result.environment_writes);
  writer.sites(graph, result);
  writer.programs(findPrograms(units, graph, inventory, build.programs, build.unparsed), result);
  writer.suppressions(units, result);
  return result;
}

}  // namespace envleak::analyzer
