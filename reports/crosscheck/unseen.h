// What could have happened without being seen: whether a site that no edge is joined to was perhaps executed.
#pragma once

#include "reports/crosscheck/report.h"

namespace envleak::reports {

class UnseenSpawns {
 public:
  explicit UnseenSpawns(const Report& report);

  // Some run dropped events: nothing may be said of what did not happen in it.
  bool lossy() const { return lossy_; }

  // Clauses; empty if the site was certainly not executed in the given runs.
  std::vector<std::string> whyPerhapsExercised(Index site) const;

  // "p3 sh copied its whole environment": why an image was not fully observed.
  std::string describe(Index image) const;

 private:
  bool perhapsBehindWrapper(Index site) const;

  const Report& report_;
  std::unordered_map<std::string_view, Index> site_ids_;
  bool lossy_ = false;
  std::vector<std::string> unlocated_apis_;  // of edges without any source line
  std::vector<Index> blind_;                 // images that may have run scanned code unseen
};

// Is a blind spot of this kind one that lost events of the whole trace?
bool losesEvents(const facts::BlindSpot& spot);

}  // namespace envleak::reports
