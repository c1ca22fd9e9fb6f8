// What differs between two runs, by the names of share/envleak/schema/comparison.schema.json.
#include "reports/render/answers.h"
#include "reports/render/json_parts.h"

namespace envleak::reports {
namespace {

using namespace json;

template <typename Enum>
Json namesOf(const std::set<Enum>& values) {
  Json json = Json::array();
  for (Enum value : values) json.push_back(toString(value));
  return json;
}

Json textsOf(const Described& described) {
  Json json = Json::array();
  for (const auto& [key, text] : described) json.push_back(printable(text));
  return json;
}

Json sideToJson(const Side& side) {
  return {{"presence", namesOf(side.presence)},
          {"arrival", namesOf(side.arrival)},
          {"origins", side.origins_known ? textsOf(side.origins) : Json(nullptr)},
          {"reading", namesOf(side.reading)},
          {"places", textsOf(side.places)},
          {"values", list(side.values, [](const std::string& value) { return printable(value); })}};
}

Json differenceToJson(const VariableDifference& of) {
  return {{"name", of.name},
          {"class", toString(of.classified)},
          {"differs", list(of.differs, [](Facet facet) { return toString(facet); })},
          {"runs", list(of.sides, sideToJson)}};
}

Json programToJson(const ProgramComparison& of) {
  auto chains = [](const std::vector<Chain>& of_run) {
    return list(of_run, [](const Chain& chain) { return strings(chain); });
  };
  return {{"program", strings(of.match.shown)},
          {"chains", Json::array({chains(of.match.first), chains(of.match.second)})},
          {"processes", Json::array({of.processes[0], of.processes[1]})},
          {"differences", list(of.differences, differenceToJson)},
          {"undecided", list(of.undecided,
                             [](const Undecided& open) -> Json {
                               return {{"name", open.name}, {"facet", toString(open.facet)}, {"why", open.why}};
                             })},
          {"values_not_comparable", strings(of.values_not_comparable)}};
}

}  // namespace

std::string renderComparisonJson(const Comparison& comparison) {
  Json json = document("envleak-comparison/1");
  json["runs"] = list(comparison.runs, [](const Comparison::Run& run) -> Json {
    return {{"file", printable(run.file)},
            {"command", printable(run.command)},
            {"processes", run.processes},
            {"incomplete", run.incomplete}};
  });
  json["differs"] = comparison.differs();
  json["programs"] = list(comparison.programs, programToJson);
  return json.dump(1) + "\n";
}

}  // namespace envleak::reports
