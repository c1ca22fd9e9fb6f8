// One finding as a compiler shows it: the line, its source, and notes for the way there.
#pragma once

#include "reports/render/style.h"

namespace envleak::reports {

class Diagnostics {
 public:
  Diagnostics(const Report& report, const Style& style);

  std::string finding(const Finding& finding);
  // "file:line:column: note: ..." for the calls between a site and the spawn, and those that lead to a site.
  std::string children(const facts::SpawnSite& site) const;
  std::string path(Index site) const;
  std::string note(const std::string& file, unsigned line, unsigned column, const std::string& message) const;

 private:
  const Report& report_;
  const Style& style_;
  SourceExcerpts excerpts_;
  std::unordered_map<std::string_view, Index> site_ids_;
};

}  // namespace envleak::reports
