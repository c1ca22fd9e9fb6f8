#include "reports/crosscheck/verdicts.h"

#include "facts/text.h"
#include "reports/crosscheck/flow.h"
#include "reports/crosscheck/script_sites.h"
#include "reports/crosscheck/unseen.h"

#include <algorithm>

namespace envleak::reports {
namespace {

using facts::EnvironmentClass;
using facts::SiteKind;
using facts::SpawnSite;

std::string plural(std::size_t count, std::string_view noun) {
  return std::to_string(count) + " " + std::string(noun) + (count == 1 ? "" : "s");
}

std::string children(std::size_t count) { return count == 1 ? "1 child" : std::to_string(count) + " children"; }

class Judge {
 public:
  explicit Judge(Report& report)
      : report_(report), runs_(*report.runs), sites_(report.sources->spawn_sites), unseen_(report) {
    followed_.resize(runs_.names().size());
    for (NameId name = 0; name < followed_.size(); ++name) followed_[name] = !report.ambient(name);
  }

  void run() {
    report_.sites.resize(sites_.size());
    if (runs_.runs().empty()) return;
    for (Index i = 0; i < sites_.size(); ++i) collect(i);
    for (Index i = 0; i < sites_.size(); ++i)
      if (sites_[i].environment != EnvironmentClass::from_caller) judge(i);
    for (Index i = 0; i < sites_.size(); ++i)
      if (sites_[i].environment == EnvironmentClass::from_caller) judgeByCallers(i);
  }

 private:
  // What the edges of a site show, whatever its class.
  void collect(Index i) {
    SiteReport& site = report_.sites[i];
    std::set<NameId> crossed;
    std::map<NameId, std::uint32_t> allowed;
    for (Index e : report_.join.edges_of_site[i]) {
      const RunEdge& edge = runs_.edges()[e];
      if (edge.failed()) {
        site.failed.push_back(e);
        continue;
      }
      site.edges.push_back(e);
      if (report_.join.edges[e].kind == JoinKind::ambiguous) site.ambiguous = true;
      for (NameId name : edge.crossed)
        if (std::optional<std::uint32_t> allowance = report_.allowance(e, name))
          allowed.try_emplace(name, *allowance);
        else
          crossed.insert(name);
    }
    if (site.edges.empty()) return;
    Flow flow = follow(report_, site.edges, followed_);
    site.read = std::move(flow.readings);
    site.unobserved.assign(flow.unobserved.begin(), flow.unobserved.end());
    for (NameId name : crossed) site.crossed.push_back({name, reading(site, flow, name), {}});
    for (const auto& [name, allowance] : allowed)
      if (!crossed.contains(name)) site.crossed.push_back({name, Reading::allowed, allowance});
    std::ranges::sort(site.crossed, {}, [&](const CrossedVariable& variable) {
      return std::pair(report_.ambient(variable.name), runs_.names()[variable.name]);
    });
    std::ranges::stable_sort(site.read, {}, [&](const SiteReading& read) { return runs_.names()[read.name]; });
    if (flow.lost) site.why.emplace_back("a child was started that left no trace");
  }

  Reading reading(const SiteReport& site, const Flow& flow, NameId name) const {
    if (report_.ambient(name)) return Reading::not_judged;
    Reading best = flow.open.contains(name) || unseen_.lossy() ? Reading::undecided : Reading::unread;
    auto [first, last] = std::ranges::equal_range(site.read, name, {}, &SiteReading::name);
    for (; first != last; ++first) {
      if (runs_.images()[first->image].facts->reads[first->read].kind == facts::ReadKind::read) return Reading::read;
      best = Reading::looked_at;
    }
    return best;
  }

  std::size_t count(const SiteReport& site, Reading reading) const {
    return static_cast<std::size_t>(std::ranges::count(site.crossed, reading, &CrossedVariable::reading));
  }

  std::size_t judged(const SiteReport& site) const {
    return static_cast<std::size_t>(
        std::ranges::count_if(site.crossed, [](const CrossedVariable& variable) { return isJudged(variable.reading); }));
  }

  // "only ambient variables crossed", or those that the policy allows.
  std::string onlyExpected(const SiteReport& site) const {
    const bool allowed = count(site, Reading::allowed) > 0;
    const bool ambient = count(site, Reading::not_judged) > 0;
    return std::string("only ") + (!allowed ? "ambient" : ambient ? "ambient and allowed" : "allowed") +
           " variables crossed";
  }

  std::size_t uncompared(const SiteReport& site) const {
    return static_cast<std::size_t>(
        std::ranges::count_if(site.edges, [&](Index e) { return !runs_.edges()[e].facts->compared; }));
  }

  // Did the parent have variables that the children do not?
  bool dropped(const SiteReport& site, bool always) const {
    auto drops = [&](Index e) { return !runs_.edges()[e].facts->removed.empty(); };
    return always ? std::ranges::all_of(site.edges, drops) : std::ranges::any_of(site.edges, drops);
  }

  void judge(Index i) {
    SiteReport& site = report_.sites[i];
    if (site.edges.empty()) {
      notExercised(i);
      return;
    }
    if (!report_.language(i).empty()) {
      judgeScript(site);
      return;
    }
    switch (sites_[i].environment) {
      case EnvironmentClass::inherited:
      case EnvironmentClass::forwarded:
      case EnvironmentClass::extended:
        judgeHandingOn(site, sites_[i]);
        break;
      case EnvironmentClass::explicit_:
      case EnvironmentClass::empty:
      case EnvironmentClass::filtered:
        judgeClosed(site, sites_[i]);
        break;
      case EnvironmentClass::unknown:
        judgeUnknown(site);
        break;
      case EnvironmentClass::from_caller:
        break;
    }
  }

  void notExercised(Index i) {
    SiteReport& site = report_.sites[i];
    site.why = unseen_.whyPerhapsExercised(i);
    site.verdict = site.why.empty() ? Verdict::unexercised : Verdict::undecided;
    if (!site.failed.empty()) site.why.push_back(plural(site.failed.size(), "spawn") + " here failed");
  }

  // Variables crossed; were they read?
  void judgeCrossing(SiteReport& site) {
    if (std::size_t read = count(site, Reading::read), looked = count(site, Reading::looked_at); read + looked > 0) {
      site.verdict = Verdict::confirmed;
      site.why.insert(
          site.why.begin(),
          read > 0 ? plural(read, "variable") + " crossed and " + (read == 1 ? "was" : "were") + " read"
                   : plural(looked, "variable") + " crossed and " + (looked == 1 ? "was" : "were") + " looked at");
    } else if (count(site, Reading::undecided) > 0) {
      site.verdict = Verdict::undecided;
      openReasons(site);
    } else {
      site.verdict = Verdict::latent;
      site.why.emplace_back("what crossed was not read in these runs");
    }
  }

  void openReasons(SiteReport& site) {
    std::size_t before = site.why.size();
    for (Index image : site.unobserved) {
      std::string clause = unseen_.describe(image);
      if (std::ranges::find(site.why, clause) == site.why.end()) site.why.push_back(std::move(clause));
    }
    if (unseen_.lossy()) site.why.emplace_back("the trace lost events");
    if (site.why.size() == before) site.why.emplace_back("a child read variables after writing them itself");
  }

  void judgeHandingOn(SiteReport& site, const SpawnSite& facts) {
    if (judged(site) > 0) {
      judgeCrossing(site);
      return;
    }
    if (std::size_t unknown = uncompared(site); unknown > 0) {
      site.verdict = Verdict::undecided;
      site.why.push_back("the environment of " + children(unknown) + " is not known");
    } else if (site.crossed.empty() && dropped(site, true) && facts.environment != EnvironmentClass::extended) {
      site.verdict = Verdict::contradicted;
      site.why.emplace_back("the source says that the environment is handed on, but nothing crossed");
    } else {
      site.verdict = Verdict::latent;
      site.why.emplace_back(site.crossed.empty() ? "there was nothing to cross in these runs"
                                                 : onlyExpected(site) + " in these runs");
    }
  }

  void judgeClosed(SiteReport& site, const SpawnSite& facts) {
    if (judged(site) > 0) {
      if (facts.environment == EnvironmentClass::filtered && dropped(site, false)) {
        site.verdict = Verdict::contained;
        site.why.emplace_back("what crossed is taken to be the allow-list; other variables were dropped");
        return;
      }
      site.verdict = Verdict::contradicted;
      site.why.push_back("the source says " + std::string(toString(facts.environment)) + ", but " +
                         plural(judged(site), "variable") + " that " + (judged(site) == 1 ? "is" : "are") +
                         " not ambient crossed with the parent's value");
      return;
    }
    if (std::size_t unknown = uncompared(site); unknown > 0) {
      site.verdict = Verdict::undecided;
      site.why.push_back("the environment of " + children(unknown) + " is not known");
      return;
    }
    site.verdict = Verdict::contained;
    site.why.emplace_back(site.crossed.empty() ? "nothing crossed" : onlyExpected(site));
  }

  // Nothing but the runs tells.
  void judgeScript(SiteReport& site) {
    if (judged(site) > 0 && droppedOnTheWay(report_, site)) {
      site.verdict = Verdict::contained;
      site.why.emplace_back("what crossed was read by none of the programs on the way, and dropped by them");
    } else if (judged(site) > 0) {
      judgeCrossing(site);
    } else if (std::size_t unknown = uncompared(site); unknown > 0) {
      site.verdict = Verdict::undecided;
      site.why.push_back("the environment of " + children(unknown) + " is not known");
    } else if (dropped(site, true)) {
      site.verdict = Verdict::contained;
      site.why.emplace_back(site.crossed.empty() ? "nothing crossed" : onlyExpected(site));
    } else {
      site.verdict = Verdict::latent;
      site.why.emplace_back(site.crossed.empty() ? "there was nothing to cross in these runs"
                                                 : onlyExpected(site) + " in these runs");
    }
  }

  void judgeUnknown(SiteReport& site) {
    if (judged(site) > 0) {
      judgeCrossing(site);
      return;
    }
    site.verdict = Verdict::undecided;
    site.why.push_back(uncompared(site) > 0 ? "neither the source nor the run tells what the child got"
                       : site.crossed.empty()
                           ? "the source does not tell; nothing crossed in these runs"
                           : "the source does not tell; " + onlyExpected(site) + " in these runs");
  }

  // A parameter decides: the worst of what the callers made of it.
  void judgeByCallers(Index i) {
    SiteReport& site = report_.sites[i];
    if (site.edges.empty()) {
      notExercised(i);
      return;
    }
    constexpr Verdict worst_first[] = {Verdict::contradicted, Verdict::confirmed, Verdict::undecided, Verdict::latent,
                                       Verdict::contained};
    std::set<Verdict> seen;
    bool open = false;
    for (Index e : site.edges) {
      bool attributed = false;
      for (Index wrapper : report_.join.edges[e].wrappers) {
        if (sites_[wrapper].environment == EnvironmentClass::from_caller || !report_.sites[wrapper].verdict) continue;
        seen.insert(*report_.sites[wrapper].verdict);
        attributed = true;
      }
      if (!attributed) open = true;
    }
    if (open) {
      seen.insert(Verdict::undecided);
      site.why.emplace_back("the caller that chose the environment was not seen");
    } else {
      site.why.emplace_back("its callers choose the environment");
    }
    site.verdict = *std::ranges::find_if(worst_first, [&](Verdict verdict) { return seen.contains(verdict); });
  }

  Report& report_;
  const Runs& runs_;
  const std::vector<SpawnSite>& sites_;
  UnseenSpawns unseen_;
  std::vector<bool> followed_;
};

}  // namespace

void decideSites(Report& report) {
  if (report.sources != nullptr) Judge(report).run();
}

std::string processName(const Report& report, Index image) {
  const RunImage& of = report.runs->images()[image];
  const std::string& program = of.facts->program;
  return of.id + " " + oneLine(program.substr(program.rfind('/') + 1));
}

}  // namespace envleak::reports
