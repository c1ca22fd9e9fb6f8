// Can this program be observed? Looks at the file that is about to be executed: a library that cannot be loaded there
// must not be put into its environment. Used by the recorder too: no state here, no libc, errno untouched.
#pragma once

#include <cstddef>

namespace envleak::preload {

enum class TargetKind {
  observable,  // dynamically linked, or not known to be otherwise (unreadable, no known format)
  missing,     // no such file
  static_program,
  setuid,   // also set-group-ID and file capabilities: the loader ignores LD_PRELOAD there
  foreign,  // another machine or word size
};

struct Target {
  TargetKind kind = TargetKind::observable;
  bool script = false;      // the kind is that of its interpreter
  char sanitizer[64] = {};  // runtime that must be first in the list of libraries: "libasan.so.8"; or empty
};

// `directory` is a descriptor or AT_FDCWD; an empty path means the descriptor itself.
Target inspectTarget(int directory, const char* path);

// The file that execvp(3) would take for `name` with this PATH (null: the default). False: none, or it does not fit.
bool searchPath(const char* name, const char* path_list, char* found, std::size_t size);

// The word that a BlindRecord has for it.
const char* blindKind(TargetKind kind);

}  // namespace envleak::preload
