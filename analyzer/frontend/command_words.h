// A compile command as it stands in a database, made plain: its words, without what stands before the compiler.
#pragma once

#include "facts/static_facts.h"

#include <string>
#include <string_view>
#include <vector>

namespace envleak::analyzer {

// Words as a shell would split them: quotes and backslashes.
std::vector<std::string> splitWords(const std::string& line);

std::string_view baseName(std::string_view path);
// From the last dot of the base name; empty if there is none.
std::string_view extensionOf(std::string_view path);

// A compiler by its base name: "gcc", "arm-linux-gnueabihf-g++-12".
struct CompilerName {
  std::string target;      // "arm-linux-gnueabihf"; empty: none is named
  std::string family;      // gcc, g++, cc, c++, clang, clang++; empty: this is no known compiler
  bool cplusplus = false;  // its default language
};
CompilerName parseCompilerName(std::string_view word);

// What is found on the way to the compiler.
struct CommandWords {
  std::string directory;           // where the command runs
  std::vector<std::string> words;  // from the compiler on; empty: no compiler was found
  std::vector<facts::Repair> repairs;
  std::vector<std::string> losses;  // parts of the command that are gone: what they say is not known
};

// Puts the words of response files in place of '@file' (their names start at `directory`), and takes away ccache,
// distcc, env, libtool, 'sh -c' and the like.
CommandWords unwrapCommand(std::string directory, std::vector<std::string> words);

}  // namespace envleak::analyzer
