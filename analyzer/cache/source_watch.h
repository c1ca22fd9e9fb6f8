// Notices sources that change while the program is scanned: its units would then not be of one state.
#pragma once

#include "analyzer/frontend/closure.h"

#include <ctime>
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

namespace envleak::analyzer {

class SourceWatch {
 public:
  SourceWatch() : started_(fileClock()) {}

  void add(std::size_t unit, const Closure& closure);
  // For each unit that is concerned, one of its files that changed. Looks at the files of all units.
  std::map<std::size_t, std::string> changed() const;

 private:
  struct Source {
    std::uint64_t hash = 0;
    bool differs = false;  // two units read different contents
    std::vector<std::size_t> units;
  };
  timespec started_;
  std::unordered_map<std::string, Source> sources_;
  std::map<std::size_t, std::string> changed_;
};

}  // namespace envleak::analyzer
