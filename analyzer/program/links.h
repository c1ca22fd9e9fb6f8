// Which units are linked into which executable, as far as the build tells.
#pragma once

#include "analyzer/frontend/compile_commands.h"

#include <string>
#include <vector>

namespace envleak::analyzer {

struct LinkedProgram {
  std::string output;              // absolute path of the executable
  std::vector<std::string> units;  // canonical, sorted
  std::string known_from;          // as facts::Program has it
};

// From the link commands in the database; beside it, in its folder, from CMake's file API reply and build.ninja.
// What cannot be read there is passed over: the program's parts are then told by the call graph.
std::vector<LinkedProgram> linkedPrograms(const CompilationDatabase& database);

// What the debug information of an executable or shared library says it is made of. Throws InputError with a remedy if
// the file cannot be read, is no binary, or says nothing.
LinkedProgram programOfBinary(const std::string& file);

}  // namespace envleak::analyzer
