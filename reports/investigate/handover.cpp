#include "reports/investigate/handover.h"

namespace envleak::reports {

std::string_view toString(Handover::Kind kind) {
  switch (kind) {
    case Handover::Kind::inherited:
      return "inherited";
    case Handover::Kind::merged:
      return "merged";
    case Handover::Kind::filtered:
      return "filtered";
    case Handover::Kind::replaced:
      return "replaced";
    case Handover::Kind::nothing:
      return "nothing";
    case Handover::Kind::unknown:
      break;
  }
  return "unknown";
}

Handover handoverOf(const facts::Edge& edge) {
  Handover handover;
  if (!edge.compared) return handover;
  handover.crossed = edge.crossed.size();
  handover.added = edge.added.size();
  handover.changed = edge.changed.size();
  handover.removed = edge.removed.size();
  handover.had = handover.crossed + handover.changed + handover.removed;
  if (handover.had == 0)
    handover.kind = Handover::Kind::nothing;
  else if (handover.crossed == 0)
    handover.kind = Handover::Kind::replaced;
  else if (handover.removed > 0)
    handover.kind = Handover::Kind::filtered;
  else
    handover.kind = handover.added + handover.changed > 0 ? Handover::Kind::merged : Handover::Kind::inherited;
  return handover;
}

}  // namespace envleak::reports
