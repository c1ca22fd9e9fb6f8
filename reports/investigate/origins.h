// Where each variable of each image came from, kept for all of them.
#pragma once

#include "reports/crosscheck/provenance.h"

namespace envleak::reports {

class Origins {
 public:
  // Of the names that one of the wanted images received or asked for.
  Origins(const Report& report, const std::vector<Index>& wanted);

  struct Known {
    Origin origin;
    std::uint32_t alike = 0;  // equal for origins that a person would call the same: one line of one program
    // The file that the program which introduced the value had opened by then, and that gives the name this very value.
    std::optional<FileLine> file;
  };
  // Of a variable that the image received, which must be a wanted one.
  const Known& of(Index image, NameId name) const;

  // Files that give a name another value than the image had inherited and kept. Of wanted images.
  const std::vector<ShadowedFile>& shadowed(Index image) const;

  // Was the value that the image read one that it may have given itself?
  bool own(Index image, std::uint32_t read) const { return own_reads_.contains({image, read}); }

 private:
  void add(const Report& report, NameId name, const History& history);

  std::vector<bool> wanted_;
  std::vector<Known> known_;
  std::vector<std::unordered_map<NameId, std::uint32_t>> of_image_;  // into known_
  std::map<Index, std::vector<ShadowedFile>> shadowed_;
  std::set<std::pair<Index, std::uint32_t>> own_reads_;
  std::map<std::string, std::uint32_t> alike_;
};

}  // namespace envleak::reports
