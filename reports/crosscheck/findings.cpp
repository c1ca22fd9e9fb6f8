#include "reports/crosscheck/findings.h"

#include "facts/text.h"
#include "reports/crosscheck/fingerprint.h"
#include "reports/crosscheck/verdicts.h"

#include <algorithm>

namespace envleak::reports {
namespace {

using facts::EnvironmentClass;
using facts::SpawnSite;

std::string handsOnWhat(const SpawnSite& site) {
  std::string call = "'" + oneLine(site.callee) + "'";
  std::string reason = site.reason.empty() ? "" : " (" + oneLine(site.reason) + ")";
  if (site.rule == "envleak-ineffective")
    return call + " looks as if it gave an environment, and inherits all the same" + reason;
  switch (site.environment) {
    case EnvironmentClass::inherited:
      return call + " hands its whole environment to the child";
    case EnvironmentClass::forwarded:
      return call + " passes the whole environment on to the child";
    case EnvironmentClass::extended:
      return call + " passes the environment on, with some names added or removed" + reason;
    case EnvironmentClass::unknown:
      return call + " starts a child whose environment the source does not tell" + reason;
    default:
      return call + " starts a child with an environment that is " + std::string(toString(site.environment));
  }
}

std::string count(std::size_t n, std::string_view noun) {
  return std::to_string(n) + " " + std::string(noun) + (n == 1 ? "" : "s");
}

class Raiser {
 public:
  explicit Raiser(Report& report) : report_(report) {}

  void run() {
    if (report_.sources != nullptr) {
      Fingerprints fingerprints(*report_.sources);
      for (Index i = 0; i < report_.sites.size(); ++i) raiseSite(i, fingerprints);
      for (const facts::Hazard& hazard : report_.sources->hazards) raiseHazard(hazard);
      for (const facts::Suppression& suppression : report_.sources->suppressions) raiseSuppression(suppression);
    }
    raiseUnpredicted();
    raiseShadowed();
    raiseLaundered();
    std::ranges::stable_sort(report_.findings, [](const Finding& a, const Finding& b) {
      if (a.level != b.level) return a.level > b.level;
      return std::tie(a.place.file, a.place.line, a.place.column, a.rule) <
             std::tie(b.place.file, b.place.line, b.place.column, b.rule);
    });
  }

 private:
  void raiseSite(Index i, Fingerprints& fingerprints) {
    const SpawnSite& site = report_.sources->spawn_sites[i];
    const SiteReport& result = report_.sites[i];
    bool contradicted =
        result.verdict == Verdict::contradicted && (site.decided_at.empty() || site.decided_at == site.id);
    std::string rule = contradicted ? "envleak-contradicted" : site.rule;
    if (rule.empty() || site.suppressed) return;
    Finding finding;
    finding.rule = rule;
    finding.site = i;
    finding.place = {site.file, site.line, site.column, site.function, {}, {}};
    finding.fingerprint = fingerprints.of(rule, i);
    std::string what = handsOnWhat(site);
    std::vector<std::string> read = namesWith(report_, result, Reading::read);
    std::vector<std::string> looked = namesWith(report_, result, Reading::looked_at);
    std::size_t crossed = static_cast<std::size_t>(std::ranges::count_if(
        result.crossed, [](const CrossedVariable& variable) { return variable.reading != Reading::not_judged; }));
    if (!result.verdict) {
      finding.message = what + ": " + advice(site);
    } else if (contradicted) {
      finding.level = crossed > 0 ? Level::error : Level::warning;
      finding.message = "'" + oneLine(site.callee) + "': " + result.why.front() +
                        (crossed > 0 ? ": find out where the child's environment is copied from" : "");
    } else if (result.verdict == Verdict::confirmed) {
      finding.level = Level::error;
      if (!read.empty()) finding.variable = report_.runs->find(read.front());
      finding.message = what + ", which " + (read.empty() ? "looks at " : "reads ") +
                        listNames(read.empty() ? looked : read, 3) + ": " + advice(site);
    } else if (result.verdict == Verdict::latent && crossed == 0) {
      finding.level = Level::note;
      finding.message = what + "; " + result.why.front();
    } else if (result.verdict == Verdict::latent) {
      finding.message =
          what + "; " + count(crossed, "variable") + " crossed, none was read in these runs: " + advice(site);
    } else if (result.verdict == Verdict::undecided && result.edges.empty()) {
      finding.message = what + "; it may have been executed unseen: " + advice(site);
    } else if (result.verdict == Verdict::undecided) {
      finding.message = what + "; whether it is read could not be decided: " + advice(site);
    } else if (result.verdict == Verdict::unexercised) {
      finding.message = what + "; it was not executed in these runs: " + advice(site);
    } else {
      return;  // contained
    }
    report_.findings.push_back(std::move(finding));
  }

  // What a run did does not matter to it: the process harms itself.
  void raiseHazard(const facts::Hazard& hazard) {
    if (hazard.suppressed) return;
    Finding finding;
    finding.rule = hazard.rule;
    finding.place = {hazard.file, hazard.line, hazard.column, hazard.function, {}, {}};
    finding.message = oneLine(hazard.message);
    unsigned& ordinal = hazards_[hazard.rule + '\0' + hazard.file + '\0' + hazard.function];
    finding.fingerprint = fingerprint({hazard.rule, hazard.file, hazard.function, std::to_string(ordinal++)});
    report_.findings.push_back(std::move(finding));
  }

  void raiseSuppression(const facts::Suppression& suppression) {
    if (suppression.used && !suppression.reason.empty()) return;
    Finding finding;
    finding.rule = "envleak-suppression";
    finding.place.file = suppression.file;
    finding.place.line = suppression.line;
    finding.message =
        suppression.used
            ? "the suppression of '" + oneLine(suppression.rule) + "' gives no reason: write it after a colon"
            : "the suppression of '" + oneLine(suppression.rule) + "' suppresses nothing: remove it";
    finding.fingerprint = fingerprint({finding.rule, suppression.file, suppression.rule, suppression.reason});
    report_.findings.push_back(std::move(finding));
  }

  // Edges from the scanned sources that no site explains, one finding for each place.
  void raiseUnpredicted() {
    std::map<std::string, std::size_t> known;
    for (Index e = 0; e < report_.join.edges.size(); ++e) {
      const RunEdge& edge = report_.runs->edges()[e];
      if (report_.join.edges[e].kind != JoinKind::unpredicted || edge.failed()) continue;
      const facts::Frame& frame = edge.facts->frames[*report_.join.edges[e].frame];
      std::size_t crossed = static_cast<std::size_t>(
          std::ranges::count_if(edge.crossed, [&](NameId name) { return !report_.ambient(name); }));
      std::string file = report_.files->display(frame.file);
      std::string key = file + ":" + std::to_string(frame.line) + ":" + edge.facts->api;
      auto [entry, is_new] = known.try_emplace(key, report_.findings.size());
      if (is_new) {
        Finding& finding = report_.findings.emplace_back();
        finding.rule = "envleak-unpredicted";
        finding.level = Level::note;
        finding.edge = e;
        finding.image = edge.child;
        finding.place = {file, frame.line, frame.column, frame.function, frame.module, {}};
        finding.fingerprint = fingerprint({finding.rule, file, frame.function, edge.facts->api});
        finding.count = 0;
      }
      Finding& finding = report_.findings[entry->second];
      ++finding.count;
      if (crossed > 0) finding.level = Level::warning;
      if (!is_new && crossed == 0) continue;
      finding.message = "a child was started here by '" + oneLine(edge.facts->api) +
                        "', which the scan does not know; " +
                        (!edge.facts->compared ? std::string("what crossed is not known")
                         : crossed == 0        ? std::string("only ambient variables crossed")
                                               : count(crossed, "variable") + " crossed");
    }
  }

  void raiseShadowed() {
    std::map<std::string, std::size_t> known;
    auto suppressed = [&](Index site) { return report_.sources->spawn_sites[site].suppressed; };
    for (const VariableReport& variable : report_.variables) {
      if (variable.classified == VariableClass::ambient) continue;
      for (const ShadowedFile& file : variable.shadowed_files) {
        const RunImage& image = report_.runs->images()[file.image];
        std::vector<Index> sites;
        if (image.incoming) sites = report_.join.edges[*image.incoming].sites;
        if (std::ranges::any_of(sites, suppressed)) continue;
        std::string program = image.facts->program.substr(image.facts->program.rfind('/') + 1);
        std::string name(report_.runs->names()[file.name]);
        std::string key = name + '\0' + image.facts->program + '\0' + file.path;
        auto [entry, is_new] = known.try_emplace(key, report_.findings.size());
        if (!is_new) {
          ++report_.findings[entry->second].count;
          continue;
        }
        Finding& finding = report_.findings.emplace_back();
        finding.rule = "envleak-shadowed-file";
        finding.level = file.dotenv ? Level::error : Level::warning;
        finding.image = file.image;
        finding.variable = file.name;
        finding.edge = image.incoming;
        if (!sites.empty()) finding.site = sites.front();
        finding.place.file = report_.files->display(file.path);
        finding.place.line = file.line;
        finding.message =
            file.dotenv
                ? "the inherited value of " + oneLine(name) + " beats the one that this file gives " + oneLine(program)
                : "this file gives " + oneLine(program) + " another value of " + oneLine(name) +
                      " than the inherited one, which it asked for too";
        finding.fingerprint = fingerprint({finding.rule, name, program, file.path.substr(file.path.rfind('/') + 1)});
      }
    }
  }

  // One finding for a file and the programs that wrote and read it, whatever the number of its values.
  void raiseLaundered() {
    std::map<std::tuple<std::string, std::uint32_t, std::uint32_t>, std::vector<const Laundered*>> files;
    for (const Laundered& value : report_.laundered)
      files[{value.path, program(value.writer), program(value.reader)}].push_back(&value);
    for (auto& [key, values] : files) {
      std::ranges::stable_sort(values, {}, &Laundered::line);
      const Laundered& first = *values.front();
      std::vector<std::string> names;
      for (const Laundered* value : values) {
        std::string name(report_.runs->names()[value->name]);
        if (std::ranges::find(names, name) == names.end()) names.push_back(std::move(name));
      }
      Finding& finding = report_.findings.emplace_back();
      finding.rule = "envleak-laundered";
      finding.level = Level::error;
      finding.image = first.reader;
      finding.variable = first.name;
      finding.edge = report_.runs->images()[first.writer].incoming;
      finding.place.file = report_.files->display(first.path);
      finding.place.line = first.line;
      finding.count = values.size();
      finding.message = "this file gives " + processName(report_, first.reader) + " the value of " +
                        listNames(names, 3) + ", which " + processName(report_, first.writer) +
                        " had in its environment and wrote here";
      finding.fingerprint = fingerprint({finding.rule, programName(first.writer), programName(first.reader),
                                         first.path.substr(first.path.rfind('/') + 1)});
    }
  }

  std::uint32_t program(Index image) const { return report_.runs->images()[image].program; }
  std::string programName(Index image) const {
    const std::string& path = report_.runs->images()[image].facts->program;
    return oneLine(path.substr(path.rfind('/') + 1));
  }

  Report& report_;
  std::map<std::string, unsigned> hazards_;  // how many of a rule in a function
};

}  // namespace

std::string listNames(const std::vector<std::string>& names, std::size_t shown) {
  if (names.size() == shown + 1) ++shown;  // "and 1 more" is as long as the name
  std::string text;
  for (std::size_t i = 0; i < std::min(shown, names.size()); ++i) {
    bool last = i + 1 == names.size();
    text += (i == 0 ? "" : last ? " and " : ", ") + oneLine(names[i]);
  }
  if (names.size() > shown) text += " and " + std::to_string(names.size() - shown) + " more";
  return text;
}

std::vector<std::string> namesWith(const Report& report, const SiteReport& site, Reading reading) {
  std::vector<std::string> names;
  for (const CrossedVariable& variable : site.crossed)
    if (variable.reading == reading) names.emplace_back(report.runs->names()[variable.name]);
  return names;
}

std::string advice(const SpawnSite& site) {
  std::string_view callee = baseFunction(site.callee);
  if (site.kind == facts::SiteKind::wrapper)
    return "pass '" + oneLine(site.callee) + "' an environment that holds only what the child needs";
  if (callee == "execv" || callee == "execl") return "use execve with an envp of what the child needs";
  if (callee == "execvp" || callee == "execlp") return "use execvpe, or execve, with an envp of what the child needs";
  if (callee == "system" || callee == "popen")
    return "use posix_spawn with an envp of what the child needs, or begin the command with 'env -i NAME=VALUE...'";
  if (callee == "wordexp") return "forbid commands with WRDE_NOCMD, or expand in a child with an envp of its own";
  if (callee.starts_with("exec") || callee == "fexecve" || callee.starts_with("posix_spawn") ||
      callee.starts_with("pidfd_spawn") || callee == "syscall")
    return "pass an envp that holds only what the child needs";
  return "give the child an explicit environment of what it needs";
}

void raiseFindings(Report& report) { Raiser(report).run(); }

}  // namespace envleak::reports
