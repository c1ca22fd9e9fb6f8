// Lines of the scanned sources around the places that the page shows.
#pragma once

#include "reports/crosscheck/places.h"
#include "reports/render/html/tables.h"

#include <map>
#include <set>

namespace envleak::reports::html {

// Only files that the static facts name, below the project root, are read: a configuration file holds values.
class Excerpts {
 public:
  explicit Excerpts(const SourceFiles* sources) : sources_(sources) {}
  void want(const std::string& file, unsigned line);
  // [file, first line, [texts]] for each run of lines that could be read.
  Json json() const;

 private:
  const SourceFiles* sources_;  // null: none were scanned
  std::map<std::string, std::set<unsigned>> wanted_;
};

}  // namespace envleak::reports::html
