// The function that a fixed file gets: it takes only named variables over from `environ`.
#pragma once

#include "reports/fixes/fixes.h"
#include "reports/fixes/source_text.h"

namespace envleak::reports {

class EnvironmentFunction {
 public:
  explicit EnvironmentFunction(const SourceText& source);

  // What the site's children read in the runs, or else the usual names; and what the site's file sets itself.
  void addNames(const Report& report, Index site);
  // execvpe is called: <unistd.h> declares it to C programs only with _GNU_SOURCE.
  void declareExecvpe() { declares_execvpe_ = true; }

  std::string call() const { return name_ + "()"; }
  std::string description() const;
  // The edit that defines it so that `token` sees it; the same one for all calls of the file. None if there is no sure
  // place, or the call is compiled where the first one is not (#if).
  std::optional<Edit> declaration(std::size_t token);

 private:
  std::string definition() const;

  const SourceText& source_;
  std::string name_;
  std::vector<std::string> names_;
  bool read_known_ = true;  // of every site
  bool sets_own_ = false;
  bool declares_execvpe_ = false;
  std::optional<std::size_t> place_;
};

}  // namespace envleak::reports
