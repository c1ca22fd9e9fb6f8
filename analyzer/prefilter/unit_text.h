// What a unit and the headers it may include name, found without a compiler.
//
// Headers are looked for in the folders that the command names and beside the file that includes them; those of the
// system are not read. All branches of conditions count, so that more files are taken in than the compiler would.
#pragma once

#include "analyzer/frontend/compile_commands.h"
#include "analyzer/prefilter/source_text.h"

#include <map>
#include <memory>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace envleak::analyzer {

// A set of names; the bits in front answer most questions.
class NameFilter {
 public:
  NameFilter() : bits_(std::size_t{1} << 20) {}
  // Was it new?
  bool add(NameHash name) {
    bits_[name % bits_.size()] = true;
    return names_.insert(name).second;
  }
  bool contains(NameHash name) const { return bits_[name % bits_.size()] && names_.contains(name); }

 private:
  std::vector<bool> bits_;
  std::unordered_set<NameHash> names_;
};

class UnitTexts {
 public:
  explicit UnitTexts(const std::vector<CompileCommand>& commands);

  // Does anything that the unit would execute name one of these? Always if the text cannot tell.
  // Macros whose bodies do are added to `wanted` first.
  std::vector<bool> matching(NameFilter& wanted);

 private:
  struct File {
    bool readable = false;
    SourceText text;
    std::string folder;
  };
  struct Unit {
    std::size_t main = 0;
    std::vector<std::size_t> headers;
    std::vector<NameHash> defined;  // in macros on the command line
    bool opaque = false;            // an include that is computed, or a source that cannot be read
  };
  // Folders of one command, in the order of their search, with what was found through them.
  struct Search {
    std::vector<std::string> quoted, all;
    std::unordered_map<std::size_t, std::vector<std::size_t>> included;
  };

  std::size_t read(const std::string& path);  // index into files_
  std::size_t find(const std::string& folder, const std::string& name);
  const std::vector<std::size_t>& includedBy(std::size_t file, Search& search);
  void add(const CompileCommand& command);

  std::vector<std::unique_ptr<File>> files_;
  std::unordered_map<std::string, std::size_t> by_path_;
  std::map<std::pair<std::vector<std::string>, std::vector<std::string>>, std::unique_ptr<Search>> searches_;
  std::vector<Unit> units_;
};

}  // namespace envleak::analyzer
