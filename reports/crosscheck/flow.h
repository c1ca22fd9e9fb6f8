// Follows variables that crossed an edge: who read them, and where that cannot be known.
#pragma once

#include "reports/crosscheck/report.h"

namespace envleak::reports {

struct Flow {
  std::vector<SiteReading> readings;
  std::set<NameId> open;       // names whose reads were perhaps not all seen
  std::set<Index> unobserved;  // images that were not fully observed, or lost on the way
  bool lost = false;           // a spawn whose child was never seen
};

// From the given edges on, through every edge that the variables keep crossing with the same value. `names` says
// which variables to follow; what the policy allows to cross one of the edges is not followed from there.
Flow follow(const Report& report, const std::vector<Index>& edges, const std::vector<bool>& names);

// The same from images on, with all that they received.
Flow followFrom(const Report& report, const std::vector<Index>& images);

// Did the image receive the value and not change it before `order`?
bool keptUntil(const Runs& runs, Index image, NameId name, std::uint64_t order);

}  // namespace envleak::reports
