#include "reports/crosscheck/findings.h"

#include "facts/text.h"
#include "reports/crosscheck/fingerprint.h"
#include "reports/crosscheck/script_sites.h"
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

// What the script called is known only where a library in its language did it.
std::string handedByScript(const SpawnSite& site, const SiteReport& result, std::size_t crossed) {
  const bool named = site.callee.find("::") != std::string::npos || site.callee.find('.') != std::string::npos;
  return (named ? "'" + oneLine(site.callee) + "'" : std::string("the call here")) + " handed " +
         count(crossed, "variable") + " to " + (result.edges.size() == 1 ? "a child" : "children");
}

class Raiser {
 public:
  explicit Raiser(Report& report) : report_(report) {}

  void run() {
    if (report_.sources != nullptr) {
      for (Index i = 0; i < report_.sites.size(); ++i) raiseSite(i);
      for (const facts::Hazard& hazard : report_.sources->hazards) raiseHazard(hazard);
    }
    raiseUnpredicted();
    raiseShadowed();
    raiseLaundered();
    if (report_.sources != nullptr)
      for (Index i = 0; i < report_.sources->suppressions.size(); ++i) raiseSuppression(i);
    number();
    sortFindings(report_);
  }

 private:
  // Those that are equal but for their place differ by their number, in order of place.
  void number() {
    std::vector<Finding*> order;
    for (Finding& finding : report_.findings) order.push_back(&finding);
    std::ranges::stable_sort(order, {}, [](const Finding* f) { return std::pair(f->place.line, f->place.column); });
    std::map<std::string, unsigned> known;
    for (Finding* finding : order)
      if (unsigned before = known[finding->place.file + '\0' + finding->fingerprint]++; before > 0)
        finding->fingerprint = fingerprint({finding->fingerprint, std::to_string(before)});
  }

  void setAside(Finding finding, std::string reason) {
    report_.set_aside.push_back({std::move(finding), Aside::suppressed, std::move(reason)});
  }

  // The suppression of a finding that only a run can show; the scan had nothing there to suppress.
  const facts::Suppression* suppressionAt(std::string_view rule, const std::string& file, unsigned line) {
    if (report_.sources == nullptr) return nullptr;
    const std::vector<facts::Suppression>& all = report_.sources->suppressions;
    used_.resize(all.size());
    for (Index i = 0; i < all.size(); ++i) {
      if (all[i].covers != line || all[i].file != file || (all[i].rule != rule && all[i].rule != "envleak-*")) continue;
      used_[i] = true;
      return &all[i];
    }
    return nullptr;
  }

  void raiseSite(Index i) {
    const SpawnSite& site = report_.sources->spawn_sites[i];
    const SiteReport& result = report_.sites[i];
    bool contradicted =
        result.verdict == Verdict::contradicted && (site.decided_at.empty() || site.decided_at == site.id);
    std::string rule = contradicted ? "envleak-contradicted" : site.rule;
    if (rule.empty()) return;
    const std::string& language = report_.language(i);
    Finding finding;
    finding.rule = rule;
    finding.site = i;
    finding.place = {site.file, site.line, site.column, site.function, {}, {}};
    finding.fingerprint = fingerprint({rule, site.function, site.callee, codePart(site.code)});
    std::vector<std::string> read = namesWith(report_, result, Reading::read);
    std::vector<std::string> looked = namesWith(report_, result, Reading::looked_at);
    std::size_t crossed = static_cast<std::size_t>(std::ranges::count_if(
        result.crossed, [](const CrossedVariable& variable) { return isJudged(variable.reading); }));
    if (!language.empty() && crossed == 0) return;
    const std::string what = language.empty() ? handsOnWhat(site)
                                              : handedByScript(site, result, crossed);
    const std::string mend = language.empty() ? advice(site) : scriptAdvice(language);
    if (!result.verdict) {
      finding.message = what + ": " + mend;
    } else if (contradicted) {
      finding.level = crossed > 0 ? Level::error : Level::warning;
      finding.message = "'" + oneLine(site.callee) + "': " + result.why.front() +
                        (crossed > 0 ? ": find out where the child's environment is copied from" : "");
    } else if (result.verdict == Verdict::confirmed) {
      finding.level = Level::error;
      if (!read.empty()) finding.variable = report_.runs->find(read.front());
      const bool many = !language.empty() && result.edges.size() > 1;
      finding.message = what + ", which " + (read.empty() ? many ? "look at " : "looks at " : many ? "read " : "reads ") +
                        listNames(read.empty() ? looked : read, 3) + ": " + mend;
    } else if (result.verdict == Verdict::latent && crossed == 0) {
      finding.level = Level::note;
      finding.message = what + "; " + result.why.front();
    } else if (result.verdict == Verdict::latent) {
      finding.message =
          language.empty()
              ? what + "; " + count(crossed, "variable") + " crossed, none was read in these runs: " + mend
              : what + ", and none was read in these runs: " + mend;
    } else if (result.verdict == Verdict::undecided && result.edges.empty()) {
      finding.message = what + "; it may have been executed unseen: " + mend;
    } else if (result.verdict == Verdict::undecided) {
      finding.message = what + "; whether it is read could not be decided: " + mend;
    } else if (result.verdict == Verdict::unexercised) {
      finding.message = what + "; it was not executed in these runs: " + mend;
    } else {
      return;  // contained
    }
    const facts::Suppression* suppression = nullptr;
    if (contradicted && !site.suppressed) suppression = suppressionAt(rule, site.file, site.line);
    if (site.suppressed)
      setAside(std::move(finding), site.suppression);
    else if (suppression != nullptr)
      setAside(std::move(finding), suppression->reason);
    else
      report_.findings.push_back(std::move(finding));
  }

  // What a run did does not matter to it: the process harms itself.
  void raiseHazard(const facts::Hazard& hazard) {
    Finding finding;
    finding.rule = hazard.rule;
    finding.place = {hazard.file, hazard.line, hazard.column, hazard.function, {}, {}};
    finding.message = oneLine(hazard.message);
    finding.fingerprint = fingerprint({hazard.rule, hazard.function, hazard.message});
    if (hazard.suppressed)
      setAside(std::move(finding), hazard.suppression);
    else
      report_.findings.push_back(std::move(finding));
  }

  void raiseSuppression(Index index) {
    const facts::Suppression& suppression = report_.sources->suppressions[index];
    const bool at_run_time = suppression.rule == "envleak-contradicted" || suppression.rule == "envleak-unpredicted" ||
                             suppression.rule == "envleak-shadowed-file" || suppression.rule == "envleak-laundered";
    const bool used = suppression.used || (index < used_.size() && used_[index]);
    if (used && !suppression.reason.empty()) return;
    Finding finding;
    finding.rule = "envleak-suppression";
    finding.place.file = suppression.file;
    finding.place.line = suppression.line;
    const std::string what = "the suppression of '" + oneLine(suppression.rule) + "'";
    if (suppression.reason.empty() && (used || at_run_time)) {
      finding.message = what + " gives no reason: write it after a colon";
    } else if (!at_run_time) {
      finding.message = what + " suppresses nothing: remove it";
    } else if (executed(suppression)) {
      finding.level = Level::note;  // another run may need it
      finding.message = what + " suppresses nothing in these runs";
    } else {
      return;  // nothing is known of it
    }
    finding.fingerprint = fingerprint({finding.rule, suppression.rule, suppression.reason});
    report_.findings.push_back(std::move(finding));
  }

  // Did a spawn of the runs come from the line that it covers?
  bool executed(const facts::Suppression& suppression) const {
    return std::ranges::any_of(report_.runs->edges(), [&](const RunEdge& edge) {
      return std::ranges::any_of(edge.facts->frames, [&](const facts::Frame& frame) {
        return frame.line == suppression.covers && !frame.file.empty() &&
               report_.files->display(frame.file) == suppression.file;
      });
    });
  }

  // Edges from the scanned sources that no site explains, one finding for each place.
  void raiseUnpredicted() {
    std::map<std::string, Finding> known;
    for (Index e = 0; e < report_.join.edges.size(); ++e) {
      const RunEdge& edge = report_.runs->edges()[e];
      if (report_.join.edges[e].kind != JoinKind::unpredicted || edge.failed()) continue;
      const facts::Frame& frame = edge.facts->frames[*report_.join.edges[e].frame];
      std::size_t crossed = static_cast<std::size_t>(
          std::ranges::count_if(edge.crossed, [&](NameId name) {
            return !report_.ambient(name) && !report_.allowance(e, name);
          }));
      std::string file = report_.files->display(frame.file);
      std::string key = file + ":" + std::to_string(frame.line) + ":" + edge.facts->api;
      auto [entry, is_new] = known.try_emplace(key);
      Finding& finding = entry->second;
      if (is_new) {
        finding.rule = "envleak-unpredicted";
        finding.level = Level::note;
        finding.edge = e;
        finding.image = edge.child;
        finding.place = {file, frame.line, frame.column, frame.function, frame.module, {}};
        finding.fingerprint = fingerprint({finding.rule, frame.function, edge.facts->api});
        finding.count = 0;
      }
      ++finding.count;
      if (crossed > 0) finding.level = Level::warning;
      if (!is_new && crossed == 0) continue;
      finding.message = "a child was started here by '" + oneLine(edge.facts->api) +
                        "', which the scan does not know; " +
                        (!edge.facts->compared ? std::string("what crossed is not known")
                         : crossed > 0          ? count(crossed, "variable") + " crossed"
                         : !report_.allowed.empty() && !report_.allowed[e].empty()
                             ? std::string("only variables that are ambient or allowed crossed")
                             : std::string("only ambient variables crossed"));
    }
    for (auto& [key, finding] : known)
      if (const facts::Suppression* by = suppressionAt(finding.rule, finding.place.file, finding.place.line))
        setAside(std::move(finding), by->reason);
      else
        report_.findings.push_back(std::move(finding));
  }

  void raiseShadowed() {
    struct Shadow {
      Finding finding;
      std::optional<std::string> suppression;
    };
    std::map<std::string, std::size_t> known;
    std::vector<Shadow> shadows;
    for (const VariableReport& variable : report_.variables) {
      if (variable.classified == VariableClass::ambient) continue;
      for (const ShadowedFile& file : variable.shadowed_files) {
        const RunImage& image = report_.runs->images()[file.image];
        const EdgeJoin* join = image.incoming ? &report_.join.edges[*image.incoming] : nullptr;
        std::optional<std::string> suppression;
        if (join != nullptr) suppression = suppressionOfChild("envleak-shadowed-file", *image.incoming);
        std::string program = image.facts->program.substr(image.facts->program.rfind('/') + 1);
        std::string name(report_.runs->names()[file.name]);
        std::string key =
            name + '\0' + image.facts->program + '\0' + file.path + '\0' + (suppression ? "suppressed" : "");
        auto [entry, is_new] = known.try_emplace(key, shadows.size());
        if (!is_new) {
          ++shadows[entry->second].finding.count;
          continue;
        }
        Finding& finding = shadows.emplace_back(Shadow{{}, std::move(suppression)}).finding;
        finding.rule = "envleak-shadowed-file";
        finding.level = file.dotenv ? Level::error : Level::warning;
        finding.image = file.image;
        finding.variable = file.name;
        finding.edge = image.incoming;
        if (join != nullptr && !join->sites.empty()) finding.site = join->sites.front();
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
    for (Shadow& shadow : shadows)
      if (shadow.suppression)
        setAside(std::move(shadow.finding), std::move(*shadow.suppression));
      else
        report_.findings.push_back(std::move(shadow.finding));
  }

  // What is said at the call that started the child counts for what the child does with what it got.
  std::optional<std::string> suppressionOfChild(std::string_view rule, Index edge) {
    if (report_.sources == nullptr) return std::nullopt;
    const EdgeJoin& join = report_.join.edges[edge];
    for (Index i : join.sites)
      if (const SpawnSite& site = report_.sources->spawn_sites[i]; site.suppressed) return site.suppression;
    for (const std::vector<Index>* list : {&join.sites, &join.wrappers})
      for (Index i : *list) {
        const SpawnSite& site = report_.sources->spawn_sites[i];
        if (const facts::Suppression* by = suppressionAt(rule, site.file, site.line)) return by->reason;
      }
    if (!join.frame) return std::nullopt;
    const facts::Frame& frame = report_.runs->edges()[edge].facts->frames[*join.frame];
    const facts::Suppression* by = suppressionAt(rule, report_.files->display(frame.file), frame.line);
    return by == nullptr ? std::nullopt : std::optional(by->reason);
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
      Finding finding;
      finding.rule = "envleak-laundered";
      finding.level = Level::error;
      finding.image = first.reader;
      finding.variable = first.name;
      finding.edge = report_.runs->images()[first.writer].incoming;
      finding.place.file = report_.files->display(first.path);
      finding.place.line = first.line;
      finding.count = values.size();
      finding.message = "this file, which " + processName(report_, first.writer) + " wrote, gives " +
                        processName(report_, first.reader) + " the value that " + listNames(names, 3) + " had in " +
                        processName(report_, first.writer);
      finding.fingerprint = fingerprint({finding.rule, programName(first.writer), programName(first.reader),
                                         first.path.substr(first.path.rfind('/') + 1)});
      std::optional<std::string> suppression;
      if (finding.edge) suppression = suppressionOfChild(finding.rule, *finding.edge);
      if (suppression)
        setAside(std::move(finding), std::move(*suppression));
      else
        report_.findings.push_back(std::move(finding));
    }
  }

  std::uint32_t program(Index image) const { return report_.runs->images()[image].program; }
  std::string programName(Index image) const {
    const std::string& path = report_.runs->images()[image].facts->program;
    return oneLine(path.substr(path.rfind('/') + 1));
  }

  Report& report_;
  std::vector<bool> used_;  // suppressions that hid what only a run can show
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

void sortFindings(Report& report) {
  auto place = [](const Finding& f) { return std::tie(f.place.file, f.place.line, f.place.column, f.rule); };
  std::ranges::stable_sort(report.findings, [&](const Finding& a, const Finding& b) {
    return a.level != b.level ? a.level > b.level : place(a) < place(b);
  });
  std::ranges::stable_sort(report.set_aside, [&](const SetAside& a, const SetAside& b) {
    return a.why != b.why ? a.why < b.why : place(a.finding) < place(b.finding);
  });
}

}  // namespace envleak::reports
