// Findings as SARIF 2.1.0, in the form that code scanning services take: one run, relative URIs, stable fingerprints,
// the way through wrappers as code flows. GitHub ignores `suppressions` and `baselineState`: what it shall not show is left
// out unless all is asked for.
#include "reports/fixes/fixes.h"
#include "reports/render/render.h"
#include "reports/render/rules.h"

#include "facts/error.h"
#include "facts/text.h"
#include "facts/version.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace envleak::reports {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view rootName = "SRCROOT";
constexpr std::size_t shownCallers = 20;
constexpr std::size_t shownReads = 5;
constexpr std::size_t shownResults = 5000;  // as many as GitHub shows

Json message(std::string_view text) { return {{"text", printable(text)}}; }

// RFC 3986: the bytes of a path, all but unreserved characters and '/' encoded.
std::string uriOf(std::string_view path) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string uri;
  for (char c : path) {
    auto byte = static_cast<unsigned char>(c);
    bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                 std::string_view("-._~/+").find(c) != std::string_view::npos;
    if (plain)
      uri += c;
    else
      uri += {'%', digits[byte >> 4], digits[byte & 15]};
  }
  return uri;
}

Json artifact(const std::string& file) {
  if (file.starts_with('/')) return {{"uri", "file://" + uriOf(file)}};
  return {{"uri", uriOf(file)}, {"uriBaseId", rootName}};
}

std::size_t codePoints(std::string_view text) {
  return static_cast<std::size_t>(
      std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

class Sarif {
 public:
  Sarif(const Report& report, SarifScope scope) : report_(report), scope_(scope), fixes_(suggestFixes(report)) {
    if (report.sources != nullptr)
      for (Index i = 0; i < report.sources->spawn_sites.size(); ++i)
        sites_.try_emplace(report.sources->spawn_sites[i].id, i);
    for (const FileFixes& file : fixes_)
      for (const Fix& fix : file.fixes) fix_of_.try_emplace(fix.site, std::pair(&file, &fix));
  }

  Json render() {
    Json list = Json::array();
    for (const Rule& rule : rules()) list.push_back(ruleJson(rule));
    Json driver = {{"name", "envleak"}, {"version", version}, {"semanticVersion", version}, {"rules", std::move(list)}};
    Json run = {{"tool", {{"driver", std::move(driver)}}}};
    Json invocation = {{"executionSuccessful", true}};
    if (Json lost = notifications(); !lost.empty()) invocation["toolExecutionNotifications"] = std::move(lost);
    run["invocations"] = Json::array({std::move(invocation)});
    if (const std::string& root = report_.files->root(); root.starts_with('/'))
      run["originalUriBaseIds"] = {{rootName, {{"uri", "file://" + uriOf(root) + (root.ends_with('/') ? "" : "/")}}}};
    run["columnKind"] = "unicodeCodePoints";
    Json results = Json::array();
    for (const Finding& finding : report_.findings) {
      if (scope_ == SarifScope::counted && results.size() == shownResults) break;
      results.push_back(result(finding));
      if (report_.baseline) results.back()["baselineState"] = "new";
    }
    if (scope_ == SarifScope::all) addOthers(results);
    run["results"] = std::move(results);
    return {{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
            {"version", "2.1.0"},
            {"runs", Json::array({std::move(run)})}};
  }

 private:
  static Json ruleJson(const Rule& rule) {
    std::string help = std::string(rule.full) + "\n\n" + std::string(rule.remedy);
    Json json = {{"id", rule.id},
                 {"name", rule.id},
                 {"shortDescription", message(rule.brief)},
                 {"fullDescription", message(rule.full)},
                 {"help", {{"text", help}, {"markdown", help}}},
                 {"defaultConfiguration", {{"level", "warning"}}}};
    Json properties = {{"precision", rule.id == "envleak-unknown" ? "medium" : "high"},
                       {"tags", Json::array({"environment"})}};
    if (!rule.severity.empty()) {
      properties["security-severity"] = rule.severity;
      properties["tags"] = Json::array({"security", "environment"});
    }
    json["properties"] = std::move(properties);
    return json;
  }

  Json notifications() const {
    Json list = Json::array();
    if (scope_ == SarifScope::counted && report_.findings.size() > shownResults)
      list.push_back({{"level", "warning"},
                      {"message", message("only the worst " + std::to_string(shownResults) + " of " +
                                          std::to_string(report_.findings.size()) + " findings are in this file")}});
    if (report_.sources == nullptr) return list;
    for (const facts::Unit& unit : report_.sources->units) {
      if (unit.status == facts::UnitStatus::complete) continue;
      std::string text = "this unit was not parsed without errors (" + std::string(toString(unit.status)) +
                         "): what it spawns may be missing";
      if (!unit.errors.empty()) text += "; " + unit.errors.front();
      list.push_back({{"level", "warning"},
                      {"message", message(text)},
                      {"locations", Json::array({{{"physicalLocation", {{"artifactLocation", artifact(unit.file)}}}}})}});
    }
    return list;
  }

  // Columns are counted in characters; facts have bytes.
  unsigned column(const std::string& file, unsigned line, unsigned bytes) {
    if (bytes <= 1 || line == 0) return std::max(bytes, 1U);
    auto [entry, is_new] = lines_.try_emplace(file);
    if (is_new) entry->second = readLines(file);
    if (line > entry->second.size()) return bytes;
    return static_cast<unsigned>(codePoints(std::string_view(entry->second[line - 1]).substr(0, bytes - 1))) + 1;
  }

  std::vector<std::string> readLines(const std::string& file) const {
    std::vector<std::string> lines;
    std::string path = file.starts_with('/') ? file : report_.files->root() + "/" + file;
    try {
      std::string text = readFile(path, "source file");
      for (std::size_t at = 0; at < text.size();) {
        std::size_t end = std::min(text.find('\n', at), text.size());
        lines.push_back(text.substr(at, end - at));
        at = end + 1;
      }
    } catch (const InputError&) {
      // Not here: the columns stay bytes.
    }
    return lines;
  }

  Json location(const std::string& file, unsigned line, unsigned at, const std::string& function = {},
                const std::string& note = {}) {
    Json region = {{"startLine", std::max(line, 1U)}};
    if (at > 0) region["startColumn"] = column(file, line, at);
    Json json = {{"physicalLocation", {{"artifactLocation", artifact(file)}, {"region", std::move(region)}}}};
    if (!function.empty())
      json["logicalLocations"] = Json::array({{{"fullyQualifiedName", printable(function)}, {"kind", "function"}}});
    if (!note.empty()) json["message"] = message(note);
    return json;
  }

  Json siteLocation(const facts::SpawnSite& site, const std::string& note) {
    return location(site.file, site.line, site.column, site.function, note);
  }

  static Json flow(Json steps) {
    Json locations = Json::array();
    for (Json& step : steps) locations.push_back({{"location", std::move(step)}});
    return {{"threadFlows", Json::array({{{"locations", std::move(locations)}}})}};
  }

  // From a call down to the spawn.
  Json wayDown(const facts::SpawnSite& site, const std::string& note) {
    Json steps = Json::array({siteLocation(site, note)});
    for (const facts::PathStep& step : site.path)
      steps.push_back(location(step.file, step.line, step.column, {}, step.note));
    return steps;
  }

  Json codeFlows(const facts::SpawnSite& site) {
    Json flows = Json::array();
    if (!site.path.empty()) flows.push_back(flow(wayDown(site, "the environment is decided here")));
    for (const std::string& id : site.callers) {
      auto found = sites_.find(id);
      if (found == sites_.end() || flows.size() >= shownCallers) continue;
      const facts::SpawnSite& caller = report_.sources->spawn_sites[found->second];
      Json steps = wayDown(caller, "'" + caller.function + "' calls '" + caller.callee + "'");
      flows.push_back(flow(std::move(steps)));
    }
    return flows;
  }

  // Variables that were read: from where each was set, if that is known, over the spawn, to the read.
  Json provenance(const Finding& finding) {
    Json flows = Json::array();
    if (finding.rule == "envleak-shadowed-file" && finding.image && finding.variable) {
      const RunImage& image = report_.runs->images()[*finding.image];
      for (const ByName& entry : entriesOf(image.reads, *finding.variable)) {
        const Place read = report_.files->place(image.facts->reads[entry.index].frames);
        if (!image.facts->reads[entry.index].set || read.file.empty()) continue;
        addProvenance(flows, *finding.variable, finding.edge, read, "read");
        break;
      }
    } else if (finding.site && report_.sites[*finding.site].verdict == Verdict::confirmed) {
      std::set<NameId> shown;
      for (const SiteReading& reading : report_.sites[*finding.site].read)
        if (flows.size() < shownReads && !reading.place.file.empty() && shown.insert(reading.name).second) {
          const facts::Read& read = report_.runs->images()[reading.image].facts->reads[reading.read];
          addProvenance(flows, reading.name, reading.edge, reading.place,
                        read.kind == facts::ReadKind::read ? "read" : "looked at");
        }
    }
    return flows;
  }

  void addProvenance(Json& flows, NameId name, std::optional<Index> edge, const Place& read, std::string_view how) {
    Json steps = Json::array();
    const std::string variable(report_.runs->names()[name]);
    auto add = [&](const Place& place, const std::string& note) {
      if (!place.file.empty()) steps.push_back(location(place.file, place.line, place.column, place.function, note));
    };
    for (const VariableReport& report : report_.variables)
      if (report.name == name && report.origin && edge && std::ranges::find(report.path, *edge) != report.path.end()) {
        add(report.origin->place, variable + " is set here");
        break;
      }
    if (edge) add(report_.files->place(report_.runs->edges()[*edge].facts->frames), variable + " crosses to a child here");
    add(read, variable + " is " + std::string(how) + " here");
    if (steps.size() > 1) flows.push_back(flow(std::move(steps)));
  }

  Json fixJson(const FileFixes& file, const Fix& fix) const {
    Json replacements = Json::array();
    for (const Edit& edit : fix.edits)
      replacements.push_back(
          {{"deletedRegion", region(file.content, edit)}, {"insertedContent", {{"text", printable(edit.text)}}}});
    return {{"description", message(fix.description)},
            {"artifactChanges",
             Json::array({{{"artifactLocation", artifact(file.file)}, {"replacements", std::move(replacements)}}})}};
  }

  static Json region(std::string_view content, const Edit& edit) {
    auto place = [&](std::size_t offset) {
      std::string_view before = content.substr(0, offset);
      std::size_t line = static_cast<std::size_t>(std::ranges::count(before, '\n')) + 1;
      std::size_t start = before.rfind('\n');
      return std::pair(line, codePoints(before.substr(start == std::string_view::npos ? 0 : start + 1)) + 1);
    };
    auto [start_line, start_column] = place(edit.begin);
    auto [end_line, end_column] = place(edit.end);
    return {{"startLine", start_line}, {"startColumn", start_column}, {"endLine", end_line}, {"endColumn", end_column}};
  }

  Json result(const Finding& finding) {
    auto rule = std::ranges::find(rules(), finding.rule, &Rule::id);
    std::string text = finding.message;
    if (finding.count > 1) text += " (" + std::to_string(finding.count) + " times)";
    // Equal findings differ by their number, as in GitHub's own "hash:number".
    unsigned number = ++fingerprints_[finding.fingerprint];
    Json json = {{"ruleId", finding.rule}};
    if (rule != rules().end()) json["ruleIndex"] = rule - rules().begin();
    json["level"] = toString(finding.level);
    json["message"] = message(text);
    json["locations"] = Json::array(
        {location(finding.place.file, finding.place.line, finding.place.column, finding.place.function)});
    json["partialFingerprints"] = {
        {"primaryLocationLineHash", finding.fingerprint + ":" + std::to_string(number)}};
    Json flows = provenance(finding);
    if (finding.site)
      for (Json& flow : codeFlows(report_.sources->spawn_sites[*finding.site])) flows.push_back(std::move(flow));
    if (!flows.empty()) json["codeFlows"] = std::move(flows);
    if (!finding.site) return json;
    if (auto fix = fix_of_.find(*finding.site); fix != fix_of_.end() && !fix->second.second->edits.empty())
      json["fixes"] = Json::array({fixJson(*fix->second.first, *fix->second.second)});
    return json;
  }

  // What does not count, with why. What lies outside of the change that was asked for, or was turned off, is no result.
  void addOthers(Json& results) {
    for (const SetAside& aside : report_.set_aside) {
      if (aside.why == Aside::off || aside.why == Aside::elsewhere) continue;
      Json json = result(aside.finding);
      if (aside.why == Aside::known) {
        json["baselineState"] = "unchanged";
      } else {
        Json suppression = {{"kind", aside.why == Aside::suppressed ? "inSource" : "external"}};
        if (!aside.reason.empty()) suppression["justification"] = printable(aside.reason);
        json["suppressions"] = Json::array({std::move(suppression)});
      }
      results.push_back(std::move(json));
    }
    if (!report_.baseline) return;
    for (const BaselineEntry& entry : report_.baseline->absent) {
      Finding finding;
      finding.rule = entry.rule;
      finding.level = entry.level;
      finding.message = entry.message;
      finding.fingerprint = entry.fingerprint;
      finding.place.file = entry.file;
      finding.place.function = entry.function;
      results.push_back(result(finding));
      results.back()["baselineState"] = "absent";
    }
  }

  const Report& report_;
  SarifScope scope_;
  std::vector<FileFixes> fixes_;
  std::map<Index, std::pair<const FileFixes*, const Fix*>> fix_of_;
  std::map<std::string, Index> sites_;
  std::map<std::string, std::vector<std::string>> lines_;
  std::map<std::string, unsigned> fingerprints_;
};

}  // namespace

std::string renderSarif(const Report& report, SarifScope scope) {
  return Sarif(report, scope).render().dump(1) + "\n";
}

}  // namespace envleak::reports
