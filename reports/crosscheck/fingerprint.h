// Identities of findings that survive when code above them changes.
#pragma once

#include "facts/static_facts.h"

#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace envleak::reports {

// Of parts that do not change when lines move; 40 hexadecimal digits.
std::string fingerprint(std::initializer_list<std::string_view> parts);

// Of sites: rule, file, enclosing function, callee, and the how-many-eth call of that callee in the function it is.
class Fingerprints {
 public:
  explicit Fingerprints(const facts::StaticFacts& sources);
  std::string of(const std::string& rule, std::size_t site) const;

 private:
  const facts::StaticFacts& sources_;
  std::vector<unsigned> ordinals_;
};

}  // namespace envleak::reports
