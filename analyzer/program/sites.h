// Spawn sites of the program, and the class of each.
#pragma once

#include "analyzer/program/call_graph.h"
#include "analyzer/program/environments.h"
#include "facts/static_facts.h"

#include <optional>
#include <set>
#include <string>
#include <vector>

namespace envleak::analyzer {

using SiteId = std::size_t;

// A call in a variant of its function.
struct Site {
  const VariantCall* bound = nullptr;
  const ProgramCall* call = nullptr;
  facts::SiteKind kind = facts::SiteKind::direct;
  facts::EnvironmentClass environment = facts::EnvironmentClass::unknown;
  std::string reason;
  EnvironmentValue deferred;  // from-caller: what the callers decide
  std::string null;           // from-caller: what NULL means to the API
  bool as_process = false;    // what `environ` is when the function begins decides
  std::string trap;           // it looks explicit and is not: why
  NamedVariables names;  // that this function is given as parameters may be among them
  std::optional<SiteId> decided_at;
  std::optional<SiteId> by;  // wrapper sites: the site in the callee that decides
  std::optional<std::string> program;
  std::set<SiteId> spawns;  // direct and indirect sites it ends in
  bool resolved = false;
};

class Sites {
 public:
  explicit Sites(const CallGraph& graph);
  const std::vector<Site>& all() const { return sites_; }
  // Is it that of the function itself, where the others are told as well?
  bool isListed(SiteId id) const { return id < listed_ && !sites_[id].call->call.makes; }
  // Sites of the function that hand something of its parameters on to a spawn.
  const std::vector<SiteId>& of(FunctionId function) const { return handing_on_[function]; }
  std::vector<facts::PathStep> path(SiteId site) const;
  // Why it is of this class, with the variables that are changed.
  std::string reasonOf(const Site& site) const;

 private:
  // Sites of functions that call each other: in rounds, until nothing changes.
  void resolve(const std::vector<SiteId>& group);
  void resolveSpawn(Site& site, SiteId id) const;
  void resolveWrapper(Site& site, SiteId id) const;
  // The class of a value that was resolved, for a site in this function.
  void decide(Site& site, const EnvironmentValue& value, FunctionId function) const;
  std::vector<PassedName> passedNames(const ProgramCall& call, FunctionId callee) const;
  std::string handedParameters(const Site& site) const;
  void tellOfListed();

  const CallGraph& graph_;
  Environments environments_;
  std::vector<Site> sites_;
  SiteId listed_ = 0;
  std::vector<std::vector<SiteId>> handing_on_;  // by variant
};

// The order of classes by what they let through; of several paths the highest decides.
int permissiveness(facts::EnvironmentClass);

}  // namespace envleak::analyzer
