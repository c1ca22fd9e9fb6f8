// The source's side: spawn sites with their verdicts, programs, units.
#include "reports/render/html/data.h"

#include "reports/render/style.h"

namespace envleak::reports::html {
namespace {

Json cleaned(const std::vector<std::string>& texts) {
  Json json = Json::array();
  for (const std::string& text : texts) json.push_back(clean(text));
  return json;
}

}  // namespace

Json Data::sites() {
  Json json = Json::array();
  if (report_.sources == nullptr) return json;
  std::unordered_map<std::string_view, Index> by_id;
  for (Index i = 0; i < report_.sources->spawn_sites.size(); ++i) by_id.try_emplace(report_.site(i), i);
  auto known = [&](const std::vector<std::string>& ids) {
    Row list;
    for (const std::string& id : ids)
      if (auto found = by_id.find(id); found != by_id.end()) list.push_back(found->second);
    return lists_.of(list);
  };
  for (Index i = 0; i < report_.sources->spawn_sites.size(); ++i) {
    const facts::SpawnSite& site = report_.sources->spawn_sites[i];
    Place where{site.file, site.line, site.column, site.function, {}, {}};
    Json out = {{"id", clean(site.id)},
                {"kind", toString(site.kind)},
                {"place", shown(where)},
                {"end_line", site.end_line},
                {"callee", clean(site.callee)},
                {"environment", toString(site.environment)},
                {"reason", clean(site.reason)},
                {"program", site.program ? Json(clean(*site.program)) : Json(nullptr)},
                {"children", cleaned(site.children)},
                {"set", cleaned(site.variables.set)},
                {"unset", cleaned(site.variables.unset)},
                {"kept", cleaned(site.variables.kept)},
                {"open", site.variables.open},
                {"spawns", known(site.spawns)},
                {"callers", known(site.callers)},
                {"decided_at", known({site.decided_at})},
                {"rule", clean(site.rule)},
                {"suppressed", site.suppressed},
                {"suppression", clean(site.suppression)}};
    Json& path = out["path"] = Json::array();
    for (const facts::PathStep& step : site.path) {
      Place at{step.file, step.line, step.column, {}, {}, {}};
      path.push_back({shown(at), clean(step.note)});
    }
    if (i < report_.sites.size()) {
      const SiteReport& result = report_.sites[i];
      out["verdict"] = result.verdict ? Json(toString(*result.verdict)) : Json(nullptr);
      out["why"] = cleaned(result.why);
      out["ambiguous"] = result.ambiguous;
      out["edges"] = indexes(result.edges);
      out["failed"] = indexes(result.failed);
      out["unobserved"] = indexes(result.unobserved);
      Json& crossed = out["crossed"] = Json::array();
      for (const CrossedVariable& variable : result.crossed)
        crossed.push_back(
            {name(runs_.names()[variable.name]), toString(variable.reading),
             variable.allowance ? clean(report_.policy.allowances()[*variable.allowance].reason) : std::string()});
      Json& read = out["read"] = Json::array();
      for (const SiteReading& reading : result.read) {
        read.push_back({name(runs_.names()[reading.name]), reading.image, shown(reading.place),
                        toString(runs_.images()[reading.image].facts->reads[reading.read].kind), reading.processes,
                        reading.count});
      }
    }
    json.push_back(std::move(out));
  }
  return json;
}

Json Data::programs() {
  Json json = Json::object();
  if (report_.sources == nullptr) return json;
  std::set<std::string> started;
  for (const facts::SpawnSite& site : report_.sources->spawn_sites)
    started.insert(site.children.begin(), site.children.end());
  for (const facts::Program& program : report_.sources->programs) {
    if (!started.contains(program.id)) continue;
    Json reads = Json::array();
    for (const facts::Program::Read& read : program.reads) {
      Place at{read.file, read.line, read.column, {}, {}, {}};
      reads.push_back({name(read.name), shown(at)});
    }
    json[clean(program.id)] = {{"name", program.name ? Json(clean(*program.name)) : Json(nullptr)},
                               {"place", place({program.file, program.line, 0, "main", {}, {}})},
                               {"reads", std::move(reads)},
                               {"unknown_reads", program.unknown_reads}};
  }
  return json;
}

Json Data::units() const {
  if (report_.sources == nullptr) return nullptr;
  std::uint64_t skipped = 0, lost = 0;
  for (const facts::Unit& unit : report_.sources->units) {
    if (unit.status == facts::UnitStatus::skipped) ++skipped;
    if (facts::hasLostParts(unit.status)) ++lost;
  }
  return {{"all", report_.sources->units.size()},
          {"skipped", skipped},
          {"lost", lost},
          {"foreign", report_.sources->skipped.size()},
          {"reads", report_.sources->environment_reads.size()},
          {"writes", report_.sources->environment_writes.size()}};
}

}  // namespace envleak::reports::html
