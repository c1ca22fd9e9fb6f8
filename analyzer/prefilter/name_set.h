// Names in the order in which they were met, each once.
#pragma once

#include "analyzer/prefilter/source_text.h"

#include <unordered_set>
#include <utility>
#include <vector>

namespace envleak::analyzer {

class NameSet {
 public:
  void add(NameHash name) {
    if (seen_.insert(name).second) names_.push_back(name);
  }
  std::vector<NameHash> take() { return std::move(names_); }

 private:
  std::unordered_set<NameHash> seen_;
  std::vector<NameHash> names_;
};

}  // namespace envleak::analyzer
