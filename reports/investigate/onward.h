// Ways of a value past the environment of a started program.
#pragma once

#include "reports/crosscheck/report.h"

namespace envleak::reports {

// A value that went through a file: one image wrote it there, another read it.
struct FilePassage {
  Index writer = 0;
  Index reader = 0;
  std::string path;
  unsigned line = 0;  // where the value stands
};

// Of the variable's values, as far as the files are settings files that were written and read in one recording.
std::vector<FilePassage> passagesThroughFiles(const Report& report, NameId name);

// What a value can go through unseen, for people.
std::string_view waysNotFollowed();

}  // namespace envleak::reports
