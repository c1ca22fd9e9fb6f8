// Places of debug information as places of the scanned sources.
#pragma once

#include "facts/runtime_facts.h"
#include "facts/static_facts.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace envleak::reports {

// Where something happened, for people: the innermost frame that has a source line and is none of libc's (whose
// callbacks and wrappers say nothing), else the innermost frame; in a script, the innermost that lies in none of its
// language's package folders. `file` is relative to the project root where it lies below it; it and `line` are empty and 0 if not known.
struct Place {
  std::string file;
  unsigned line = 0;
  unsigned column = 0;
  std::string function;
  std::string module;  // of the innermost frame
  std::string by;      // the same, where the source line is that of another module, which called it; libc is not named
  std::string language = {};  // of a script; `by` can then be a file of a library written in it
};

using FileId = std::uint32_t;

// Finds the scanned file that a path of debug information means: the same path below the root, else, for sources
// built in another folder, the file whose whole relative path ends it (the longest one counts). Paths are compared as
// JSON shows them (printable()): facts that were read from a file match those of the same run.
class SourceFiles {
 public:
  explicit SourceFiles(const facts::StaticFacts& sources);
  // Without static facts no file is known; paths are shown relative to this folder.
  explicit SourceFiles(const std::string& directory);

  struct Match {
    std::optional<FileId> file;  // a file that the static facts name
    bool below_root = false;     // or only some path below the root
    bool own() const { return file || below_root; }
  };
  const Match& match(const std::string& path) const;
  std::optional<FileId> find(const std::string& relative) const;  // as the static facts spell it
  const std::string& root() const { return root_; }

  // Relative to the root if it lies there.
  std::string display(const std::string& path) const;
  // Of what a script did: where its interpreter did it, in machine code. None for what was no script's.
  std::optional<Place> placeInInterpreter(const std::vector<facts::Frame>& frames) const;
  // Valid as long as the frames and this.
  const Place& place(const facts::SharedList<facts::Frame>& frames) const;

 private:
  Match compute(const std::string& path) const;
  Place compute(const std::vector<facts::Frame>& frames) const;
  Place ofScript(const std::vector<facts::Frame>& frames) const;

  std::string root_;
  std::vector<std::string> names_;  // printable
  std::unordered_map<std::string, FileId> by_name_;
  std::unordered_map<std::string, FileId> by_path_;  // absolute and normal
  std::unordered_map<std::string, std::vector<FileId>> by_base_;
  mutable std::unordered_map<std::string, Match> cache_;
  struct KnownPlace {
    facts::SharedList<facts::Frame> frames;  // keeps their identity from being given to others
    Place place;
  };
  mutable std::unordered_map<const void*, KnownPlace> places_;
};

// "/a/./b/../c" is "/a/c"; symbolic links are left alone: the files need not be here.
std::string normalPath(std::string_view path);

// Does a script's file lie in one of its language's package folders, or belong to the interpreter?
bool isScriptLibrary(std::string_view file);

// The last part of a qualified, possibly templated name with parameters: "run" of "ns::Pool<int>::run(char**)".
std::string_view baseFunction(std::string_view qualified);

}  // namespace envleak::reports
