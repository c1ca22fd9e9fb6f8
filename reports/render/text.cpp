// The cross-check for people: what leaks first, then what may, then what is not known, then the figures.
#include "reports/render/diagnostics.h"
#include "reports/render/file_notes.h"
#include "reports/render/render.h"
#include "reports/render/script_notes.h"
#include "reports/render/sections.h"
#include "reports/render/set_aside.h"

#include "facts/text.h"
#include "reports/crosscheck/findings.h"
#include "reports/crosscheck/verdicts.h"

#include <algorithm>

namespace envleak::reports {
namespace {

constexpr std::size_t shownReads = 12;
constexpr std::size_t shownReadsOfScripts = 40;  // each is a place of its own
constexpr std::size_t shownFindings = 100;

class CheckText {
 public:
  CheckText(const Report& report, bool color)
      : report_(report), color_(color), style_(color), diagnostics_(report, style_), scripts_(report) {}

  std::string render() {
    std::string text = summary();
    text += findings("The two sides contradict each other", [](const Finding& finding) {
      return finding.rule == "envleak-contradicted" || finding.rule == "envleak-unpredicted";
    });
    text += titled("Confirmed: crossed and read",
                   lines([&](const Finding& finding) { return verdictOf(finding) == Verdict::confirmed; }) +
                       lines([](const Finding& finding) { return isOfAFile(finding); }));
    text += findings("Latent: crossed, and not read in these runs", [&](const Finding& finding) {
      return verdictOf(finding) == Verdict::latent && finding.level > Level::note;
    });
    text += undecided();
    text += findings("The process harms its own environment", [&](const Finding& finding) { return isHazard(finding); });
    text += findings("Suppressions", [](const Finding& finding) { return finding.rule == "envleak-suppression"; });
    const bool allows = std::ranges::any_of(report_.allowed, [](const auto& edge) { return !edge.empty(); });
    text += sites(allows ? "Only ambient or allowed variables crossed, or nothing" : "Only ambient variables crossed, or nothing", [&](Index i) {
      const auto& crossed = report_.sites[i].crossed;
      return report_.sites[i].verdict == Verdict::latent &&
             std::ranges::all_of(crossed, [](const CrossedVariable& v) { return !isJudged(v.reading); });
    });
    text += sites("Not executed in these runs, and handing the environment on if they were", [&](Index i) {
      return report_.sites[i].verdict == Verdict::unexercised && !report_.sources->spawn_sites[i].rule.empty() &&
             !report_.sources->spawn_sites[i].suppressed;
    });
    text += sites("Contained: the source says so and the runs agree", [&](Index i) {
      return report_.sites[i].verdict == Verdict::contained && report_.language(i).empty();
    });
    text += sites("Contained: only ambient variables crossed, or what crossed was dropped on the way, unread", [&](Index i) {
      return report_.sites[i].verdict == Verdict::contained && !report_.language(i).empty();
    });
    if (!report_.scanned) text += "\n" + style_.bold("Processes") + "\n" + processTree(report_, color_);
    text += setAsideSection(report_, style_) + blindSpotSection(report_, style_);
    return report_.scanned ? text + agreementSection(report_, style_) : text;
  }

 private:
  bool isHazard(const Finding& finding) const {
    return report_.sources != nullptr &&
           std::ranges::find(report_.sources->hazards, finding.rule, &facts::Hazard::rule) !=
               report_.sources->hazards.end();
  }

  std::optional<Verdict> verdictOf(const Finding& finding) const {
    if (!finding.site || finding.rule == "envleak-contradicted" || isOfAFile(finding)) return std::nullopt;
    return report_.sites[*finding.site].verdict;
  }

  std::string summary() const {
    const Agreement& counts = report_.agreement;
    std::string text = counted(counts.sites, "spawn site", "spawn sites") + ": ";
    const char* separator = "";
    for (const auto& [verdict, count] : counts.verdicts) {
      text += separator + std::to_string(count) + " " + std::string(toString(verdict));
      separator = ", ";
    }
    if (counts.sites == 0) text += "none found";
    else if (!report_.scanned) text += ", in scripts";
    if (counts.edges_unpredicted > 0)
      text += "; " + counted(counts.edges_unpredicted, "spawn", "spawns") + " unpredicted";
    text += "; " + counted(counts.images, "process", "processes") + " observed";
    std::size_t errors = static_cast<std::size_t>(std::ranges::count(report_.findings, Level::error, &Finding::level));
    std::size_t warnings =
        static_cast<std::size_t>(std::ranges::count(report_.findings, Level::warning, &Finding::level));
    return style_.bold("envleak: " + counted(errors, "error", "errors") + ", " +
                       counted(warnings, "warning", "warnings")) +
           " (" + text + ")\n";
  }

  std::string titled(const std::string& title, const std::string& text) const {
    return text.empty() ? text : "\n" + style_.bold(title) + "\n" + text;
  }

  template <typename Wanted>
  std::string findings(const std::string& title, const Wanted& wanted) {
    return titled(title, lines(wanted));
  }

  template <typename Wanted>
  std::string lines(const Wanted& wanted) {
    std::string text;
    std::size_t count = 0;
    for (const Finding& finding : report_.findings) {
      if (!wanted(finding) || ++count > shownFindings) continue;
      text += diagnostics_.finding(finding);
      if (isOfAFile(finding))
        text += fileNotes(report_, diagnostics_, finding);
      else if (finding.site)
        text += siteDetails(*finding.site);
      else if (finding.edge)
        text += edgeDetails(*finding.edge);
    }
    if (count > shownFindings)
      text += "and " + counted(count - shownFindings, "finding", "findings") + " more (--format json has them all)\n";
    return text;
  }

  std::string marked(NameId name) const {
    std::string text = oneLine(report_.runs->names()[name]);
    if (report_.classes[name] == VariableClass::secret) text += " " + style_.red("(secret)");
    return text;
  }

  std::string crossedLine(const SiteReport& site, Reading reading, const std::string& label) const {
    std::vector<std::string> names;
    for (const CrossedVariable& variable : site.crossed)
      if (variable.reading == reading)
        names.push_back(oneLine(report_.runs->names()[variable.name]) +
                        (report_.classes[variable.name] == VariableClass::secret ? " (secret)" : ""));
    if (names.empty()) return {};
    if (reading == Reading::not_judged) return "  " + label + ": " + std::to_string(names.size()) + "\n";
    return "  " + label + ": " + listNames(names, 8) + "\n";
  }

  std::string siteDetails(Index index) const {
    const SiteReport& site = report_.sites[index];
    std::string text = crossedLine(site, Reading::read, "crossed and read");
    text += crossedLine(site, Reading::looked_at, "crossed and looked at, by what code is not known");
    if (std::string open = crossedLine(site, Reading::undecided, "crossed, and perhaps read"); !open.empty()) {
      text += open;
      // A confirmed site says why it was confirmed; what keeps the others open stands with the processes.
      std::vector<std::string> processes;
      for (Index image : site.unobserved)
        processes.push_back(processName(report_, image) + " (" + observation(image) + ")");
      if (!processes.empty()) text += "    by " + listNames(processes, 4) + ", which cannot be told\n";
    }
    text += crossedLine(site, Reading::unread, "crossed, not read");
    text += crossedLine(site, Reading::allowed, "crossed, as the policy allows");
    text += crossedLine(site, Reading::not_judged, "ambient variables that crossed");
    text += readLines(site, report_.language(index).empty() ? shownReads : shownReadsOfScripts);
    if (!report_.language(index).empty()) text += scripts_.origins(site) + scripts_.files(site);
    if (site.ambiguous) text += "  some of these spawns may be those of another call on the same line\n";
    return text;
  }

  std::string observation(Index image) const {
    const facts::Image& facts = *report_.runs->images()[image].facts;
    std::string status(toString(facts.observation));
    return facts.observation == facts::Observation::full ? "environment not known" : status;
  }

  // One line for a variable, a program and a place, however many processes did it.
  std::string readLines(const SiteReport& site, std::size_t shown) const {
    std::string text;
    std::size_t limit = site.read.size() == shown + 1 ? site.read.size() : shown;
    for (std::size_t i = 0; i < std::min(limit, site.read.size()); ++i) {
      const SiteReading& group = site.read[i];
      const facts::Read& read = report_.runs->images()[group.image].facts->reads[group.read];
      bool touched = read.kind == facts::ReadKind::touched;
      std::string place = describe(group.place);
      text +=
          "  " + marked(group.name) + (touched ? " looked at by " : " read by ") + processName(report_, group.image);
      if (group.processes > 1) text += " and " + counted(group.processes - 1, "process", "processes") + " more of it";
      if (!touched || !place.empty()) text += place.empty() ? ", at a place that is not known" : " at " + place;
      text += via(group);
      if (group.count > 1) text += " (" + std::to_string(group.count) + " times)";
      text += "\n";
    }
    if (site.read.size() > limit) text += "  and " + std::to_string(site.read.size() - limit) + " more reads\n";
    return text;
  }

  // The images between the site's child and the reader.
  std::string via(const SiteReading& reading) const {
    const RunEdge& edge = report_.runs->edges()[reading.edge];
    std::vector<std::string> between;
    for (std::optional<Index> i = reading.image; i && edge.child && *i != *edge.child;) {
      i = report_.runs->images()[*i].parent;
      if (i) between.push_back(processName(report_, *i));
    }
    if (between.empty()) return {};
    std::ranges::reverse(between);
    return ", through " + listNames(between, 3);
  }

  std::string edgeDetails(Index e) const {
    const RunEdge& edge = report_.runs->edges()[e];
    if (!edge.child) return {};
    std::vector<std::string> names;
    for (NameId name : edge.crossed)
      if (!report_.ambient(name)) names.emplace_back(report_.runs->names()[name]);
    std::ranges::sort(names);
    std::string text = "  it started " + processName(report_, *edge.child);
    if (!names.empty()) text += "; crossed: " + listNames(names, 8);
    return text + "\n";
  }

  std::string siteName(Index i) const {
    const facts::SpawnSite& site = report_.sources->spawn_sites[i];
    if (!report_.language(i).empty())
      return locationPrefix(site.file, site.line, site.column) + "'" + oneLine(site.callee) + "'" +
             (site.function.empty() ? "" : " in " + called(site.function));
    return locationPrefix(site.file, site.line, site.column) + "'" + oneLine(site.callee) + "' in " +
           (site.function.empty() ? "an initialiser" : oneLine(site.function) + "()") + ", " +
           std::string(toString(site.environment)) +
           (site.environment == facts::EnvironmentClass::unknown && !site.reason.empty()
                ? " (" + oneLine(site.reason) + ")"
                : "");
  }

  // Many sites share one reason, such as a shell that copied its environment.
  std::string undecided() const {
    std::vector<std::pair<std::string, std::vector<Index>>> groups;
    std::map<std::string, std::size_t> known;
    for (Index i = 0; i < report_.sites.size(); ++i) {
      const facts::SpawnSite& site = report_.sources->spawn_sites[i];
      if (report_.sites[i].verdict != Verdict::undecided || site.rule.empty() || site.suppressed) continue;
      std::string why = reasons(report_.sites[i].why);
      auto [entry, is_new] = known.try_emplace(why, groups.size());
      if (is_new) groups.push_back({why, {}});
      groups[entry->second].second.push_back(i);
    }
    if (groups.empty()) return {};
    std::string text = "\n" + style_.bold("Undecided") + "\n";
    for (const auto& [why, members] : groups) {
      for (std::size_t i = 0; i < shownCount(members.size()); ++i) {
        text += siteName(members[i]);
        std::vector<std::string> names = namesWith(report_, report_.sites[members[i]], Reading::undecided);
        if (!names.empty()) text += "; crossed: " + listNames(names, 4);
        text += "\n";
      }
      if (members.size() > shownCount(members.size()))
        text += "and " + std::to_string(members.size() - shownCount(members.size())) + " more sites\n";
      text += "  because " + why + "\n";
    }
    return text;
  }

  static std::string reasons(const std::vector<std::string>& why) {
    std::vector<std::string> distinct;
    for (const std::string& clause : why) distinct.push_back(clause);
    return listNames(distinct, 3);
  }

  static std::size_t shownCount(std::size_t count) { return count <= 9 ? count : 8; }

  template <typename Wanted>
  std::string sites(const std::string& title, const Wanted& wanted) const {
    std::vector<Index> list;
    for (Index i = 0; i < report_.sites.size(); ++i)
      if (wanted(i)) list.push_back(i);
    if (list.empty()) return {};
    std::string text = "\n" + style_.bold(title) + "\n";
    for (std::size_t i = 0; i < shownCount(list.size()); ++i) text += siteName(list[i]) + "\n";
    if (list.size() > shownCount(list.size()))
      text += "and " + std::to_string(list.size() - shownCount(list.size())) + " more sites\n";
    return text;
  }

  const Report& report_;
  bool color_;
  Style style_;
  Diagnostics diagnostics_;
  ScriptNotes scripts_;
};

}  // namespace

std::string renderCheckText(const Report& report, const RenderOptions& options) {
  return CheckText(report, options.color).render();
}

}  // namespace envleak::reports
