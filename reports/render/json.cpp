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

  // Element by element: a report of 10,000 processes is hundreds of megabytes, and many times that as one Json.
  std::string render() {
    text_ = "{";
    member("schema", "envleak-report/1");
    member("tool", {{"name", "envleak"}, {"version", version}});
    member("root", orNull(report_.files->root()));
    member("runs", runs());
    member("sites", sites());
    stream("processes", runs_.images(), [&](const RunImage& process) { return this->process(process); });
    Index next = 0;
    stream("edges", runs_.edges(), [&](const RunEdge& of) { return edge(of, report_.join.edges[next++]); });
    stream("variables", report_.variables, [&](const VariableReport& of) { return variable(of); });
    stream("laundered", report_.laundered, [&](const Laundered& of) { return laundered(of); });
    member("programs", programs());
    member("blind_spots", blindSpots());
    member("agreement", agreement());
    stream("findings", report_.findings, [&](const Finding& of) { return finding(of); });
    stream("set_aside", report_.set_aside, [&](const SetAside& aside) {
      Json of = finding(aside.finding);
      of["because"] = toString(aside.why);
      of["reason"] = orNull(aside.reason);
      return of;
    });
    member("policy", orNull(report_.policy.file()));
    member("baseline", baseline());
    member("change", orNull(report_.base));
    return std::move(text_) + "\n}\n";
  }

 private:
  void key(std::string_view name) {
    text_ += text_.size() == 1 ? "\n \"" : ",\n \"";
    text_ += name;
    text_ += "\": ";
  }
  // As Json::dump() would at this depth: no string has a line break in its text.
  void add(const Json& json, std::size_t depth) {
    const std::string text = json.dump(1);
    for (std::size_t at = 0; at < text.size();) {
      std::size_t end = std::min(text.find('\n', at), text.size() - 1) + 1;
      text_.append(text, at, end - at);
      if (text[end - 1] == '\n') text_.append(depth, ' ');
      at = end;
    }
  }
  void member(std::string_view name, const Json& json) {
    key(name);
    add(json, 1);
  }
  template <typename List, typename Convert>
  void stream(std::string_view name, const List& elements, const Convert& convert) {
    key(name);
    text_ += '[';
    bool first = true;
    for (const auto& element : elements) {
      text_ += first ? "\n  " : ",\n  ";
      add(convert(element), 2);
      first = false;
    }
    text_ += first ? "]" : "\n ]";
  }

  std::string name(NameId id) const { return printable(runs_.names()[id]); }
  const std::string& image(Index i) const { return runs_.images()[i].id; }
  const std::string& edgeId(Index i) const { return runs_.edges()[i].id; }
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
    return list(list_of, [&](Index e) { return edgeId(e); });
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
      out["language"] = orNull(report_.language(i));
      out["verdict"] = site.verdict ? Json(toString(*site.verdict)) : Json(nullptr);
      out["why"] = strings(site.why);
      out["ambiguous"] = site.ambiguous;
      out["edges"] = edgeIds(site.edges);
      out["failed_edges"] = edgeIds(site.failed);
      out["crossed"] = list(site.crossed, [&](const CrossedVariable& variable) -> Json {
        return {{"name", name(variable.name)},
                {"class", toString(report_.classes[variable.name])},
                {"reading", toString(variable.reading)},
                {"reason", variable.allowance
                               ? Json(printable(report_.policy.allowances()[*variable.allowance].reason))
                               : Json(nullptr)}};
      });
      out["read"] = list(site.read, [&](const SiteReading& reading) {
        const facts::Read& read = runs_.images()[reading.image].facts->reads[reading.read];
        Json entry = {{"name", name(reading.name)},
                      {"kind", facts::toString(read.kind)},
                      {"process", image(reading.image)},
                      {"edge", edgeId(reading.edge)}};
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
    Json json = {{"edge", edgeId(*process.incoming)},
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

  Json process(const RunImage& process) const {
    const facts::Image& facts = *process.facts;
    const facts::Edge* in = process.incoming ? runs_.edges()[*process.incoming].facts : nullptr;
    auto names = [&](facts::SharedList<std::string> facts::Edge::*member) {
      return in == nullptr ? Json::array() : strings(in->*member);
    };
    Json reads = list(facts.reads, [&](const facts::Read& read) {
      Json entry = {{"name", printable(read.name)}, {"kind", facts::toString(read.kind)}, {"set", read.set}};
      entry.update(place(report_.files->place(read.frames)));
      entry["count"] = read.count;
      entry["via"] = orNull(read.api);
      addScript(entry, read.frames);
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
            {"adapter", adapter(facts)},
            {"spawned_by", spawnedBy(process)},
            {"received", received(process)},
            {"compared", in != nullptr && in->compared},
            {"crossed", names(&facts::Edge::crossed)},
            {"added", names(&facts::Edge::added)},
            {"changed", names(&facts::Edge::changed)},
            {"removed", names(&facts::Edge::removed)},
            {"reads", std::move(reads)},
            {"settings_files", list(facts.files, [&](const facts::ConfigFile& file) -> Json {
               return printable(report_.files->display(file.path));
             })}};
  }

  Json edge(const RunEdge& of, const EdgeJoin& join) const {
    Json json = {{"id", of.id},
                 {"parent", image(of.parent)},
                 {"child", of.child ? Json(image(*of.child)) : Json(nullptr)},
                 {"api", printable(of.facts->api)},
                 {"program", printable(of.facts->program)},
                 {"error", of.facts->error},
                 {"compared", of.facts->compared},
                 {"join", !report_.scanned ? Json(nullptr) : Json(toString(join.kind))},
                 {"sites", siteIds(join.sites)},
                 {"wrappers", siteIds(join.wrappers)}};
    json.update(place(report_.files->place(of.facts->frames)));
    addScript(json, of.facts->frames);
    return json;
  }

  // The calls in progress in a script, and the place of what interpreted it.
  void addScript(Json& json, const facts::SharedList<facts::Frame>& frames) const {
    Json calls = Json::array();
    for (const facts::Frame& frame : frames) {
      if (frame.language.empty()) break;
      calls.push_back({{"file", printable(report_.files->display(frame.file))},
                       {"line", frame.line},
                       {"function", orNull(frame.function)}});
    }
    if (calls.empty()) return;
    json["script"] = std::move(calls);
    if (std::optional<Place> within = report_.files->placeInInterpreter(frames)) json["interpreter"] = place(*within);
  }

  static Json adapter(const facts::Image& image) {
    if (!image.adapter) return nullptr;
    return {{"language", printable(image.adapter->language)},
            {"version", printable(image.adapter->version)},
            {"covers", image.adapter->covers}};
  }

  Json origin(const VariableReport& variable) const {
    if (!variable.origin) return nullptr;
    const Origin& of = *variable.origin;
    Json json = {{"kind", toString(of.kind)}, {"process", image(of.image)}};
    bool by_edge =
        of.kind == Origin::Kind::edge || of.kind == Origin::Kind::unseen ||
        (of.kind == Origin::Kind::unknown && runs_.images()[of.image].outgoing.size() > 0 && !of.place.module.empty());
    json["edge"] = by_edge ? Json(edgeId(of.edge)) : Json(nullptr);
    json["api"] =
        of.kind == Origin::Kind::write ? orNull(runs_.images()[of.image].facts->writes[of.write].api) : Json(nullptr);
    json.update(place(of.place));
    json["settings"] = nullptr;
    if (variable.settings) json["settings"] = fileLine(variable.settings->path, variable.settings->line);
    return json;
  }

  Json fileLine(const std::string& path, unsigned line) const {
    return {{"file", printable(report_.files->display(path))}, {"line", line}};
  }

  Json variable(const VariableReport& variable) const {
    return {{"name", name(variable.name)},
            {"class", toString(variable.classified)},
            {"origin", origin(variable)},
            {"origins", variable.origins},
            {"path", edgeIds(variable.path)},
            {"readers", list(variable.readers,
                             [&](const VariableReader& reader) {
                               const facts::Read& read = runs_.images()[reader.images.front()].facts->reads[reader.read];
                               Json entry = {{"process", image(reader.images.front())}, {"kind", facts::toString(read.kind)}};
                               entry.update(place(reader.place));
                               entry["processes"] = reader.images.size();
                               entry["count"] = reader.count;
                               return entry;
                             })},
            {"shadowed_files", list(variable.shadowed_files, [&](const ShadowedFile& file) -> Json {
               Json json = {{"process", image(file.image)}};
               json.update(fileLine(file.path, file.line));
               return json;
             })}};
  }

  Json programs() const {
    return list(report_.programs, [&](const ProgramReport& of) -> Json {
      const facts::Program& program = report_.sources->programs[of.program];
      return {{"id", program.id},
              {"name", orNull(program.name.value_or(""))},
              {"file", printable(program.file)},
              {"line", program.line},
              {"processes", of.images.size()},
              {"fully_observed", of.fully_observed},
              {"unknown_reads", program.unknown_reads},
              {"predicted_and_asked", strings(of.both)},
              {"only_predicted", strings(of.only_predicted)},
              {"only_asked", strings(of.only_observed)},
              {"asked_by_libraries", strings(of.by_libraries)}};
    });
  }

  Json laundered(const Laundered& of) const {
    Json json = {{"name", name(of.name)}, {"writer", image(of.writer)}, {"reader", image(of.reader)}};
    json.update(fileLine(of.path, of.line));
    json["count"] = of.count;
    return json;
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
            {"edges_of_scripts", of.edges_of_scripts},
            {"edges_outside", of.edges_outside},
            {"edges_unlocated", of.edges_unlocated},
            {"edges_failed", of.edges_failed},
            {"static_reads", of.static_reads},
            {"static_reads_observed", of.static_reads_observed},
            {"observed_reads", of.observed_reads},
            {"observed_reads_predicted", of.observed_reads_predicted},
            {"names_predicted_and_asked", of.names_both},
            {"names_only_predicted", of.names_only_predicted},
            {"names_only_asked", of.names_only_observed},
            {"processes", of.images},
            {"observations", observations}};
  }

  Json finding(const Finding& finding) const {
    Json json = {{"rule", finding.rule},
                 {"level", toString(finding.level)},
                 {"message", printable(finding.message)},
                 {"site", finding.site ? Json(report_.site(*finding.site)) : Json(nullptr)},
                 {"process", finding.image ? Json(image(*finding.image)) : Json(nullptr)},
                 {"edge", finding.edge ? Json(edgeId(*finding.edge)) : Json(nullptr)},
                 {"variable", finding.variable ? Json(name(*finding.variable)) : Json(nullptr)}};
    json.update(place(finding.place));
    json["count"] = finding.count;
    json["fingerprint"] = finding.fingerprint;
    return json;
  }

  Json baseline() const {
    if (!report_.baseline) return nullptr;
    return {{"file", printable(report_.baseline->file)},
            {"known", report_.baseline->known},
            {"absent", list(report_.baseline->absent, [](const BaselineEntry& entry) -> Json {
               return {{"rule", entry.rule},
                       {"level", toString(entry.level)},
                       {"message", printable(entry.message)},
                       {"file", printable(entry.file)},
                       {"function", printable(entry.function)},
                       {"fingerprint", entry.fingerprint}};
             })}};
  }

  const Report& report_;
  const Runs& runs_;
  std::string text_;
};

}  // namespace

std::string renderJson(const Report& report) { return Renderer(report).render(); }

}  // namespace envleak::reports
