// The analyzer's entry points: from compile commands to static facts, at once or in build steps.
#pragma once

#include "facts/static_facts.h"

#include <cstdint>
#include <string>
#include <vector>

namespace envleak::analyzer {

struct ScanOptions {
  // A compile_commands.json or the folder that holds one; empty: `paths` is one source file, `flags` its flags.
  std::string compilation_database;
  // Only sites in these files or folders are listed (the whole program is analysed all the same). Empty: all.
  std::vector<std::string> paths;
  std::vector<std::string> binaries;  // executables whose debug information tells what is linked
  std::vector<std::string> flags;   // of the compiler, without its name and the source file
  std::string root;                 // project root for relative paths; empty: found from the units
  std::string knowledge_directory;  // holds the knowledge base's files
  std::string models_file;          // the project's own models, see docs/knowledge.md; empty: none
  std::string program;              // this executable, started again as worker
  unsigned jobs = 2;                // worker processes
  unsigned unit_timeout_seconds = 120;                 // CPU time
  bool ask_compilers = true;                           // run cross compilers to learn their targets and headers
  bool progress = false;                               // counts on stderr
  std::string cache_directory;                         // of summaries; empty: none is used
  std::uint64_t cache_limit = std::uint64_t{1} << 30;  // bytes on disk
  bool full = false;                                   // parse units in which nothing matters, too
  std::string relative_to;                             // as in SummarizeOptions
};

// What a scan did, for --stats.
struct ScanStatistics {
  std::size_t units = 0;          // compile commands
  std::size_t parsed = 0;         // in this run
  std::size_t cached = 0;         // taken from the cache
  std::size_t not_parsed = 0;     // nothing in them matters
  std::size_t rounds = 0;         // in which units were chosen
  std::size_t damaged = 0;        // cache files that were removed
  std::size_t summary_bytes = 0;  // encoded
  // Seconds of wall time.
  double choose = 0, look_up = 0, parse = 0, link = 0;
};

// Throws InputError for options or a compilation database that cannot be used. A unit that cannot be analysed is no
// error: it is listed in the result with its status.
facts::StaticFacts scan(const ScanOptions& options, ScanStatistics* statistics = nullptr);

// The same in steps that a build system can run anywhere and at any time: one summary per compile command, then one
// link of all. scan() gives what these give together.
struct SummarizeOptions {
  std::vector<std::string> command;  // compiler, flags, source file
  std::string directory;             // where it is run
  // Paths in the summary are relative to this folder, and symbolic links stay as they are: for builds in sandboxes,
  // whose real paths differ from run to run. Empty: real paths.
  std::string relative_to;
  std::string knowledge_directory;
  std::string models_file;  // as in ScanOptions
  std::string program;
  unsigned unit_timeout_seconds = 120;
};
struct SummarizedUnit {
  std::string summary;               // encoded
  std::vector<std::string> sources;  // all files it was made from, the main file first
  facts::UnitStatus status = facts::UnitStatus::complete;
};
// Throws InputError if the command compiles no one C or C++ file.
SummarizedUnit summarizeUnit(const SummarizeOptions& options);

// Throws InputError naming the file that is no summary of this version. An empty root is found from the units.
facts::StaticFacts linkSummaries(const std::vector<std::string>& files, const std::string& root,
                                 const std::string& knowledge_directory, const std::string& models_file);

// $XDG_CACHE_HOME/envleak, else ~/.cache/envleak; empty if neither is set to an absolute path.
std::string defaultCacheFolder();
// Throws InputError if it cannot be made or used.
void makeCacheFolder(const std::string& folder);

// Does the file hold models of the project, as ScanOptions::models_file wants? False for a policy file without the key
// `models:`. Throws InputError for a file that is neither, or has errors.
bool hasModels(const std::string& file);

// What the worker process runs, between its standard input and output; returns its exit status.
int scanWorker(const std::string& knowledge_directory, const std::string& models_file, const std::string& relative_to);

}  // namespace envleak::analyzer
