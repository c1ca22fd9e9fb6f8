// Precompiled headers belong to the compiler that made them: the headers they were made from are read instead.
#pragma once

#include <string>
#include <vector>

namespace envleak::analyzer {

struct IncludedHeader {
  std::vector<std::string> files;  // to include instead
  std::string repair;              // what was done; empty: nothing
  std::string loss;                // what is gone; empty: nothing
};

// `name`: a header that '-include' names, or with `compiled` what a precompiled form of it is named.
IncludedHeader includedHeader(const std::string& name, bool compiled, const std::string& directory);

}  // namespace envleak::analyzer
