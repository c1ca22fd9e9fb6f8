#include "analyzer/program/sites.h"

#include "analyzer/frontend/environment_state.h"

#include <algorithm>
#include <map>
#include <unordered_set>

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

namespace {

constexpr std::size_t pathLimit = 100;  // steps that are shown

// The constant that a call passes for the port.
std::optional<std::string> passedText(const Call& call, const Function& caller, const Function& callee, const Port& port) {
  const Argument* argument = passedFor(call, caller, callee, port.parameter);
  if (!argument) return std::nullopt;
  if (port.field.empty()) return argument->text;
  auto field = std::ranges::find(argument->fields, port.field, &Argument::Field::path);
  return field == argument->fields.end() ? std::nullopt : field->text;
}

// ": sets A, takes over B, C"
std::string named(const NamedVariables& all) {
  const NamedVariables names = knownNames(all);
  std::string text;
  auto list = [&](const char* what, const std::vector<std::string>& variables) {
    if (variables.empty()) return;
    text += (text.empty() ? ": " : "; ") + std::string(what);
    for (std::size_t i = 0; i < variables.size(); ++i) text += (i == 0 ? " " : ", ") + variables[i];
  };
  list("takes over", names.kept);
  list("sets", names.set);
  list("leaves out", names.unset);
  if (names.open) text += (text.empty() ? ": " : "; ") + std::string("and variables whose names are not known");
  return text;
}

}  // namespace

Sites::Sites(const CallGraph& graph) : graph_(graph), environments_(graph), handing_on_(graph.variants().size()) {
  const std::vector<FunctionVariant>& variants = graph.variants();
  std::vector<std::vector<SiteId>> by_variant(variants.size());
  for (VariantId id = 0; id < variants.size(); ++id) {
    for (const VariantCall& call : variants[id].calls) {
      Site site;
      site.bound = &call;
      site.call = call.call;
      bool wrapper = std::ranges::any_of(call.callees, [&](VariantId callee) {
        const FunctionVariant& variant = variants[callee];
        return choosesFor(*call.call, graph.functions()[call.call->caller].function,
                          graph.functions()[variant.function].function, variant.carried);
      });
      if (call.apis.empty() && !wrapper) continue;
      site.kind = !call.apis.empty()
                      ? (call.call->through_pointer ? facts::SiteKind::indirect : facts::SiteKind::direct)
                      : facts::SiteKind::wrapper;
      if (!graph.handedOn(call).empty()) handing_on_[id].push_back(sites_.size());
      by_variant[id].push_back(sites_.size());
      sites_.push_back(std::move(site));
    }
    if (id + 1 == graph.functions().size()) listed_ = sites_.size();
  }
  // What each variant's handing-on sites end in; in a group of functions that call each other until nothing is new.
  std::vector<std::set<SiteId>> ends(variants.size());
  auto endsOf = [&](SiteId id) {
    std::set<SiteId> all;
    if (sites_[id].kind != facts::SiteKind::wrapper) all.insert(id);
    for (VariantId callee : sites_[id].bound->callees) all.insert(ends[callee].begin(), ends[callee].end());
    return all;
  };
  for (const auto& group : graph.variantGroups())
    for (bool changed = true; changed;) {
      changed = false;
      for (VariantId variant : group) {
        std::size_t before = ends[variant].size();
        for (SiteId id : handing_on_[variant]) ends[variant].merge(endsOf(id));
        changed |= ends[variant].size() != before;
      }
    }
  for (SiteId id = 0; id < sites_.size(); ++id)
    if (sites_[id].kind == facts::SiteKind::wrapper) sites_[id].spawns = endsOf(id);
  for (const auto& group : graph.variantGroups()) {
    std::vector<SiteId> together;
    for (VariantId variant : group) together.insert(together.end(), by_variant[variant].begin(), by_variant[variant].end());
    resolve(together);
  }
  tellOfListed();
}

// What a site of a variant ends in, or is decided at, is told as the same call of the function itself.
void Sites::tellOfListed() {
  std::map<const ProgramCall*, SiteId> listed;
  for (SiteId id = 0; id < listed_; ++id) listed[sites_[id].call] = id;
  auto told = [&](SiteId id) { return id < listed_ ? id : listed.at(sites_[id].call); };
  for (SiteId id = 0; id < listed_; ++id) {
    Site& site = sites_[id];
    std::set<SiteId> spawns;
    for (SiteId end : site.spawns) spawns.insert(told(end));
    site.spawns = std::move(spawns);
    if (site.decided_at) site.decided_at = told(*site.decided_at);
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
    const ProgramFunction& function = graph_.functions()[site.call->caller];
    if (!function.called && (function.function.within.empty() || function.callers.empty()))
      site.reason += "; no call of '" + graph_.functions()[site.call->caller].function.name + "' was found";
  }
}

void Sites::decide(Site& site, const EnvironmentValue& value, FunctionId function_id) const {
  const Function& function = graph_.functions()[function_id].function;
  site.reason = value.reason;
  bool several = value.kind == Kind::either || value.kind == Kind::together;
  if (auto part = std::ranges::find_if(value.arguments, isOfCaller); several && part != value.arguments.end())
    site.reason = part->reason;
  site.names = value.names;
  site.trap = value.trap;
  site.deferred = {};
  bool chosen_by_caller = isOfCaller(value);
  if (chosen_by_caller && graph_.functions()[function_id].called) {
    site.environment = EnvironmentClass::from_caller;
    site.deferred = value;
    if (!value.cases.empty()) {
      const Port& port = value.cases.front().condition.port;
      std::string name = port.parameter < function.parameter_names.size() ? function.parameter_names[port.parameter] : "this";
      site.reason = "'" + name + (port.field.empty() ? "" : "." + port.field) + "' decides";
    }
    return;
  }
  bool changed = value.names.any();
  switch (value.kind) {
    case Kind::inherited:
    case Kind::environ:
    case Kind::forwarded:
      if (changed) {
        site.environment = EnvironmentClass::extended;
        break;
      }
      site.environment = value.kind == Kind::inherited ? EnvironmentClass::inherited : EnvironmentClass::forwarded;
      break;
    case Kind::extended:
      site.environment = EnvironmentClass::extended;
      break;
    case Kind::empty:
      site.environment = EnvironmentClass::empty;
      break;
    case Kind::explicit_:
      site.environment = EnvironmentClass::explicit_;
      break;
    case Kind::filtered:
      site.environment = EnvironmentClass::filtered;
      break;
    case Kind::parameter:
    case Kind::either:
    case Kind::together:
      site.environment = EnvironmentClass::from_caller;
      site.deferred = value;
      break;
    default:
      site.environment = EnvironmentClass::unknown;
      break;
  }
  bool safe = permissiveness(site.environment) < permissiveness(EnvironmentClass::unknown);
  if (function.broken && safe && site.environment != EnvironmentClass::from_caller) {
    site.environment = EnvironmentClass::unknown;
    site.reason = "'" + function.name + "' has errors, parts of it are lost";
  }
}

void Sites::resolveSpawn(Site& site, SiteId id) const {
  const ProgramCall& call = *site.call;
  bool first = true;
  for (const SpawnApi* api : site.bound->apis) {
    bool narrowed = false;
    EnvironmentValue environ = environments_.environAt(call.call.environment, call.caller, &narrowed);
    EnvironmentValue value = environ;
    std::string null = "empty";
    auto slot = environmentArgument(*api, call.call);
    if (call.call.given) {
      if (!api->null.empty()) null = api->null;
      EnvironmentValue given = environments_.resolved(environments_.heldAt(*call.call.given, call.caller), call.caller, null);
      // "Inherits" is what `environ` is at the call.
      bool inherits = given.kind == Kind::inherited && environ.kind != Kind::inherited;
      value = inherits ? environ : given;
    } else if (slot) {
      null = api->null;
      value = {Kind::unknown, 0, {}, "the environment argument was not found"};
      if (*slot < call.call.arguments.size() && call.call.arguments[*slot].environment)
        value = environments_.heldAt(*call.call.arguments[*slot].environment, call.caller);
      if (value.kind == Kind::environ && environ.kind != Kind::inherited)
        value = environ;
      else if (value.kind == Kind::environ)
        addNames(value.names, environ.names);
    } else if (environ.kind == Kind::inherited) {
      narrowed |= std::ranges::any_of(environ.cases, [](const EnvironmentCase& one) { return one.value.kind != Kind::inherited; });
      value.reason = "'" + api->name + "' has no environment argument" +
                     (narrowed ? ", and 'environ' is cleared or replaced on some paths only" : "");
    }
    Site decided = site;
    decide(decided, environments_.resolved(value, call.caller, null), call.caller);
    decided.as_process = value.kind == Kind::inherited && value.cases.empty() && !api->environment_is_empty;
    if (first || permissiveness(decided.environment) > permissiveness(site.environment)) {
      site = std::move(decided);
      site.null = null;
    }
    std::optional<unsigned> named = api->program ? api->program : api->command;
    if (named && *named < call.call.arguments.size()) site.program = call.call.arguments[*named].text;
    for (const auto* operand : {&api->program_in, &api->command_in})
      if (*operand && (*operand)->argument && *(*operand)->argument < call.call.arguments.size())
        for (const Argument::Field& field : call.call.arguments[*(*operand)->argument].fields)
          if (field.path == (*operand)->field && field.text) site.program = field.text;
    first = false;
  }
  site.decided_at = id;
  site.resolved = true;
}

void Sites::resolveWrapper(Site& site, SiteId id) const {
  const ProgramCall& call = *site.call;
  std::set<std::string> programs;
  bool constant = true;
  site.program.reset();
  for (VariantId variant_id : site.bound->callees) {
    const FunctionVariant& variant = graph_.variants()[variant_id];
    if (!variant.isWrapper()) continue;
    FunctionId callee = variant.function;
    const ProgramFunction& function = graph_.functions()[callee];
    for (SiteId inner_id : handing_on_[variant_id]) {
      const Site& inner = sites_[inner_id];
      if (!inner.resolved || inner_id == id) continue;
      Site decided = inner;
      std::optional<SiteId> decided_at = inner.decided_at;
      decided.names = inTermsOf(inner.names, passedNames(call, callee));
      if (inner.environment == EnvironmentClass::from_caller) {
        EnvironmentValue value = environments_.passed(inner.deferred, call, callee);
        decide(decided, environments_.resolved(value, call.caller, inner.null), call.caller);
        if (call.call.makes && decided.environment == EnvironmentClass::unknown) decided.reason = "who calls the lambda decides";
        decided_at = id;
      } else if (inner.as_process) {
        // What the caller has made of `environ`, if that is less.
        bool narrowed = false;
        EnvironmentValue environ = environments_.environAt(call.call.environment, call.caller, &narrowed);
        decided.as_process = environ.kind == Kind::inherited && environ.cases.empty();
        bool bounded = environ.kind == Kind::empty || environ.kind == Kind::explicit_ || environ.kind == Kind::filtered;
        if (bounded && environ.cases.empty()) {
          environ.reason = "'" + call.call.function + "' has replaced 'environ' before: " + environ.reason;
          decide(decided, environ, call.caller);
          decided_at = id;
        } else if (environ.kind == Kind::inherited) {
          decided.names = changedAfter(environ.names, decided.names);
          if (decided.names.any() && decided.environment == EnvironmentClass::inherited)
            decided.environment = EnvironmentClass::extended;
        }
      }
      if (!site.resolved || permissiveness(decided.environment) > permissiveness(site.environment)) {
        site.environment = decided.environment;
        site.reason = decided.reason;
        site.deferred = decided.deferred;
        site.as_process = decided.as_process;
        site.names = decided.names;
        site.trap = decided.trap;
        site.null = inner.null;
        site.decided_at = decided_at;
        site.by = inner_id;
        site.resolved = true;
      }
      if (inner.program)
        programs.insert(*inner.program);
      else if (variant.program.empty())
        constant = false;
    }
    for (const Port& port : variant.program)
      if (std::optional<std::string> text = passedText(call.call, graph_.functions()[call.caller].function, function.function, port))
        programs.insert(*text);
      else
        constant = false;
  }
  if (constant && programs.size() == 1) site.program = *programs.begin();
  if (site.resolved && site.decided_at && site.decided_at != id && site.environment != EnvironmentClass::from_caller) {
    const Site& end = sites_[*site.decided_at];
    site.reason = "decided in '" + end.call->call.function + "': " + end.reason;
  }
}

std::vector<PassedName> Sites::passedNames(const ProgramCall& call, FunctionId callee) const {
  const Function& caller = graph_.functions()[call.caller].function;
  const Function& function = graph_.functions()[callee].function;
  std::vector<PassedName> passed;
  for (unsigned parameter = 0; parameter < function.parameters; ++parameter) {
    const Argument* argument = passedFor(call.call, caller, function, parameter);
    if (!argument) continue;
    if (argument->text)
      passed.push_back({parameter, argument->text->substr(0, argument->text->find('='))});
    else if (argument->name.parameter)
      passed.push_back({parameter, nameInParameter(*argument->name.parameter)});
  }
  return passed;
}

std::string Sites::reasonOf(const Site& site) const {
  bool tells = site.environment == EnvironmentClass::extended || site.environment == EnvironmentClass::filtered;
  return tells ? site.reason + named(site.names) : site.reason;
}

std::string Sites::handedParameters(const Site& site) const {
  const Function& function = graph_.functions()[site.call->caller].function;
  std::string names;
  std::set<unsigned> seen;
  auto append = [&](const std::string& name) { names += (names.empty() ? "" : ", ") + name; };
  for (const Port& port : graph_.handedOn(*site.bound)) {
    if (!seen.insert(port.parameter).second) continue;
    if (port.parameter < function.parameter_names.size())
      append("'" + function.parameter_names[port.parameter] + "'");
    else
      append(port.parameter == thisPort ? "its object" : port.parameter >= capturedPort ? "what it captures" : "'...'");
  }
  return names;
}

std::vector<facts::PathStep> Sites::path(SiteId site) const {
  std::vector<SiteId> way;
  std::unordered_set<SiteId> seen;
  for (auto at = sites_[site].by; at && seen.insert(*at).second; at = sites_[*at].by) way.push_back(*at);
  // A chain of thousands of calls would be told again at each of them: where it begins and ends is kept.
  std::size_t left_out = way.size() > pathLimit ? way.size() - pathLimit : 0;
  if (left_out > 0) way.erase(way.begin() + pathLimit / 2, way.begin() + pathLimit / 2 + static_cast<std::ptrdiff_t>(left_out));
  std::vector<facts::PathStep> steps;
  for (SiteId at : way) {
    const ProgramCall& call = *sites_[at].call;
    steps.push_back(
        {call.file, call.call.line, call.call.column,
         "'" + call.call.function + "' passes " + handedParameters(sites_[at]) + " on to '" + call.call.callee + "'"});
    if (left_out > 0 && steps.size() == pathLimit / 2)
      steps.back().note += ", and so on through " + std::to_string(left_out) + " more calls";
  }
  return steps;
}

}  // namespace envleak::analyzer
