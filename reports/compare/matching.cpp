#include "reports/compare/matching.h"

#include <algorithm>

namespace envleak::reports {
namespace {

constexpr std::size_t nearestAncestors = 8;

Chain ending(const Chain& chain, std::size_t length) {
  return {chain.end() - static_cast<std::ptrdiff_t>(length), chain.end()};
}

}  // namespace

std::vector<MatchedPrograms> matchPrograms(const std::vector<Chain>& first, const std::vector<Chain>& second) {
  std::vector<MatchedPrograms> matched;
  std::set<Chain> left(first.begin(), first.end()), right(second.begin(), second.end());
  for (const Chain& chain : first)
    if (right.erase(chain) > 0) {
      left.erase(chain);
      matched.push_back({chain, {chain}, {chain}});
    }
  for (std::size_t length = nearestAncestors; length > 0; --length) {
    std::map<Chain, MatchedPrograms> ends;
    for (const auto& [side, member] :
         {std::pair(&left, &MatchedPrograms::first), std::pair(&right, &MatchedPrograms::second)})
      for (const Chain& chain : *side)
        if (chain.size() >= length) (ends[ending(chain, length)].*member).push_back(chain);
    for (auto& [end, match] : ends) {
      if (match.first.empty() || match.second.empty()) continue;
      for (const Chain& chain : match.first) left.erase(chain);
      for (const Chain& chain : match.second) right.erase(chain);
      match.shown = end;
      matched.push_back(std::move(match));
    }
  }
  for (const Chain& chain : left) matched.push_back({chain, {chain}, {}});
  for (const Chain& chain : right) matched.push_back({chain, {}, {chain}});
  std::ranges::sort(matched, [](const MatchedPrograms& a, const MatchedPrograms& b) {
    return std::tie(a.shown, a.first, a.second) < std::tie(b.shown, b.first, b.second);
  });
  return matched;
}

}  // namespace envleak::reports
