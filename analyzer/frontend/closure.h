// All that a unit was made from: the main file and what it includes, by content.
#pragma once

#include "analyzer/frontend/compile_commands.h"

#include <clang-c/Index.h>

#include <cstdint>
#include <ctime>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace envleak::analyzer {

struct SourceVersion {
  std::string path;  // absolute, symbolic links as the compiler followed them
  std::uint64_t hash = 0;
  bool operator==(const SourceVersion&) const = default;
};

struct Closure {
  std::vector<SourceVersion> files;  // in order of inclusion, the main file first
  std::vector<std::string> absent;   // where an include that was not found could have been
  std::string changed;               // a file that was written while the unit was read: its hash may be another's
  bool operator==(const Closure&) const = default;
};

// Files that `#line` directives name, by absolute paths: those that are there, and those that are not.
struct PresumedFiles {
  std::set<std::string> found, missed;
};

std::uint64_t contentHash(std::string_view bytes);

// Now, by the clock that dates files.
timespec fileClock();

// Contents of files, read again when they are dated otherwise: units share their headers.
class DatedHashes {
 public:
  struct Version {
    std::uint64_t hash = 0;
    bool since = false;  // written at `started` (by fileClock()) or later, or gone
  };
  Version of(const std::string& path, timespec started);

 private:
  struct Dated {
    timespec date{};
    std::uint64_t device = 0, inode = 0, size = 0;
    bool operator==(const Dated& other) const;
  };
  static std::optional<Dated> dated(const std::string& path);
  std::unordered_map<std::string, std::pair<Dated, std::uint64_t>> known_;
};

// `started`: by fileClock(), before the parse. A file that stayed as it was since then has the content that was parsed.
// `preamble`: files that were parsed before, and not again for this unit; absolute paths.
Closure closureOf(CXTranslationUnit unit, const CompileCommand& command, timespec started, DatedHashes& hashes,
                  const PresumedFiles& presumed, const std::vector<std::string>& preamble);

// Was the file written at that time or after it, or is it gone?
bool writtenSince(const std::string& path, timespec started);
std::optional<std::uint64_t> hashOfFile(const std::string& path);

// Contents of files as they are when they are first asked for.
class FileHashes {
 public:
  // nullopt if it cannot be read.
  std::optional<std::uint64_t> of(const std::string& path);
  // Are all files as the closure has them, and are those that it missed still missing?
  bool current(const Closure& closure);

 private:
  bool exists(const std::string& path);
  std::unordered_map<std::string, std::optional<std::uint64_t>> hashes_;
  std::unordered_map<std::string, bool> existing_;
};

}  // namespace envleak::analyzer
