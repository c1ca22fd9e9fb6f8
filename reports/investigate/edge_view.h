// One spawn: the call, what crossed, and who read it behind it.
#pragma once

#include "reports/investigate/handover.h"
#include "reports/investigate/origins.h"

namespace envleak::reports {

struct EdgeView {
  Index edge = 0;
  Handover handover;
  std::vector<Place> callers;     // of the spawning call's place, innermost first
  std::vector<SiteReading> read;  // crossed variables, read by the child or what it kept handing them to
  std::vector<NameId> unread;     // crossed, and certainly read by none of them
  std::vector<NameId> open;       // crossed, not seen read; that none of them read it cannot be said
  std::vector<Index> unobserved;  // the images for which it cannot
  std::vector<std::pair<Origin, std::vector<NameId>>> from;  // of the crossed ones, where the child is known
};

EdgeView viewEdge(const Report& report, Index edge);

}  // namespace envleak::reports
