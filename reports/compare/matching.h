// Which programs of two runs are to be held against each other.
#pragma once

#include "reports/compare/compared_run.h"

namespace envleak::reports {

struct MatchedPrograms {
  Chain shown;                       // what the chains have in common at their end
  std::vector<Chain> first, second;  // one of them is empty for a program that only one run had
};

// By the program and those of its ancestors: whole chains first; what is left by as many of the nearest ancestors as
// are equal, down to the program alone, so that a first process that differs (a shell, cron) does not hide what is
// below it. In order of `shown`.
std::vector<MatchedPrograms> matchPrograms(const std::vector<Chain>& first, const std::vector<Chain>& second);

}  // namespace envleak::reports
