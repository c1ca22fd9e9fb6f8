// Flags of other compilers that keep the parser from starting at all.
#pragma once

#include <clang-c/Index.h>

#include <string>
#include <vector>

namespace envleak::analyzer {

// `words`: a command that could not be parsed, the compiler first. Those of its flags without which it can be, as far as
// flags are the reason; found by trying them on an empty source. Takes some milliseconds a flag.
std::vector<std::string> refusedFlags(CXIndex index, const std::vector<std::string>& words, bool cplusplus);

}  // namespace envleak::analyzer
