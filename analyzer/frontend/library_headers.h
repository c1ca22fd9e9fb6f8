// Which system headers may declare functions of the program itself.
#pragma once

#include <clang-c/Index.h>

#include <string>
#include <string_view>

namespace envleak::analyzer {

// Is the header, by its name as the parser has it, one of the C library, of the C++ standard library, or of the
// compiler? Calls of what these declare are not kept: they are most of all calls.
bool isStandardHeader(std::string_view path);

// Does it lie in one of the folders where installed headers are?
bool isInstalledHeader(std::string_view path);

// A function that a system header declares (a folder given with -isystem, an installed library, a header that says so
// of itself) and that is followed like the project's own where the program has its definition.
bool mayBeDefinedByProgram(CXCursor function, const std::string& usr);

}  // namespace envleak::analyzer
