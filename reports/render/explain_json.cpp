// The answers of 'envleak explain' as JSON, by the names of share/envleak/schema/explanation.schema.json.
#include "reports/render/answers.h"
#include "reports/render/json_parts.h"

#include "reports/investigate/investigation.h"
#include "reports/investigate/onward.h"

#include <algorithm>

namespace envleak::reports {
namespace {

using namespace json;

class ExplanationJson {
 public:
  explicit ExplanationJson(const Report& report) : report_(report), runs_(*report.runs) {}

  Json render(const Answers& answers) const {
    Json json = document("envleak-explanation/1");
    json["root"] = orNull(report_.files->root());
    json["runs"] = json::runs(runs_);
    json["variable"] = answers.name ? variable(*answers.name, answers.selected) : Json(nullptr);
    json["processes"] = list(answers.processes, [&](const ProcessView& view) { return process(view); });
    json["edges"] = list(answers.edges, [&](const EdgeView& view) { return edge(view); });
    json["minimal"] = list(answers.minimal, [&](const MinimalEnvironment& of) { return minimal(of); });
    return json;
  }

 private:
  std::string name(NameId id) const { return printable(runs_.names()[id]); }
  const std::string& image(Index i) const { return runs_.images()[i].id; }
  Json images(const std::vector<Index>& list_of) const {
    return list(list_of, [&](Index i) { return image(i); });
  }
  Json names(const std::vector<NameId>& list_of) const {
    return list(list_of, [&](NameId id) { return name(id); });
  }
  Json runIds(const std::vector<Index>& list_of) const {
    return list(list_of, [](Index run) { return "r" + std::to_string(run + 1); });
  }
  Json places(const std::vector<Place>& list_of) const {
    return list(list_of, [](const Place& of) { return place(of); });
  }

  Json origin(const Origin& of) const {
    Json json = {{"kind", toString(of.kind)},
                 {"process", image(of.image)},
                 {"api", of.kind == Origin::Kind::write ? orNull(runs_.images()[of.image].facts->writes[of.write].api)
                                                        : Json(nullptr)}};
    json.update(place(of.place));
    return json;
  }

  Json shadowed(const ShadowedFile& file) const {
    return {{"process", image(file.image)},
            {"name", name(file.name)},
            {"file", printable(report_.files->display(file.path))},
            {"line", file.line}};
  }

  Json observation(const facts::Image& image) const {
    return {{"status", facts::toString(image.observation)}, {"reasons", strings(image.reasons)}};
  }

  Json unobserved(const std::vector<Index>& list_of) const {
    return list(list_of, [&](Index i) -> Json {
      return {{"process", image(i)}, {"observation", observation(*runs_.images()[i].facts)}};
    });
  }

  Json handover(const facts::Edge& edge) const {
    return {{"kind", toString(handoverOf(edge).kind)}, {"compared", edge.compared},
            {"crossed", strings(edge.crossed)},        {"added", strings(edge.added)},
            {"changed", strings(edge.changed)},        {"removed", strings(edge.removed)}};
  }

  Json read(Index of, std::uint32_t index, std::uint64_t count, const Place& at) const {
    const facts::Read& facts = runs_.images()[of].facts->reads[index];
    Json json = {{"name", printable(facts.name)},
                 {"kind", facts::toString(facts.kind)},
                 {"set", facts.set},
                 {"process", image(of)}};
    json.update(place(at));
    json["count"] = count;
    return json;
  }

  Json variable(const std::string& wanted, const std::vector<bool>& selected) const {
    History history;
    std::optional<NameId> id = runs_.find(wanted);
    if (id) history = Provenance(runs_, *report_.files).of(*id);
    auto elsewhere = [&](const auto& entry) { return !selected[entry.image]; };
    std::erase_if(history.carriers, elsewhere);
    std::erase_if(history.reads, elsewhere);
    std::erase_if(history.asked, elsewhere);
    std::erase_if(history.shadowed, [&](const auto& entry) { return !selected[entry.second.image]; });
    std::set<Index> readers;
    for (const History::ReadBy& by : history.reads) readers.insert(by.image);
    std::vector<Index> unread, unsure;
    for (const Carrier& carrier : history.carriers) {
      const bool full = runs_.images()[carrier.image].facts->observation == facts::Observation::full;
      if (!full)
        unsure.push_back(carrier.image);
      else if (!readers.contains(carrier.image))
        unread.push_back(carrier.image);
    }
    std::vector<Index> received_unknown;
    for (Index i = 0; i < selected.size(); ++i)
      if (selected[i] && !receivedKnown(runs_, runs_.images()[i])) received_unknown.push_back(i);
    return {
        {"name", printable(wanted)},
        {"class", id ? Json(toString(report_.classes[*id])) : Json(nullptr)},
        {"arrivals", list(history.carriers, [&](const Carrier& carrier) { return arrival(wanted, history, carrier); })},
        {"reads", readBy(history.reads, true)},
        {"asked", readBy(history.asked, false)},
        {"unread_by", images(unread)},
        {"unobserved", unobserved(unsure)},
        {"environment_unknown", images(received_unknown)},
        {"shadowed_files", list(history.shadowed, [&](const auto& entry) { return shadowed(entry.second); })},
        {"files", id ? files(*id, selected) : Json::array()},
        {"not_followed", waysNotFollowed()}};
  }

  Json arrival(const std::string& wanted, const History& history, const Carrier& carrier) const {
    const RunImage& of = runs_.images()[carrier.image];
    Json how = nullptr;
    if (of.incoming) {
      const facts::Edge& edge = *runs_.edges()[*of.incoming].facts;
      auto listed = [&](const std::vector<std::string>& names) {
        return std::ranges::find(names, wanted) != names.end();
      };
      how = !edge.compared ? "unknown" : listed(edge.crossed) ? "crossed" : listed(edge.added) ? "added" : "changed";
    }
    return {{"process", image(carrier.image)},
            {"edge", of.incoming ? Json(runs_.edges()[*of.incoming].id) : Json(nullptr)},
            {"how", how},
            {"origin", origin(history.origins[carrier.origin])}};
  }

  Json readBy(const std::vector<History::ReadBy>& list_of, bool set) const {
    return list(list_of, [&](const History::ReadBy& by) {
      const facts::Read& facts = runs_.images()[by.image].facts->reads[by.read];
      Json json = read(by.image, by.read, facts.count, report_.files->place(facts.frames));
      json["own"] = set && !by.origin;
      return json;
    });
  }

  Json files(NameId id, const std::vector<bool>& selected) const {
    Json json = Json::array();
    for (const FilePassage& passage : passagesThroughFiles(report_, id))
      if (selected[passage.writer] || selected[passage.reader])
        json.push_back({{"writer", image(passage.writer)},
                        {"file", printable(report_.files->display(passage.path))},
                        {"line", passage.line},
                        {"reader", image(passage.reader)}});
    return json;
  }

  Json spawnedBy(const RunImage& of) const {
    if (!of.incoming) return nullptr;
    const RunEdge& edge = runs_.edges()[*of.incoming];
    Json json = {{"edge", edge.id}, {"process", image(edge.parent)}, {"api", printable(edge.facts->api)}};
    json.update(place(report_.files->place(edge.facts->frames)));
    json["callers"] = places(callersOf(report_, edge.facts->frames));
    return json;
  }

  Json process(const ProcessView& view) const {
    const RunImage& of = runs_.images()[view.image];
    auto reads = [&](const std::vector<ReadView>& list_of) {
      return list(list_of, [&](const ReadView& entry) {
        Json json = read(view.image, entry.read, entry.count, entry.place);
        json["own"] = entry.own;
        return json;
      });
    };
    Json from = list(view.from, [&](const VariablesFrom& group) -> Json {
      return {{"origin", origin(group.origin)},
              {"file",
               group.file ? Json{{"file", printable(report_.files->display(group.file->path))},
                                 {"line", group.file->line}}
                          : Json(nullptr)},
              {"names", names(group.names)}};
    });
    return {{"processes", list(view.alike,
                               [&](Index i) -> Json {
                                 const facts::Image& facts = *runs_.images()[i].facts;
                                 return {{"id", image(i)},
                                         {"pid", facts.pid},
                                         {"argv", strings(facts.argv)},
                                         {"exit", json::exit(facts.exit)}};
                               })},
            {"program", printable(of.facts->program)},
            {"observation", observation(*of.facts)},
            {"spawned_by", spawnedBy(of)},
            {"environment", of.incoming ? handover(*runs_.edges()[*of.incoming].facts) : Json(nullptr)},
            {"received", view.received_known ? from : Json(nullptr)},
            {"reads", reads(view.reads)},
            {"asked", reads(view.asked)},
            {"unread", names(view.unread)},
            {"perhaps_read", names(view.open)},
            {"writes", list(view.writes,
                            [&](const WriteView& entry) {
                              const facts::Write& write = of.facts->writes[entry.write];
                              Json json = {{"name", orNull(write.name)},
                                           {"kind", facts::toString(write.kind)},
                                           {"api", printable(write.api)}};
                              json.update(place(entry.place));
                              return json;
                            })},
            {"shadowed_files", list(view.shadowed, [&](const ShadowedFile& file) { return shadowed(file); })},
            {"spawns", list(view.spawns, [&](const SpawnsView& spawns) {
               Json json = {{"edges", list(spawns.edges, [&](Index e) { return runs_.edges()[e].id; })},
                            {"program", printable(spawns.program)},
                            {"error", runs_.edges()[spawns.edges.front()].facts->error},
                            {"environment", toString(spawns.handover.kind)}};
               json.update(place(spawns.place));
               return json;
             })}};
  }

  Json readings(const std::vector<SiteReading>& list_of) const {
    return list(list_of, [&](const SiteReading& reading) {
      Json json = read(reading.image, reading.read, reading.count, reading.place);
      json["processes"] = reading.processes;
      return json;
    });
  }

  Json edge(const EdgeView& view) const {
    const RunEdge& of = runs_.edges()[view.edge];
    Json json = {{"id", of.id},
                 {"parent", image(of.parent)},
                 {"child", of.child ? Json(image(*of.child)) : Json(nullptr)},
                 {"api", printable(of.facts->api)},
                 {"program", printable(of.facts->program)},
                 {"error", of.facts->error}};
    json.update(place(report_.files->place(of.facts->frames)));
    json["callers"] = places(view.callers);
    json["environment"] = handover(*of.facts);
    json["origins"] = list(view.from, [&](const auto& group) -> Json {
      return {{"origin", origin(group.first)}, {"names", names(group.second)}};
    });
    json["reads"] = readings(view.read);
    json["unread"] = names(view.unread);
    json["perhaps_read"] = names(view.open);
    json["unobserved"] = unobserved(view.unobserved);
    return json;
  }

  Json minimal(const MinimalEnvironment& of) const {
    auto needed = [&](const std::vector<NeededName>& list_of) {
      return list(list_of, [&](const NeededName& entry) -> Json {
        return {{"name", name(entry.name)},
                {"class", toString(report_.classes[entry.name])},
                {"runs", runIds(entry.runs)},
                {"reads", readings(entry.readings)},
                {"origins", list(entry.origins, [&](const Origin& from) { return origin(from); })},
                {"shadowed_files", list(entry.shadowed, [&](const ShadowedFile& file) { return shadowed(file); })}};
      });
    };
    auto brought = [&](const std::vector<BroughtName>& list_of) {
      return list(list_of, [&](const BroughtName& entry) -> Json {
        return {{"name", name(entry.name)}, {"runs", runIds(entry.runs)}};
      });
    };
    return {{"program", printable(runs_.images()[of.images.front()].facts->program)},
            {"processes", images(of.images)},
            {"runs", runIds(of.runs)},
            {"read", needed(of.read)},
            {"looked_at", needed(of.looked_at)},
            {"unread", brought(of.unread)},
            {"perhaps_read", brought(of.open)},
            {"asked", names(of.asked)},
            {"unobserved", unobserved(of.unobserved)}};
  }

  const Report& report_;
  const Runs& runs_;
};

}  // namespace

std::string renderExplanationJson(const Report& report, const Answers& answers) {
  return ExplanationJson(report).render(answers).dump(1) + "\n";
}

}  // namespace envleak::reports
