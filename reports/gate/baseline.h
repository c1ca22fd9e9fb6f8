// Findings that somebody has accepted for now: a file that is committed, and reviewed as a difference when it is
// written anew. So it is sorted, holds one finding in a few short lines, and nothing that changes when a finding stays
// what it is: no line numbers, no version, no date.
#pragma once

#include "reports/reports.h"

#include <string>
#include <string_view>
#include <vector>

namespace envleak::reports {

struct BaselineEntry {
  std::string file;      // as reports show it
  std::string function;  // may be empty
  std::string rule;
  Level level = Level::warning;  // a finding that has become worse is not known
  std::string fingerprint;
  std::string message;
};

// Throws InputError naming the file and the remedy.
std::vector<BaselineEntry> readBaseline(const std::string& file);

// share/envleak/schema/baseline.schema.json has the form. The order of `entries` does not matter.
std::string baselineText(std::vector<BaselineEntry> entries);

}  // namespace envleak::reports
