#include "facts/static_facts.h"
#include "facts/static_facts_text.h"

#include "facts/enum_names.h"
#include "facts/json_fields.h"
#include "facts/text.h"
#include "facts/version.h"

#include <algorithm>

namespace envleak::facts {
namespace {

constexpr std::string_view schema = "envleak-static-facts/1";

constexpr EnumNames<EnvironmentClass, 8> environmentNames{{
    {EnvironmentClass::inherited, "inherited"},
    {EnvironmentClass::forwarded, "forwarded"},
    {EnvironmentClass::extended, "extended"},
    {EnvironmentClass::filtered, "filtered"},
    {EnvironmentClass::explicit_, "explicit"},
    {EnvironmentClass::empty, "empty"},
    {EnvironmentClass::from_caller, "from-caller"},
    {EnvironmentClass::unknown, "unknown"},
}};
constexpr EnumNames<SiteKind, 3> kindNames{
    {{SiteKind::direct, "direct"}, {SiteKind::indirect, "indirect"}, {SiteKind::wrapper, "wrapper"}}};
constexpr EnumNames<WriteKind, 5> writeNames{{{WriteKind::set, "set"},
                                              {WriteKind::put, "put"},
                                              {WriteKind::unset, "unset"},
                                              {WriteKind::clear, "clear"},
                                              {WriteKind::assign, "assign"}}};
constexpr EnumNames<UnitStatus, 7> unitNames{{{UnitStatus::complete, "complete"},
                                              {UnitStatus::partial, "partial"},
                                              {UnitStatus::failed, "failed"},
                                              {UnitStatus::crashed, "crashed"},
                                              {UnitStatus::timeout, "timeout"},
                                              {UnitStatus::missing, "missing"},
                                              {UnitStatus::skipped, "skipped"}}};
constexpr EnumNames<RepairKind, 10> repairNames{{{RepairKind::launcher, "launcher"},
                                                 {RepairKind::response_file, "response-file"},
                                                 {RepairKind::dropped_flag, "dropped-flag"},
                                                 {RepairKind::ignored_flag, "ignored-flag"},
                                                 {RepairKind::compiler_headers, "compiler-headers"},
                                                 {RepairKind::precompiled_header, "precompiled-header"},
                                                 {RepairKind::modules, "modules"},
                                                 {RepairKind::target, "target"},
                                                 {RepairKind::headers, "headers"},
                                                 {RepairKind::headers_unknown, "headers-unknown"}}};

Json pathToJson(const std::vector<PathStep>& path) {
  return listToJson(path, [](const PathStep& step) -> Json {
    return {{"file", printable(step.file)}, {"line", step.line}, {"column", step.column}, {"note", printable(step.note)}};
  });
}

PathStep stepFromJson(const Json& step) {
  return {field<std::string>(step, "file"), field<unsigned>(step, "line"), fieldOr(step, "column", 0U),
          field<std::string>(step, "note")};
}

// A list that older files do not have.
template <typename T, typename Parse>
std::vector<T> listFieldOr(const Json& object, const char* name, Parse parse) {
  if (!object.is_object() || !object.contains(name)) return {};
  return listField<T>(object, name, parse);
}

Json printables(const std::vector<std::string>& names) {
  Json all = Json::array();
  for (const std::string& name : names) all.push_back(printable(name));
  return all;
}

Json siteToJson(const SpawnSite& site) {
  Json positions = Json::array();
  for (const Position& position : site.positions) positions.push_back({position.line, position.column});
  return {{"id", site.id},
          {"kind", toString(site.kind)},
          {"file", printable(site.file)},
          {"line", site.line},
          {"column", site.column},
          {"end_line", site.end_line},
          {"positions", positions},
          {"code", hexOf(site.code)},
          {"tail", site.tail},
          {"callee", printable(site.callee)},
          {"function", printable(site.function)},
          {"environment", toString(site.environment)},
          {"reason", printable(site.reason)},
          {"variables",
           {{"set", printables(site.variables.set)},
            {"unset", printables(site.variables.unset)},
            {"kept", printables(site.variables.kept)},
            {"open", site.variables.open}}},
          {"path", pathToJson(site.path)},
          {"spawns", site.spawns},
          {"callers", site.callers},
          {"decided_at", site.decided_at},
          {"program", site.program ? Json(printable(*site.program)) : Json(nullptr)},
          {"children", site.children},
          {"rule", site.rule},
          {"suppressed", site.suppressed},
          {"suppression", printable(site.suppression)}};
}

SpawnSite siteFromJson(const Json& json) {
  SpawnSite site;
  site.id = field<std::string>(json, "id");
  site.kind = valueOf(kindNames, field<std::string>(json, "kind"), "kind");
  site.file = field<std::string>(json, "file");
  site.line = field<unsigned>(json, "line");
  site.column = field<unsigned>(json, "column");
  site.end_line = field<unsigned>(json, "end_line");
  for (const auto& [line, column] : fieldOr<std::vector<std::pair<Json, Json>>>(json, "positions", {}))
    site.positions.push_back({valueAs<unsigned>(line, "positions"), valueAs<unsigned>(column, "positions")});
  if (json.contains("code")) site.code = hexField(json, "code");
  site.tail = fieldOr(json, "tail", false);
  site.callee = field<std::string>(json, "callee");
  site.function = field<std::string>(json, "function");
  site.environment = valueOf(environmentNames, field<std::string>(json, "environment"), "environment class");
  site.reason = field<std::string>(json, "reason");
  if (json.contains("variables")) {
    const Json& variables = json.at("variables");
    site.variables = {field<std::vector<std::string>>(variables, "set"), field<std::vector<std::string>>(variables, "unset"),
                      field<std::vector<std::string>>(variables, "kept"), field<bool>(variables, "open")};
  }
  site.path = listField<PathStep>(json, "path", stepFromJson);
  site.spawns = fieldOr<std::vector<std::string>>(json, "spawns", {});
  site.callers = fieldOr<std::vector<std::string>>(json, "callers", {});
  site.decided_at = fieldOr<std::string>(json, "decided_at", "");
  site.program = optionalField<std::string>(json, "program");
  site.children = fieldOr<std::vector<std::string>>(json, "children", {});
  site.rule = field<std::string>(json, "rule");
  site.suppressed = field<bool>(json, "suppressed");
  site.suppression = fieldOr<std::string>(json, "suppression", "");
  return site;
}

// The fields that reads and writes share.
template <typename Access>
Json accessToJson(const Access& access) {
  return {{"file", printable(access.file)},
          {"line", access.line},
          {"column", access.column},
          {"function", printable(access.function)},
          {"callee", printable(access.callee)},
          {"name", access.name ? Json(printable(*access.name)) : Json(nullptr)},
          {"path", pathToJson(access.path)}};
}

template <typename Access>
Access accessFromJson(const Json& json) {
  Access access;
  access.file = field<std::string>(json, "file");
  access.line = field<unsigned>(json, "line");
  access.column = field<unsigned>(json, "column");
  access.function = field<std::string>(json, "function");
  access.callee = field<std::string>(json, "callee");
  access.name = optionalField<std::string>(json, "name");
  access.path = listFieldOr<PathStep>(json, "path", stepFromJson);
  return access;
}

Json hazardToJson(const Hazard& hazard) {
  return {{"rule", hazard.rule},
          {"file", printable(hazard.file)},
          {"line", hazard.line},
          {"column", hazard.column},
          {"function", printable(hazard.function)},
          {"message", printable(hazard.message)},
          {"suppressed", hazard.suppressed},
          {"suppression", printable(hazard.suppression)}};
}

Hazard hazardFromJson(const Json& json) {
  return {field<std::string>(json, "rule"),     field<std::string>(json, "file"),
          field<unsigned>(json, "line"),        field<unsigned>(json, "column"),
          field<std::string>(json, "function"), field<std::string>(json, "message"),
          field<bool>(json, "suppressed"),      fieldOr<std::string>(json, "suppression", "")};
}

Json unitToJson(const Unit& unit) {
  return {{"file", printable(unit.file)},
          {"status", toString(unit.status)},
          {"errors", stringsToJson(unit.errors)},
          {"repairs", listToJson(unit.repairs,
                                 [](const Repair& repair) -> Json {
                                   return {{"kind", toString(repair.kind)}, {"detail", printable(repair.detail)}};
                                 })},
          {"commands", unit.commands},
          {"unseen_mentions", unit.unseen_mentions}};
}

Unit unitFromJson(const Json& json) {
  Unit unit;
  unit.file = field<std::string>(json, "file");
  unit.status = valueOf(unitNames, field<std::string>(json, "status"), "unit status");
  unit.errors = field<std::vector<std::string>>(json, "errors");
  unit.repairs = listFieldOr<Repair>(json, "repairs", [](const Json& element) {
    return Repair{valueOf(repairNames, field<std::string>(element, "kind"), "kind of repair"),
                  field<std::string>(element, "detail")};
  });
  unit.commands = fieldOr(json, "commands", 1U);
  unit.unseen_mentions = fieldOr(json, "unseen_mentions", 0U);
  return unit;
}

Json programToJson(const Program& program) {
  return {{"id", program.id},
          {"name", program.name ? Json(printable(*program.name)) : Json(nullptr)},
          {"main", {{"file", printable(program.file)}, {"line", program.line}}},
          {"known_from", program.known_from},
          {"units", stringsToJson(program.units)},
          {"reads", listToJson(program.reads,
                               [](const Program::Read& read) -> Json {
                                 return {{"name", printable(read.name)},
                                         {"file", printable(read.file)},
                                         {"line", read.line},
                                         {"column", read.column}};
                               })},
          {"unknown_reads", program.unknown_reads}};
}

Program programFromJson(const Json& json) {
  Program program;
  program.id = field<std::string>(json, "id");
  program.name = optionalField<std::string>(json, "name");
  Json main = field<Json>(json, "main");
  program.file = field<std::string>(main, "file");
  program.line = field<unsigned>(main, "line");
  program.known_from = field<std::string>(json, "known_from");
  program.units = field<std::vector<std::string>>(json, "units");
  program.reads = listField<Program::Read>(json, "reads", [](const Json& read) {
    return Program::Read{field<std::string>(read, "name"), field<std::string>(read, "file"),
                         field<unsigned>(read, "line"), field<unsigned>(read, "column")};
  });
  program.unknown_reads = field<unsigned>(json, "unknown_reads");
  return program;
}

Json withSites(const StaticFacts& facts, Json sites) {
  return {{"schema", schema},
          {"tool", {{"name", "envleak"}, {"version", version}}},
          {"root", printable(facts.root)},
          {"spawn_sites", std::move(sites)},
          {"environment_reads", listToJson(facts.environment_reads, accessToJson<EnvironmentRead>)},
          {"environment_writes", listToJson(facts.environment_writes,
                                            [](const EnvironmentWrite& write) {
                                              Json json = accessToJson(write);
                                              json["kind"] = toString(write.kind);
                                              return json;
                                            })},
          {"hazards", listToJson(facts.hazards, hazardToJson)},
          {"wrappers", listToJson(facts.wrappers,
                                  [](const Wrapper& wrapper) -> Json {
                                    return {{"function", printable(wrapper.function)},
                                            {"file", printable(wrapper.file)},
                                            {"line", wrapper.line},
                                            {"environment", toString(wrapper.environment)}};
                                  })},
          {"units", listToJson(facts.units, unitToJson)},
          {"other_names", listToJson(facts.other_names,
                                     [](const OtherName& other) -> Json {
                                       return {{"name", printable(other.name)}, {"file", printable(other.file)}};
                                     })},
          {"skipped", listToJson(facts.skipped,
                                 [](const SkippedEntry& entry) -> Json {
                                   return {{"file", printable(entry.file)}, {"language", printable(entry.language)}};
                                 })},
          {"programs", listToJson(facts.programs, programToJson)},
          {"suppressions", listToJson(facts.suppressions, [](const Suppression& suppression) -> Json {
             return {{"file", printable(suppression.file)},
                     {"line", suppression.line},
                     {"rule", suppression.rule},
                     {"reason", printable(suppression.reason)},
                     {"used", suppression.used},
                     {"covers", suppression.covers}};
           })}};
}

}  // namespace

std::string_view toString(EnvironmentClass value) { return nameOf(environmentNames, value); }
std::string_view toString(SiteKind value) { return nameOf(kindNames, value); }
std::string_view toString(WriteKind value) { return nameOf(writeNames, value); }
std::string_view toString(UnitStatus value) { return nameOf(unitNames, value); }
std::string_view toString(RepairKind value) { return nameOf(repairNames, value); }

WriteKind writeKindFromString(std::string_view name) { return valueOf(writeNames, name, "kind of write"); }
EnvironmentClass environmentClassFromString(std::string_view name) {
  return valueOf(environmentNames, name, "environment class");
}

bool handsOn(EnvironmentClass value) {
  return value == EnvironmentClass::inherited || value == EnvironmentClass::forwarded ||
         value == EnvironmentClass::extended;
}

bool hasLostParts(UnitStatus status) { return status != UnitStatus::complete && status != UnitStatus::skipped; }

bool StaticFacts::complete() const {
  return std::ranges::none_of(units, [](const Unit& unit) { return hasLostParts(unit.status); }) &&
         std::ranges::all_of(skipped, [](const SkippedEntry& entry) { return entry.language == "assembler"; });
}

Json toJson(const StaticFacts& facts) { return withSites(facts, listToJson(facts.spawn_sites, siteToJson)); }

std::string textOf(const StaticFacts& facts) {
  const std::string text = withSites(facts, Json::array()).dump(1) + "\n";
  constexpr std::string_view empty = "\n \"spawn_sites\": [";
  const std::size_t start = text.find(empty) + empty.size();
  std::string all = text.substr(0, start);
  for (const SpawnSite& site : facts.spawn_sites) {
    all += &site == &facts.spawn_sites.front() ? "\n  " : ",\n  ";
    // No string has a line break in its text.
    for (char c : siteToJson(site).dump(1)) {
      all += c;
      if (c == '\n') all += "  ";
    }
  }
  if (!facts.spawn_sites.empty()) all += "\n ";
  return all + text.substr(start);
}

StaticFacts staticFactsFromJson(const std::string& text, const std::string& origin) {
  Json json = parseDocument(text, origin, schema, "write it with 'envleak scan --format json -o FILE'");
  try {
    StaticFacts facts;
    facts.root = field<std::string>(json, "root");
    facts.spawn_sites = listField<SpawnSite>(json, "spawn_sites", siteFromJson);
    facts.environment_reads =
        listField<EnvironmentRead>(json, "environment_reads", accessFromJson<EnvironmentRead>);
    facts.environment_writes = listField<EnvironmentWrite>(json, "environment_writes", [](const Json& element) {
      auto write = accessFromJson<EnvironmentWrite>(element);
      write.kind = writeKindFromString(field<std::string>(element, "kind"));
      return write;
    });
    if (json.contains("hazards")) facts.hazards = listField<Hazard>(json, "hazards", hazardFromJson);
    facts.wrappers = listField<Wrapper>(json, "wrappers", [](const Json& element) {
      return Wrapper{field<std::string>(element, "function"), field<std::string>(element, "file"),
                     field<unsigned>(element, "line"),
                     valueOf(environmentNames, field<std::string>(element, "environment"), "environment class")};
    });
    facts.units = listField<Unit>(json, "units", unitFromJson);
    facts.other_names = listFieldOr<OtherName>(json, "other_names", [](const Json& element) {
      return OtherName{field<std::string>(element, "name"), field<std::string>(element, "file")};
    });
    facts.skipped = listFieldOr<SkippedEntry>(json, "skipped", [](const Json& element) {
      return SkippedEntry{field<std::string>(element, "file"), field<std::string>(element, "language")};
    });
    facts.programs = listFieldOr<Program>(json, "programs", programFromJson);
    facts.suppressions = listField<Suppression>(json, "suppressions", [](const Json& element) {
      return Suppression{field<std::string>(element, "file"), field<unsigned>(element, "line"),
                         field<std::string>(element, "rule"), field<std::string>(element, "reason"),
                         field<bool>(element, "used"), fieldOr(element, "covers", field<unsigned>(element, "line"))};
    });
    return facts;
  } catch (const InputError& error) {
    throw InputError(origin + ": " + error.what() + "; write the file anew with 'envleak scan --format json'");
  }
}

}  // namespace envleak::facts
