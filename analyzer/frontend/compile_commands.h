// The units of a program and how each is compiled: compile_commands.json, or one file with flags.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace envleak::analyzer {

struct CompileCommand {
  std::string directory;
  std::string file;                    // as given, relative to the directory or absolute
  std::vector<std::string> arguments;  // for the parser: without compiler, file, output and what it cannot do
  bool cplusplus = false;              // compiled by a C++ driver, which takes .c for C++ too
  bool operator==(const CompileCommand&) const = default;
};

// `path`: the file, or a folder that holds compile_commands.json. Entries that are not C or C++ are left out, equal
// ones are merged. Throws InputError with a remedy if it cannot be read, is no compilation database, or is empty.
std::vector<CompileCommand> readCompileCommands(const std::string& path);

// By its extension.
bool isSourceFileName(std::string_view path);

// `words` begin with the compiler's name. False if the command compiles no C or C++.
bool normalizeCommand(const std::string& directory, const std::string& file, std::vector<std::string> words,
                      CompileCommand& result);

}  // namespace envleak::analyzer
