// Spawn sites of the program, and the class of each.
#pragma once

#include "analyzer/program/call_graph.h"
#include "facts/static_facts.h"

#include <optional>
#include <set>
#include <string>
#include <vector>

namespace envleak::analyzer {

using SiteId = std::size_t;

struct Site {
  const ProgramCall* call = nullptr;
  facts::SiteKind kind = facts::SiteKind::direct;
  facts::EnvironmentClass environment = facts::EnvironmentClass::unknown;
  std::string reason;
  std::optional<unsigned> parameter;  // from-caller: which one
  std::string null;                   // from-caller: what NULL means to the API
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
  // Sites of the function that hand something of its parameters on to a spawn.
  const std::vector<SiteId>& of(FunctionId function) const { return handing_on_[function]; }
  std::vector<facts::PathStep> path(SiteId site) const;

 private:
  struct Decision {
    facts::EnvironmentClass environment = facts::EnvironmentClass::unknown;
    std::string reason;
    std::optional<unsigned> parameter;
  };
  // Sites of functions that call each other: in rounds, until nothing changes.
  void resolve(const std::vector<SiteId>& group);
  void resolveSpawn(Site& site, SiteId id) const;
  void resolveWrapper(Site& site, SiteId id) const;
  Decision decide(const EnvironmentValue& value, const std::string& null, const ProgramFunction& function,
                  int depth = 0) const;
  // What `environ` is at the call, with what the functions called before did to it.
  EnvironmentValue environAt(const EnvironmentState& state, bool* narrowed, int depth = 0) const;
  EnvironmentValue afterCall(const EnvironmentState::Called& called, const EnvironmentValue& before, int depth,
                             bool* narrowed) const;
  std::string handedParameters(const Site& site) const;

  const CallGraph& graph_;
  std::vector<Site> sites_;
  std::vector<std::vector<SiteId>> handing_on_;  // by function
};

// The order of classes by what they let through; of several paths the highest decides.
int permissiveness(facts::EnvironmentClass);

}  // namespace envleak::analyzer
