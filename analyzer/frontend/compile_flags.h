// The flags of one compile command: which of them the parser gets.
#pragma once

#include "analyzer/frontend/compile_commands.h"

#include <string>
#include <string_view>
#include <vector>

namespace envleak::analyzer {

struct Flags {
  std::vector<std::string> kept;
  std::string language;     // of -x; empty: none is given
  bool microsoft = false;   // --driver-mode=cl
  bool no_standard_headers = false;
  std::string target;       // given on the command line
};

// `words` stand behind the compiler's name; the source file, other inputs and outputs are left out. Repairs and losses
// are added to `command`, whose directory and file are set.
Flags sortFlags(const std::vector<std::string>& words, bool c_language, CompileCommand& command);

// Is the word after this one its value?
bool takesValue(std::string_view word);

// A folder of gcc's own headers, which are not for clang.
bool isCompilerDirectory(std::string_view path);

}  // namespace envleak::analyzer
