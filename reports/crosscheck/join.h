// Joins each observed spawn to the calls in the source that made it.
#pragma once

#include "reports/crosscheck/places.h"
#include "reports/crosscheck/runs.h"

namespace envleak::reports {

// site: one call explains it; ambiguous: one of several, which could not be told apart; unpredicted: it comes from the
// scanned sources, but no known call stands there; outside: no frame lies in the scanned sources; unlocated: as
// outside, but the module that spawned has no debug information and may well be built from them.
enum class JoinKind { site, ambiguous, unpredicted, outside, unlocated };

std::string_view toString(JoinKind kind);

struct EdgeJoin {
  JoinKind kind = JoinKind::outside;
  std::vector<Index> sites;     // direct or indirect, by position in StaticFacts::spawn_sites
  std::vector<Index> wrappers;  // wrapper sites that the call passed through, innermost first
  std::optional<Index> frame;   // the innermost frame in the scanned sources
};

struct JoinResult {
  std::vector<EdgeJoin> edges;                    // by edge
  std::vector<std::vector<Index>> edges_of_site;  // by site: every edge joined to it, failed ones too
};

// Without static facts every edge is outside.
JoinResult join(const Runs& runs, const facts::StaticFacts* sources, const SourceFiles& files);

// Do a call in the source and the API that the probe saw mean the same (2), members of one family such as execvp and
// execve (1), or something else, such as a library's function that ends in it (0)?
int apiLikeness(std::string_view callee, std::string_view api);

}  // namespace envleak::reports
