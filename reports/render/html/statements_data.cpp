// What the report states: variables, findings, blind spots, agreement.
#include "reports/render/html/data.h"

namespace envleak::reports::html {

Json Data::readers(const VariableReport& variable) {
  Json json = Json::array();
  for (const VariableReader& reader : variable.readers) {
    const facts::Image& image = *runs_.images()[reader.images.front()].facts;
    const facts::Read& read = image.reads[reader.read];
    json.push_back({strings_.of(image.program), static_cast<std::uint64_t>(read.kind), shown(read.frames),
                    strings_.of(read.api), reader.count, indexes(reader.images)});
  }
  return json;
}

Json Data::variables() {
  Json json = Json::array();
  for (const VariableReport& variable : report_.variables) {
    Json out = {{"name", name(runs_.names()[variable.name])}, {"origin", nullptr}, {"origins", variable.origins}};
    if (variable.origin) {
      const Origin& of = *variable.origin;
      bool by_edge = of.kind == Origin::Kind::edge || of.kind == Origin::Kind::unseen;
      out["origin"] = {
          {"kind", toString(of.kind)},
          {"image", of.image},
          {"edge", by_edge ? of.edge + 1 : 0},
          {"api", of.kind == Origin::Kind::write ? clean(runs_.images()[of.image].facts->writes[of.write].api) : ""},
          {"place", shown(of.place)}};
    }
    out["carriers"] = indexes(variable.carriers);
    out["path"] = indexes(variable.path);
    out["readers"] = readers(variable);
    Json& shadowed = out["shadowed"] = Json::array();
    for (const ShadowedFile& file : variable.shadowed_files)
      shadowed.push_back({file.image, clean(report_.files->display(file.path)), file.line, file.dotenv});
    json.push_back(std::move(out));
  }
  return json;
}

Json Data::findings() {
  Json json = Json::array();
  for (const Finding& finding : report_.findings) {
    // A configuration file's line holds a value, perhaps a secret one.
    bool may_show = finding.rule != "envleak-shadowed-file" && finding.rule != "envleak-laundered";
    json.push_back({{"rule", clean(finding.rule)},
                    {"level", toString(finding.level)},
                    {"message", clean(finding.message)},
                    {"site", finding.site ? *finding.site + 1 : 0},
                    {"image", finding.image ? *finding.image + 1 : 0},
                    {"edge", finding.edge ? *finding.edge + 1 : 0},
                    {"name", finding.variable ? name(runs_.names()[*finding.variable]) + 1 : 0},
                    {"place", may_show ? shown(finding.place) : place(finding.place)},
                    {"count", finding.count},
                    {"fingerprint", clean(finding.fingerprint)}});
  }
  return json;
}

// Findings that do not count, by why and with how many.
Json Data::setAside() const {
  std::map<Aside, std::uint64_t> counts;
  for (const SetAside& aside : report_.set_aside) ++counts[aside.why];
  Json json = Json::array();
  for (const auto& [why, count] : counts) json.push_back({toString(why), count});
  return json;
}

Json Data::laundered() {
  Json json = Json::array();
  for (const Laundered& value : report_.laundered)
    json.push_back({name(runs_.names()[value.name]), value.writer, value.reader,
                    clean(report_.files->display(value.path)), value.line});
  return json;
}

Json Data::blindSpots() {
  Columns columns({"kind", "detail", "image"});
  for (Index run = 0; run < runs_.runs().size(); ++run) {
    for (const facts::BlindSpot& spot : runs_.runs()[run]->blind_spots) {
      std::uint64_t image = spot.process ? *runs_.find(run, *spot.process) + 1 : 0;
      columns.add({strings_.of(spot.kind), strings_.of(spot.detail), image});
    }
  }
  if (report_.sources != nullptr) {
    for (const facts::Unit& unit : report_.sources->units) {
      if (!facts::hasLostParts(unit.status)) continue;
      std::string errors;
      for (const std::string& error : unit.errors) errors += (errors.empty() ? ": " : "; ") + error;
      columns.add({strings_.of("unit-" + std::string(toString(unit.status))), strings_.of(unit.file + errors), 0});
    }
    for (const facts::SkippedEntry& entry : report_.sources->skipped)
      columns.add({strings_.of("not-c-or-c++"), strings_.of(entry.file + ": " + entry.language), 0});
  }
  return columns.json();
}

Json Data::agreement() const {
  const Agreement& of = report_.agreement;
  return {{"sites", of.sites},
          {"sites_exercised", of.sites_exercised},
          {"sites_suppressed", of.sites_suppressed},
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
          {"observed_reads_predicted", of.observed_reads_predicted}};
}

}  // namespace envleak::reports::html
