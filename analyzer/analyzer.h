// The analyzer's one entry point: from compile commands to static facts.
#pragma once

#include "facts/static_facts.h"

#include <string>
#include <vector>

namespace envleak::analyzer {

struct ScanOptions {
  // A compile_commands.json or the folder that holds one; empty: `paths` is one source file, `flags` its flags.
  std::string compilation_database;
  // Only sites in these files or folders are listed (the whole program is analysed all the same). Empty: all.
  std::vector<std::string> paths;
  std::vector<std::string> flags;   // of the compiler, without its name and the source file
  std::string root;                 // project root for relative paths; empty: found from the units
  std::string knowledge_directory;  // holds the knowledge base's files
  std::string models_file;          // the project's own models, see docs/knowledge.md; empty: none
  std::string program;              // this executable, started again as worker
  unsigned jobs = 2;                // worker processes
  unsigned unit_timeout_seconds = 120;
  bool ask_compilers = true;  // run cross compilers to learn their targets and headers
  bool progress = false;  // counts on stderr
};

// Throws InputError for options or a compilation database that cannot be used. A unit that cannot be analysed is no
// error: it is listed in the result with its status.
facts::StaticFacts scan(const ScanOptions& options);

// Does the file hold models of the project, as ScanOptions::models_file wants? False for a policy file without the key
// `models:`. Throws InputError for a file that is neither, or has errors.
bool hasModels(const std::string& file);

// What the worker process runs, between its standard input and output; returns its exit status.
int scanWorker(const std::string& knowledge_directory, const std::string& models_file);

}  // namespace envleak::analyzer
