// The report as JSON, by the names of share/envleak/schema/report.schema.json. Same facts, same bytes.
#include "reports/render/render.h"

#include "facts/text.h"
#include "facts/version.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace envleak::reports {
namespace {

using Json = nlohmann::ordered_json;

Json orNull(const std::string& text) { return text.empty() ? Json(nullptr) : Json(printable(text)); }

class Renderer {
 public:
  explicit Renderer(const Report& report) : report_(report), runs_(*report.runs) {}

  Json render() const {
    Json json = {{"schema", "envleak-report/1"},
                 {"tool", {{"name", "envleak"}, {"version", version}}},
                 {"root", orNull(report_.files->root())}};
    json["runs"] = runs();
    json["sites"] = sites();
    json["processes"] = processes();
    json["edges"] = edges();
    json["variables"] = variables();
    json["blind_spots"] = blindSpots();
    json["agreement"] = agreement();
    json["findings"] = findings();
    return json;
  }

 private:
  std::string name(NameId id) const { return printable(runs_.names()[id]); }
  const std::string& image(Index i) const { return runs_.images()[i].id; }
  const std::string& edge(Index i) const { return runs_.edges()[i].id; }
  Json place(const Place& place) const {
    return {{"file", orNull(place.file)},
            {"line", place.line},
            {"column", place.column},
            {"function", orNull(place.function)},
            {"module", orNull(place.module)}};
  }

  template <typename List, typename Convert>
  static Json list(const List& elements, const Convert& convert) {
    Json json = Json::array();
    for (const auto& element : elements) json.push_back(convert(element));
    return json;
  }
  Json edgeIds(const std::vector<Index>& list_of) const {
    return list(list_of, [&](Index e) { return edge(e); });
  }
  Json siteIds(const std::vector<Index>& list_of) const {
    return list(list_of, [&](Index s) { return report_.site(s); });
  }
  static Json strings(const std::vector<std::string>& texts) {
    return list(texts, [](const std::string& text) { return printable(text); });
  }

  Json runs() const {
    Index number = 0;
    return list(runs_.runs(), [&](const facts::RuntimeFacts* run) -> Json {
      return {{"id", "r" + std::to_string(++number)},
              {"command", strings(run->command)},
              {"directory", printable(run->directory)},
              {"finished", run->finished}};
    });
  }

  Json sites() const {
    if (report_.sources == nullptr) return Json::array();
    facts::StaticFacts only_sites;
    only_sites.spawn_sites = report_.sources->spawn_sites;
    Json json = std::move(facts::toJson(only_sites)["spawn_sites"]);
    for (Index i = 0; i < json.size(); ++i) {
      const SiteReport& site = report_.sites[i];
      Json& out = json[i];
      out["verdict"] = site.verdict ? Json(toString(*site.verdict)) : Json(nullptr);
      out["why"] = strings(site.why);
      out["ambiguous"] = site.ambiguous;
      out["edges"] = edgeIds(site.edges);
      out["failed_edges"] = edgeIds(site.failed);
      out["crossed"] = list(site.crossed, [&](const CrossedVariable& variable) -> Json {
        return {{"name", name(variable.name)},
                {"class", toString(report_.classes[variable.name])},
                {"reading", toString(variable.reading)}};
      });
      out["read"] = list(site.read, [&](const SiteReading& reading) {
        const facts::Read& read = runs_.images()[reading.image].facts->reads[reading.read];
        Json entry = {{"name", name(reading.name)},
                      {"kind", facts::toString(read.kind)},
                      {"process", image(reading.image)},
                      {"edge", edge(reading.edge)}};
        entry.update(place(reading.place));
        entry["processes"] = reading.processes;
        entry["count"] = reading.count;
        return entry;
      });
      out["unobserved"] = list(site.unobserved, [&](Index p) { return image(p); });
    }
    return json;
  }

  Json spawnedBy(const RunImage& process) const {
    if (!process.incoming) return nullptr;
    const EdgeJoin& join = report_.join.edges[*process.incoming];
    Json json = {{"edge", edge(*process.incoming)},
                 {"sites", siteIds(join.sites)},
                 {"wrappers", siteIds(join.wrappers)},
                 {"api", printable(runs_.edges()[*process.incoming].facts->api)}};
    json.update(place(report_.files->place(runs_.edges()[*process.incoming].facts->frames)));
    return json;
  }

  // Names, sorted; null where it is not known.
  Json received(const RunImage& process) const {
    if (!receivedKnown(runs_, process)) return nullptr;
    std::vector<std::string> names;
    for (const facts::Variable& variable : process.facts->received) names.push_back(variable.name);
    std::ranges::sort(names);
    return strings(names);
  }

  Json processes() const {
    return list(runs_.images(), [&](const RunImage& process) -> Json {
      const facts::Image& facts = *process.facts;
      const facts::Edge* in = process.incoming ? runs_.edges()[*process.incoming].facts : nullptr;
      auto names = [&](std::vector<std::string> facts::Edge::*member) {
        return in == nullptr ? Json::array() : strings(in->*member);
      };
      Json reads = list(facts.reads, [&](const facts::Read& read) {
        Json entry = {{"name", printable(read.name)}, {"kind", facts::toString(read.kind)}, {"set", read.set}};
        entry.update(place(report_.files->place(read.frames)));
        entry["count"] = read.count;
        entry["via"] = orNull(read.api);
        return entry;
      });
      return {{"id", process.id},
              {"run", "r" + std::to_string(process.run + 1)},
              {"parent", process.parent ? Json(image(*process.parent)) : Json(nullptr)},
              {"pid", facts.pid},
              {"program", printable(facts.program)},
              {"argv", strings(facts.argv)},
              {"exit",
               !facts.exit ? Json(nullptr) : Json{{facts.exit->by_signal ? "signal" : "status", facts.exit->value}}},
              {"observation", {{"status", facts::toString(facts.observation)}, {"reasons", strings(facts.reasons)}}},
              {"spawned_by", spawnedBy(process)},
              {"received", received(process)},
              {"compared", in != nullptr && in->compared},
              {"crossed", names(&facts::Edge::crossed)},
              {"added", names(&facts::Edge::added)},
              {"changed", names(&facts::Edge::changed)},
              {"removed", names(&facts::Edge::removed)},
              {"reads", std::move(reads)}};
    });
  }

  Json edges() const {
    Index next = 0;
    return list(runs_.edges(), [&](const RunEdge& of) {
      const EdgeJoin& join = report_.join.edges[next++];
      Json json = {{"id", of.id},
                   {"parent", image(of.parent)},
                   {"child", of.child ? Json(image(*of.child)) : Json(nullptr)},
                   {"api", printable(of.facts->api)},
                   {"program", printable(of.facts->program)},
                   {"error", of.facts->error},
                   {"compared", of.facts->compared},
                   {"join", report_.sources == nullptr ? Json(nullptr) : Json(toString(join.kind))},
                   {"sites", siteIds(join.sites)},
                   {"wrappers", siteIds(join.wrappers)}};
      json.update(place(report_.files->place(of.facts->frames)));
      return json;
    });
  }

  Json origin(const VariableReport& variable) const {
    if (!variable.origin) return nullptr;
    const Origin& of = *variable.origin;
    Json json = {{"kind", toString(of.kind)}, {"process", image(of.image)}};
    bool by_edge =
        of.kind == Origin::Kind::edge || of.kind == Origin::Kind::unseen ||
        (of.kind == Origin::Kind::unknown && runs_.images()[of.image].outgoing.size() > 0 && !of.place.module.empty());
    json["edge"] = by_edge ? Json(edge(of.edge)) : Json(nullptr);
    json["api"] =
        of.kind == Origin::Kind::write ? orNull(runs_.images()[of.image].facts->writes[of.write].api) : Json(nullptr);
    json.update(place(of.place));
    return json;
  }

  Json variables() const {
    return list(report_.variables, [&](const VariableReport& variable) -> Json {
      return {{"name", name(variable.name)},
              {"class", toString(variable.classified)},
              {"origin", origin(variable)},
              {"origins", variable.origins},
              {"path", edgeIds(variable.path)},
              {"readers", list(variable.readers,
                               [&](const VariableReader& reader) {
                                 const facts::Read& read = runs_.images()[reader.image].facts->reads[reader.read];
                                 Json entry = {{"process", image(reader.image)}, {"kind", facts::toString(read.kind)}};
                                 entry.update(place(reader.place));
                                 entry["count"] = read.count;
                                 return entry;
                               })},
              {"shadowed_files", list(variable.shadowed_files, [&](const ShadowedFile& file) -> Json {
                 return {{"process", image(file.image)}, {"file", printable(file.path)}, {"line", file.line}};
               })}};
    });
  }

  Json blindSpots() const {
    Json json = Json::array();
    for (Index run = 0; run < runs_.runs().size(); ++run) {
      for (const facts::BlindSpot& spot : runs_.runs()[run]->blind_spots) {
        Json process = nullptr;
        if (spot.process) process = image(*runs_.find(run, *spot.process));
        json.push_back(
            {{"process", std::move(process)}, {"kind", printable(spot.kind)}, {"detail", printable(spot.detail)}});
      }
    }
    if (report_.sources == nullptr) return json;
    for (const facts::Unit& unit : report_.sources->units)
      if (facts::hasLostParts(unit.status))
        json.push_back({{"process", nullptr},
                        {"kind", "unit-" + std::string(facts::toString(unit.status))},
                        {"detail", printable(unit.file + (unit.errors.empty() ? "" : ": " + unit.errors.front()))}});
    return json;
  }

  Json agreement() const {
    const Agreement& of = report_.agreement;
    Json verdicts = Json::object(), observations = Json::object();
    for (Verdict verdict : {Verdict::confirmed, Verdict::latent, Verdict::unexercised, Verdict::contained,
                            Verdict::contradicted, Verdict::undecided})
      verdicts[std::string(toString(verdict))] = of.verdicts.contains(verdict) ? of.verdicts.at(verdict) : 0;
    for (facts::Observation observation : {facts::Observation::full, facts::Observation::imports,
                                           facts::Observation::partial, facts::Observation::blind})
      observations[std::string(facts::toString(observation))] =
          of.observations.contains(observation) ? of.observations.at(observation) : 0;
    return {{"sites", of.sites},
            {"sites_exercised", of.sites_exercised},
            {"sites_suppressed", of.sites_suppressed},
            {"verdicts", verdicts},
            {"edges", of.edges},
            {"edges_predicted", of.edges_predicted},
            {"edges_ambiguous", of.edges_ambiguous},
            {"edges_unpredicted", of.edges_unpredicted},
            {"edges_outside", of.edges_outside},
            {"edges_unlocated", of.edges_unlocated},
            {"edges_failed", of.edges_failed},
            {"static_reads", of.static_reads},
            {"static_reads_observed", of.static_reads_observed},
            {"observed_reads", of.observed_reads},
            {"observed_reads_predicted", of.observed_reads_predicted},
            {"processes", of.images},
            {"observations", observations}};
  }

  Json findings() const {
    return list(report_.findings, [&](const Finding& finding) {
      Json json = {{"rule", finding.rule},
                   {"level", toString(finding.level)},
                   {"message", printable(finding.message)},
                   {"site", finding.site ? Json(report_.site(*finding.site)) : Json(nullptr)},
                   {"process", finding.image ? Json(image(*finding.image)) : Json(nullptr)},
                   {"edge", finding.edge ? Json(edge(*finding.edge)) : Json(nullptr)},
                   {"variable", finding.variable ? Json(name(*finding.variable)) : Json(nullptr)}};
      json.update(place(finding.place));
      json["count"] = finding.count;
      json["fingerprint"] = finding.fingerprint;
      return json;
    });
  }

  const Report& report_;
  const Runs& runs_;
};

}  // namespace

std::string renderJson(const Report& report) { return Renderer(report).render().dump(1) + "\n"; }

}  // namespace envleak::reports
