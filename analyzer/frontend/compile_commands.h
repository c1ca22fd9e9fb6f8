// How each unit of a program is compiled, in the form that the parser takes.
#pragma once

#include "facts/static_facts.h"

#include <string>
#include <string_view>
#include <vector>

namespace envleak::analyzer {

struct CompileCommand {
  std::string directory;
  std::string file;                    // as given, relative to the directory or absolute
  std::vector<std::string> arguments;  // for the parser: without compiler, file, output and what it cannot do
  bool cplusplus = false;              // compiled by a C++ driver, which takes .c for C++ too
  std::vector<facts::Repair> repairs;  // what was changed to make it so
  std::vector<std::string> losses;     // parts of it that are gone: the unit is not parsed as it is compiled
  std::string refused;                 // why it cannot be analysed; empty: it can
  bool operator==(const CompileCommand&) const = default;
};

// Every source file and object file of the commands that were read, for those who ask what is linked together.
struct CompiledFile {
  std::string source;  // canonical
  std::string output;  // absolute; an object, or the program itself when it was compiled and linked in one step
  bool linked = false;
  auto operator<=>(const CompiledFile&) const = default;
};

// A command that links objects into a program or library.
struct LinkCommand {
  std::string output;               // absolute
  std::vector<std::string> inputs;  // absolute: objects and libraries
  auto operator<=>(const LinkCommand&) const = default;
};

struct CompilationDatabase {
  std::vector<CompileCommand> commands;
  std::vector<facts::SkippedEntry> skipped;
  std::vector<CompiledFile> compiled;
  std::vector<LinkCommand> links;
};

// `path`: the file, or a folder that holds compile_commands.json. Entries that are not C or C++ are listed as skipped,
// equal ones are merged. Throws InputError with a remedy if it cannot be read, is no compilation database, or is empty.
CompilationDatabase readCompilationDatabase(const std::string& path, bool ask_compilers = true);

// `words` begin with the compiler's name, or with what starts it. False if the command compiles no C or C++; then
// `other_language` says what it compiles instead. With `ask_compilers` a compiler for another target is run to learn
// its target and its headers (driver_query.h); else its name alone tells.
bool normalizeCommand(const std::string& directory, const std::string& file, std::vector<std::string> words,
                      CompileCommand& result, std::string* other_language = nullptr, bool ask_compilers = true);

}  // namespace envleak::analyzer
