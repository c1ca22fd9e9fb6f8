#include "analyzer/program/sites.h"

#include "analyzer/frontend/environment_state.h"

#include <algorithm>

namespace envleak::analyzer {

using facts::EnvironmentClass;
using Kind = EnvironmentValue::Kind;

int permissiveness(EnvironmentClass environment) {
  switch (environment) {
    case EnvironmentClass::inherited:
      return 7;
    case EnvironmentClass::forwarded:
      return 6;
    case EnvironmentClass::extended:
      return 5;
    case EnvironmentClass::unknown:
      return 4;
    case EnvironmentClass::from_caller:
      return 3;
    case EnvironmentClass::filtered:
      return 2;
    case EnvironmentClass::explicit_:
      return 1;
    case EnvironmentClass::empty:
      return 0;
  }
  return 4;
}

Sites::Sites(const CallGraph& graph) : graph_(graph), handing_on_(graph.functions().size()) {
  for (FunctionId id = 0; id < graph.functions().size(); ++id)
    for (const ProgramCall& call : graph.functions()[id].calls) {
      Site site;
      site.call = &call;
      bool wrapper =
          std::ranges::any_of(call.callees, [&](FunctionId callee) { return graph.functions()[callee].isWrapper(); });
      if (call.apis.empty() && !wrapper) continue;
      site.kind = !call.apis.empty() ? (call.through_pointer ? facts::SiteKind::indirect : facts::SiteKind::direct)
                                     : facts::SiteKind::wrapper;
      if (graph.handedOn(call) != 0) handing_on_[id].push_back(sites_.size());
      sites_.push_back(std::move(site));
    }
  // What each function's handing-on sites end in; in a group of functions that call each other until nothing is new.
  std::vector<std::set<SiteId>> ends(graph.functions().size());
  auto endsOf = [&](SiteId id) {
    std::set<SiteId> all;
    if (sites_[id].kind != facts::SiteKind::wrapper) all.insert(id);
    for (FunctionId callee : sites_[id].call->callees) all.insert(ends[callee].begin(), ends[callee].end());
    return all;
  };
  for (const auto& group : graph.groups())
    for (bool changed = true; changed;) {
      changed = false;
      for (FunctionId function : group) {
        std::size_t before = ends[function].size();
        for (SiteId id : handing_on_[function]) ends[function].merge(endsOf(id));
        changed |= ends[function].size() != before;
      }
    }
  for (SiteId id = 0; id < sites_.size(); ++id)
    if (sites_[id].kind == facts::SiteKind::wrapper) sites_[id].spawns = endsOf(id);
  std::vector<std::vector<SiteId>> by_function(graph.functions().size());
  for (SiteId id = 0; id < sites_.size(); ++id) by_function[sites_[id].call->caller].push_back(id);
  for (const auto& group : graph.groups()) {
    std::vector<SiteId> together;
    for (FunctionId function : group)
      together.insert(together.end(), by_function[function].begin(), by_function[function].end());
    resolve(together);
  }
}

void Sites::resolve(const std::vector<SiteId>& group) {
  bool changed = true;
  // Classes only become wider, and there are eight; the bound is for safety.
  for (std::size_t round = 0; changed && round <= 8 * group.size(); ++round) {
    changed = false;
    for (SiteId id : group) {
      Site site = sites_[id];
      if (site.kind == facts::SiteKind::wrapper)
        resolveWrapper(site, id);
      else if (!site.resolved)
        resolveSpawn(site, id);
      if (site.resolved && (!sites_[id].resolved || site.environment != sites_[id].environment)) {
        sites_[id] = std::move(site);
        changed = true;
      }
    }
  }
  for (SiteId id : group) {
    Site& site = sites_[id];
    if (!site.resolved) {
      site.reason = "only reached through recursion";
      site.decided_at = id;
    }
    if (site.environment != EnvironmentClass::from_caller) continue;
    site.decided_at.reset();
    if (!graph_.functions()[site.call->caller].called)
      site.reason += "; no call of '" + graph_.functions()[site.call->caller].function.name + "' was found";
  }
}

// Does the API say what it is, or is it at most what was built for the child?
static bool isBounded(const EnvironmentValue& value) {
  return value.kind != Kind::inherited && value.kind != Kind::environ && value.kind != Kind::forwarded;
}

// What a call of any of the definitions makes of the value.
EnvironmentValue Sites::afterCall(const EnvironmentState::Called& called, const EnvironmentValue& before, int depth,
                                  bool* narrowed) const {
  const std::vector<FunctionId>& definitions = graph_.definitions(called.function);
  EnvironmentValue lost{
      Kind::unknown, 0, {}, "what '" + called.name + "', called in between, does to 'environ' is not known"};
  if (definitions.empty()) return isBounded(before) ? lost : before;
  std::optional<EnvironmentValue> after;
  for (FunctionId definition : definitions) {
    const ProgramFunction& function = graph_.functions()[definition];
    const std::optional<EnvironmentState>& leaves = function.function.leaves;
    EnvironmentValue value = before;
    if (function.changes_environ) {
      bool same = false;
      if (leaves && !function.function.broken) {
        bool partly = false;
        value = environAt(*leaves, &partly, depth + 1);
        same = value.kind == Kind::inherited;
        if (same) *narrowed |= partly;
        if (value.kind == Kind::parameter || value.kind == Kind::result) value.kind = Kind::unknown;
        if (!same) value.reason = "'" + called.name + "' was called before: " + value.reason;
      }
      // Not replaced on every path: what was there is left, with what the function adds.
      bool only_adds = leaves && leaves->called.empty() && function.function.adds != Added::other;
      if (!leaves || same || function.function.broken) {
        value = before;
        if (isBounded(before)) value = only_adds ? withAdded(before, function.function.adds, called.name) : lost;
      }
    }
    after = after ? widest(*after, value) : value;
  }
  return *after;
}

EnvironmentValue Sites::environAt(const EnvironmentState& state, bool* narrowed, int depth) const {
  EnvironmentValue value = state.value;
  *narrowed = state.narrowed_on_some_path;
  for (const EnvironmentState::Called& called : state.called) {
    EnvironmentValue after = value;
    if (std::optional<Added> added = addedBy(called))
      after = withAdded(value, *added, called.name);
    else if (depth > 8)
      after = {isBounded(value) ? Kind::unknown : value.kind, 0, {}, "too many calls on the way"};
    else
      after = afterCall(called, value, depth, narrowed);
    if (!called.always) {
      *narrowed |= value.kind == Kind::inherited && after.kind != Kind::inherited;
      after = widest(value, after);
    } else if (after.kind != Kind::inherited) {
      *narrowed = false;
    }
    value = after;
  }
  return value;
}

Sites::Decision Sites::decide(const EnvironmentValue& value, const std::string& null, const ProgramFunction& function,
                              int depth) const {
  Decision decision{EnvironmentClass::unknown, value.reason, std::nullopt};
  switch (value.kind) {
    case Kind::inherited:
      decision.environment = EnvironmentClass::inherited;
      break;
    case Kind::environ:
    case Kind::forwarded:
      decision.environment = EnvironmentClass::forwarded;
      break;
    case Kind::null:
      decision.environment = null == "inherited" ? EnvironmentClass::inherited : EnvironmentClass::empty;
      decision.reason += null == "inherited" ? ", which inherits" : ", which is an empty environment on Linux";
      break;
    case Kind::empty:
      decision.environment = EnvironmentClass::empty;
      break;
    case Kind::explicit_:
      decision.environment = EnvironmentClass::explicit_;
      break;
    case Kind::filtered:
      decision.environment = EnvironmentClass::filtered;
      break;
    case Kind::parameter:
      decision.environment = EnvironmentClass::from_caller;
      decision.parameter = value.parameter;
      break;
    case Kind::result: {
      std::optional<EnvironmentValue> returned;
      bool all = !graph_.definitions(value.function).empty();
      for (FunctionId id : graph_.definitions(value.function)) {
        const Function& callee = graph_.functions()[id].function;
        if (!callee.returns || callee.broken)
          all = false;
        else
          returned = returned ? widest(*returned, *callee.returns) : *callee.returns;
      }
      if (!all || !returned || depth > 4 || returned->kind == Kind::parameter || returned->kind == Kind::null) break;
      Decision inner = decide(*returned, null, function, depth + 1);
      decision.environment = inner.environment;
      decision.reason += ": " + inner.reason;
      break;
    }
    case Kind::unknown:
      break;
  }
  bool safe = permissiveness(decision.environment) < permissiveness(EnvironmentClass::unknown);
  if (safe && function.function.broken)
    return {EnvironmentClass::unknown, "'" + function.function.name + "' contains errors, parts of it are lost",
            std::nullopt};
  return decision;
}

void Sites::resolveSpawn(Site& site, SiteId id) const {
  const ProgramCall& call = *site.call;
  const ProgramFunction& function = graph_.functions()[call.caller];
  bool first = true;
  for (const SpawnApi* api : call.apis) {
    bool narrowed = false;
    EnvironmentValue environ = environAt(call.call.environment, &narrowed);
    Decision decision;
    if (auto slot = environmentArgument(*api, call.call)) {
      EnvironmentValue value{Kind::unknown, 0, {}, "the environment argument was not found"};
      if (*slot < call.call.arguments.size() && call.call.arguments[*slot].environment)
        value = *call.call.arguments[*slot].environment;
      if (value.kind == Kind::environ && environ.kind != Kind::inherited) value = environ;
      decision = decide(value, api->null, function);
      if (api->extends) {
        Decision parent = decide(environ, "empty", function);
        if (parent.environment == EnvironmentClass::inherited)
          parent = {EnvironmentClass::extended,
                    "'" + shownName(api->name) + "' adds its environment argument to the parent's",
                    {}};
        if (permissiveness(parent.environment) >= permissiveness(decision.environment)) decision = parent;
      } else if (api->overruled_by &&
                 permissiveness(decision.environment) < permissiveness(EnvironmentClass::unknown)) {
        decision = {EnvironmentClass::unknown,
                    "an object may make '" + shownName(api->name) + "' ignore its environment argument",
                    {}};
      }
    } else if (api->environment_is_empty) {
      decision = decide({Kind::empty, 0, {}, "'" + shownName(api->name) + "' gives the child an empty environment"},
                        "empty", function);
    } else if (api->environmentIsHeld()) {
      decision = decide({Kind::unknown, 0, {}, "an object holds the environment of '" + shownName(api->name) + "'"},
                        "empty", function);
    } else {
      if (environ.kind == Kind::inherited)
        environ.reason = "'" + shownName(api->name) + "' has no environment argument" +
                         (narrowed ? ", and 'environ' is cleared or replaced on some paths only" : "");
      decision = decide(environ, "empty", function);
    }
    if (first || permissiveness(decision.environment) > permissiveness(site.environment)) {
      site.environment = decision.environment;
      site.reason = decision.reason;
      site.parameter = decision.parameter;
      site.null = api->null;
    }
    std::optional<unsigned> named = api->program ? api->program : api->command;
    if (named && *named < call.call.arguments.size()) site.program = call.call.arguments[*named].text;
    first = false;
  }
  site.decided_at = id;
  site.resolved = true;
}

void Sites::resolveWrapper(Site& site, SiteId id) const {
  const ProgramCall& call = *site.call;
  const ProgramFunction& caller = graph_.functions()[call.caller];
  std::set<std::string> programs;
  bool constant = true;
  site.program.reset();
  for (FunctionId callee : call.callees) {
    const ProgramFunction& function = graph_.functions()[callee];
    if (!function.isWrapper()) continue;
    for (SiteId inner_id : handing_on_[callee]) {
      const Site& inner = sites_[inner_id];
      if (!inner.resolved || inner_id == id) continue;
      Decision decision{inner.environment, inner.reason, std::nullopt};
      std::optional<SiteId> decided_at = inner.decided_at;
      if (inner.environment == EnvironmentClass::from_caller && inner.parameter) {
        EnvironmentValue value{Kind::unknown, 0, {}, "the argument is not known to be an environment"};
        if (*inner.parameter < call.call.arguments.size() && call.call.arguments[*inner.parameter].environment)
          value = *call.call.arguments[*inner.parameter].environment;
        decision = decide(value, inner.null, caller);
        decided_at = id;
      }
      if (!site.resolved || permissiveness(decision.environment) > permissiveness(site.environment)) {
        site.environment = decision.environment;
        site.reason = decision.reason;
        site.parameter = decision.parameter;
        site.null = inner.null;
        site.decided_at = decided_at;
        site.by = inner_id;
        site.resolved = true;
      }
      if (inner.program)
        programs.insert(*inner.program);
      else if (function.program == 0)
        constant = false;
    }
    for (std::size_t i = 0; i < call.call.arguments.size(); ++i) {
      unsigned bit =
          i < function.function.parameters ? static_cast<unsigned>(std::min<std::size_t>(i, variadicBit)) : variadicBit;
      if ((function.program & maskOf(bit)) == 0) continue;
      if (call.call.arguments[i].text)
        programs.insert(*call.call.arguments[i].text);
      else
        constant = false;
    }
  }
  if (constant && programs.size() == 1) site.program = *programs.begin();
  if (site.resolved && site.decided_at && site.decided_at != id && site.environment != EnvironmentClass::from_caller) {
    const Site& end = sites_[*site.decided_at];
    site.reason = "decided in '" + end.call->call.function + "': " + end.reason;
  }
}

std::string Sites::handedParameters(const Site& site) const {
  const Function& function = graph_.functions()[site.call->caller].function;
  ParameterMask mask = graph_.handedOn(*site.call);
  std::string names;
  auto append = [&](const std::string& name) { names += (names.empty() ? "" : ", ") + name; };
  if ((mask & maskOf(thisBit)) != 0) append("its object");
  for (unsigned i = 0; i < function.parameters && i < variadicBit; ++i)
    if ((mask & maskOf(i)) != 0) append("'" + function.parameter_names[i] + "'");
  if ((mask & maskOf(variadicBit)) != 0) append("'...'");
  return names;
}

std::vector<facts::PathStep> Sites::path(SiteId site) const {
  std::vector<facts::PathStep> steps;
  std::set<SiteId> seen;
  for (auto at = sites_[site].by; at && seen.insert(*at).second; at = sites_[*at].by) {
    const ProgramCall& call = *sites_[*at].call;
    steps.push_back(
        {call.file, call.call.line, call.call.column,
         "'" + call.call.function + "' passes " + handedParameters(sites_[*at]) + " on to '" + call.call.callee + "'"});
  }
  return steps;
}

}  // namespace envleak::analyzer
