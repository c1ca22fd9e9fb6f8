// As std::ranges::stable_sort, whose helper in libstdc++ 12 is deprecated to clang in C++20.
#pragma once

#include <algorithm>
#include <cstddef>
#include <functional>
#include <numeric>
#include <utility>
#include <vector>

namespace envleak::reports {

template <typename T, typename Compare = std::ranges::less, typename Projection = std::identity>
void stableSort(std::vector<T>& list, Compare compare = {}, Projection projection = {}) {
  std::vector<std::size_t> order(list.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  auto less = [&](std::size_t a, std::size_t b) {
    return std::invoke(compare, std::invoke(projection, list[a]), std::invoke(projection, list[b]));
  };
  std::ranges::sort(order, [&](std::size_t a, std::size_t b) { return less(a, b) || (!less(b, a) && a < b); });
  std::vector<T> sorted;
  sorted.reserve(list.size());
  for (std::size_t i : order) sorted.push_back(std::move(list[i]));
  list = std::move(sorted);
}

}  // namespace envleak::reports
