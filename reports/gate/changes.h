// The lines that a change touches, and whether a finding has to do with them.
#pragma once

#include "reports/crosscheck/report.h"

#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace envleak::reports {

// Lines of the new side of a unified diff.
class ChangedLines {
 public:
  // Reads what git diff and diff -u write, for any number of lines of context. With a `prefix`, such as "/src/", the
  // paths are those of the files below it; without, a path means every file whose own path it ends, since nothing tells
  // from which folder it starts. Throws InputError "ORIGIN:LINE: ..." for what cannot be read.
  static ChangedLines fromDiff(const std::string& text, const std::string& origin, const std::string& prefix);
  void addWhole(std::string path) { files_[std::move(path)].push_back({1, ~0U}); }

  using Ranges = std::vector<std::pair<unsigned, unsigned>>;  // first and last line
  // `path` is absolute, or as a report shows it if its root is not known.
  Ranges of(const std::string& path) const;

 private:
  std::map<std::string, Ranges> files_;
  bool whole_paths_ = false;
};

class ChangeFilter {
 public:
  // Keeps both.
  ChangeFilter(const Report& report, const ChangedLines& changes);
  // Does a step of the finding lie in the change: the call, the calls that lead to it or that it goes on through, the
  // place that decides its environment, a read of what crosses, or the place of the finding itself?
  bool belongs(const Finding& finding) const;

 private:
  bool site(Index index) const;
  bool call(const facts::SpawnSite& site) const;
  bool reads(Index image, NameId name) const;
  bool edge(Index index) const;
  bool touches(const std::string& file, unsigned line, unsigned last = 0) const;

  const Report& report_;
  const ChangedLines& changes_;
  std::unordered_map<std::string_view, const facts::SpawnSite*> sites_;  // by id
  std::unordered_map<std::string_view, const facts::Program*> programs_;
  mutable std::unordered_map<std::string, ChangedLines::Ranges> known_;  // by path
};

// The lines that differ from the last common commit with `base`, of the working tree around `folder`, files that git
// does not know yet among them. Throws InputError where there is no git, no repository, or no such revision.
ChangedLines changesSince(const std::string& base, const std::string& folder);

}  // namespace envleak::reports
