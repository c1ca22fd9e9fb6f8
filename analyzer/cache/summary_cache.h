// Summaries of earlier scans, by content.
//
// A folder with these kinds of files: `commands/`, by the hash of command, knowledge base and tool: the closures that
// units of this command had, with the summary of each; `summaries/`, by the hash of command and closure; `choices/`:
// which units had to be parsed; `results/`: what a whole scan told, with all files that it rests on. Files are
// written beside their place and renamed, so that scans at the same time see whole ones; what is damaged all the same
// is removed and counts as not there.
#pragma once

#include "analyzer/frontend/closure.h"
#include "analyzer/frontend/compile_commands.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace envleak::analyzer {

class SummaryCache {
 public:
  // `identity`: of all that a summary depends on beside the unit: the tool and its knowledge base. `limit`: bytes on
  // disk. `folder` exists, see makeCacheFolder().
  SummaryCache(std::string folder, std::uint64_t limit, std::string identity);

  // `includes` tells which files the command's includes lead to (UnitTexts::includesOf()): a new one in a folder that
  // is searched earlier would not show in the sources.
  // The encoded summary of this command if its sources are as they were; `closure` is then set.
  std::optional<std::string> find(const CompileCommand& command, std::uint64_t includes, FileHashes& sources, Closure& closure);
  // What find() gave is no summary.
  void drop(const CompileCommand& command, std::uint64_t includes, const Closure& closure);
  // A file that cannot be written is not kept: the cache only saves time.
  void store(const CompileCommand& command, std::uint64_t includes, const Closure& closure, std::string_view summary);
  // Is there a summary of this command, and are its sources as they were?
  bool has(const CompileCommand& command, std::uint64_t includes, FileHashes& sources);
  // Which units had to be parsed when the texts of all were as `texts` says. It still is so if has() holds for each of
  // them: the choice rests on their summaries and on the texts alone.
  std::optional<std::vector<std::string>> choice(const std::string& texts);
  void storeChoice(const std::string& texts, const std::vector<std::string>& units);
  // What a scan told that was asked the same (`question`: all but the contents of files), if all files are as they were
  // and those that it missed still missing. Only one that saw its files unchanged may be stored.
  struct Result {
    Closure sources;
    std::string facts;  // encoded
    std::uint64_t looked_up = 0, not_parsed = 0;  // units
  };
  std::optional<Result> result(const std::string& question, FileHashes& sources);
  void storeResult(const std::string& question, const Result& result);
  // What result() gave is no result.
  void dropResult(const std::string& question);
  // Removes what was used least recently until nine tenths of the limit are left; looks only if something was stored.
  void trim();

  std::size_t damaged() const { return damaged_; }

 private:
  struct Variants;
  std::string commandKey(const CompileCommand& command, std::uint64_t includes) const;
  std::string path(const char* kind, const std::string& key) const;
  bool read(const CompileCommand& command, std::uint64_t includes, Variants& variants);

  std::string folder_;
  std::uint64_t limit_;
  std::string identity_;
  std::size_t damaged_ = 0;
  bool stored_ = false;
};

// Changes with this executable and with the libclang it runs with.
std::string toolIdentity();

}  // namespace envleak::analyzer
