// What a unit and the headers it may include name, found without a compiler.
//
// Headers are looked for in the folders that the command names and beside the file that includes them; those of the
// system are not read. All branches of conditions count, so that more files are taken in than the compiler would.
#pragma once

#include "analyzer/frontend/closure.h"
#include "analyzer/frontend/compile_commands.h"
#include "analyzer/prefilter/source_text.h"

#include <map>
#include <memory>
#include <set>
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

  // A name matters to choose() only in units that mention `within`, too, as what has to be declared before it is used.
  // Was it new?
  // Of a class or namespace, so not in units of C.
  bool wantMember(NameHash name, NameHash within);
  // Of a struct: in C where it stands as a field does. `given`: being given a value is a use.
  bool wantField(NameHash name, NameHash within, bool given);
  // The units that are not parsed yet and use one of these names, or whose text cannot tell. Of those that only include
  // a header with a function that does, one for each set of flags: what it holds is then known for the others.
  // Macros whose bodies use one are added to `wanted` first.
  std::vector<std::size_t> choose(NameFilter& wanted);
  // What was not parsed: files of which no unit that was parsed is made alone.
  std::vector<UnparsedText> unparsed() const;
  // All files that were read, and where one was looked for in vain.
  Closure sources() const;
  // Of the files that the unit's includes may lead to, by their paths.
  std::uint64_t includesOf(std::size_t unit);
  // Of all files that were read, by content, and of all commands.
  std::string fingerprint() const;
  // What may come to one of these names, as far as names tell: the names and those of callers of callers. `bodies`:
  // what is known of the units that were parsed.
  std::unordered_set<NameHash> leadingTo(std::unordered_set<NameHash> names, const std::vector<SourceText::Body>& bodies) const;
  // The unit was parsed, and made from these files.
  void parsed(std::size_t unit, const Closure& closure);

 private:
  struct File {
    SourceText text;
    std::string folder;
    std::uint64_t hash = 0;
    std::string real;  // path without symbolic links
  };
  // Folders of one command, in the order of their search, with what was found through them.
  struct Search {
    std::vector<std::string> quoted, all;
    std::unordered_map<std::size_t, std::vector<std::size_t>> included;
    // Of units with these folders and flags that were parsed: the files they are made from, and includes (from, to)
    // that their conditions left out.
    std::unordered_set<std::size_t> covered;
    std::set<std::pair<std::size_t, std::size_t>> left_out;
  };
  struct Unit {
    std::size_t main = 0;
    std::vector<std::size_t> forced;  // by -include
    std::vector<NameHash> defined;    // in macros on the command line
    Search* search = nullptr;
    bool cplusplus = false;
    bool parsed = false;
    bool opaque = false;  // an include that is computed, or a source that cannot be read
  };

  std::size_t read(const std::string& path);  // index into files_
  std::size_t find(const std::string& folder, const std::string& name);
  const std::vector<std::size_t>& includedBy(std::size_t file, Search& search);
  void add(const CompileCommand& command);
  void define(const SourceText& text);
  std::size_t resolve(const SourceText::Include& include, std::size_t from, const Search& search);
  enum class Language : char { c, cplusplus };
  struct Within {
    NameHash within = 0;
    Language language = Language::c;  // of the units
    bool argument = false;            // only where a macro may make a field's name of an argument
    bool operator==(const Within&) const = default;
  };
  bool wantWithin(NameHash name, const Within& within);
  bool wantWithin(const SourceText::Macro& macro);  // if its body names one
  // Is one of the names, which the file uses, wanted within something that the unit mentions?
  bool usesWithin(Unit& unit, const SourceText& file, const std::vector<NameHash>& names);
  // What a text of C has to name one of to get at an object of the struct: it, other names of the type, what headers
  // declare with it, macros that name these.
  struct Leading {
    std::unordered_set<NameHash> names;
    std::unordered_set<NameHash> types;  // of these: names of the type
  };
  const Leading& leadingTo(NameHash type);
  bool mentions(Unit& unit, NameHash name);
  // Calls `visit` for each file that the unit may be made from, until it returns false.
  template <typename Visit>
  void forEachFile(Unit& unit, Visit visit);

  std::vector<std::unique_ptr<File>> files_;
  std::unordered_map<std::string, std::size_t> by_path_;
  std::map<std::vector<std::string>, std::unique_ptr<Search>> searches_;  // by the flags
  std::unordered_map<std::string, std::vector<std::size_t>> by_real_path_;
  std::vector<Unit> units_;
  std::unordered_map<NameHash, std::vector<Within>> within_;
  std::string commands_;  // of all units
  // Macros that are a file's name for #include, by their names; and those that are something else.
  std::set<std::pair<NameHash, std::string>> definitions_;
  std::unordered_set<NameHash> undecided_;
  std::unordered_map<NameHash, Leading> leading_;  // what leadingTo() found
  std::unordered_set<NameHash> accessors_;  // macros that may take a field's name as an argument
};

}  // namespace envleak::analyzer
