// What a spawn did with its parent's environment, judged by the variables that crossed.
#pragma once

#include "reports/crosscheck/report.h"

#include <compare>

namespace envleak::reports {

struct Handover {
  // inherited: all crossed and nothing else was done; merged: all that the parent had arrived, and something was added
  // or changed; filtered: a part of it arrived; replaced: nothing of it did; unknown: not compared; nothing: the parent
  // had no variables.
  enum class Kind { inherited, merged, filtered, replaced, nothing, unknown } kind = Kind::unknown;
  std::size_t had = 0;  // variables of the parent
  std::size_t crossed = 0, added = 0, changed = 0, removed = 0;
  auto operator<=>(const Handover&) const = default;
};

std::string_view toString(Handover::Kind kind);
Handover handoverOf(const facts::Edge& edge);

}  // namespace envleak::reports
