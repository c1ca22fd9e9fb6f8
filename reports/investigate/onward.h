// Ways of a value past the environment of a started program.
#pragma once

#include "reports/crosscheck/report.h"

namespace envleak::reports {

// A value that went through a file: one image wrote it there, another read it.
struct FilePassage {
  Index writer = 0;
  std::string path;
  std::optional<Index> reader;  // none: written, and not seen to be read
};

// Of the variable's values, in order of their writing. None of them is known so far: the probe does not look into what
// is written.
std::vector<FilePassage> passagesThroughFiles(const Report& report, NameId name);

// What a value can go through unseen, for people.
std::string_view waysNotFollowed();

}  // namespace envleak::reports
