#include "reports/crosscheck/fingerprint.h"

#include <llvm/ADT/StringExtras.h>
#include <llvm/Support/SHA1.h>

#include <algorithm>
#include <numeric>
#include <tuple>

namespace envleak::reports {

std::string fingerprint(std::initializer_list<std::string_view> parts) {
  llvm::SHA1 hash;
  for (std::string_view part : parts) {
    hash.update(llvm::StringRef(part.data(), part.size()));
    hash.update(llvm::StringRef("\0", 1));
  }
  return llvm::toHex(hash.final(), true);
}

Fingerprints::Fingerprints(const facts::StaticFacts& sources)
    : sources_(sources), ordinals_(sources.spawn_sites.size()) {
  const std::vector<facts::SpawnSite>& sites = sources.spawn_sites;
  std::vector<std::size_t> order(sites.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  auto key = [&](std::size_t i) { return std::tie(sites[i].file, sites[i].function, sites[i].callee); };
  auto place = [&](std::size_t i) { return std::tie(sites[i].line, sites[i].column); };
  std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) {
    return std::tuple_cat(key(a), place(a)) < std::tuple_cat(key(b), place(b));
  });
  for (std::size_t i = 1; i < order.size(); ++i)
    if (key(order[i]) == key(order[i - 1])) ordinals_[order[i]] = ordinals_[order[i - 1]] + 1;
}

std::string Fingerprints::of(const std::string& rule, std::size_t site) const {
  const facts::SpawnSite& of = sources_.spawn_sites[site];
  return fingerprint({rule, of.file, of.function, of.callee, std::to_string(ordinals_[site])});
}

}  // namespace envleak::reports
