// Suggestions for findings at spawn sites: edits of the source that give the child an environment of named variables,
// or, where no mechanical edit is right, words.
#pragma once

#include "reports/crosscheck/report.h"

namespace envleak::reports {

struct Edit {
  std::size_t begin = 0;  // bytes of the file that are replaced: [begin, end)
  std::size_t end = 0;
  std::string text;
  auto operator<=>(const Edit&) const = default;
};

struct Fix {
  Index site = 0;
  std::string description;  // one or two sentences
  std::vector<Edit> edits;  // in the site's file, in order; empty: a hint only
};

struct FileFixes {
  std::string file;     // as in the facts
  std::string path;     // to open it
  std::string content;  // that the edits refer to
  std::vector<Fix> fixes;
};

// For each finding at a site that hands the environment on whole; by file. Source is read again: a file that is no
// longer what the facts were made from gets words only where a call is not found at its place. All edits of one file
// can be made together; equal ones (the function that they share) are meant once.
std::vector<FileFixes> suggestFixes(const Report& report);

// The content with all edits made.
std::string edited(const FileFixes& file);

// A unified diff that 'patch -p1' applies in the project's root; empty if there is nothing to edit.
std::string unifiedDiff(const FileFixes& file);

}  // namespace envleak::reports
