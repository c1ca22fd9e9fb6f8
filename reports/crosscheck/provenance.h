// Where each variable came from, how it went on, who read it, and which files it beat.
#pragma once

#include "reports/crosscheck/report.h"

namespace envleak::reports {

// One image that received the variable.
struct Carrier {
  Index image = 0;
  std::uint32_t origin = 0;   // into History::origins
  std::optional<Index> edge;  // by which the value came unchanged; none where it began
};

struct History {
  std::vector<Origin> origins;
  std::vector<Carrier> carriers;  // parents first
  struct ReadBy {
    Index image = 0;
    std::uint32_t read = 0;
    std::optional<std::uint32_t> origin;  // none: the image had written the variable before
  };
  std::vector<ReadBy> reads;                                     // of a variable that was set; imports are not listed
  std::vector<ReadBy> asked;                                     // of a variable that was not set
  std::vector<std::pair<std::uint32_t, ShadowedFile>> shadowed;  // by origin
};

// For many variables: prepares once, then follows one after the other.
class Provenance {
 public:
  Provenance(const Runs& runs, const SourceFiles& files);
  History of(NameId name);

 private:
  struct Definition {
    Index image;
    std::uint32_t file;
    std::uint32_t line;
    std::uint64_t hash;
  };
  struct Having {
    Index image;
    std::uint32_t received;  // into the image's received
  };
  Origin originAt(Index image, NameId name, std::uint64_t hash) const;
  // Did the variable cross the edge? Asked for one name at many edges that share their lists.
  bool crossed(const RunEdge& edge, NameId name);
  std::optional<std::uint32_t> writeOf(Index image, NameId name, std::uint64_t hash, std::uint64_t before) const;

  const Runs& runs_;
  const SourceFiles& files_;
  std::vector<std::vector<Having>> having_;  // images that received the name, parents first
  std::vector<std::vector<Index>> reading_;  // images that asked for it
  std::vector<std::vector<Definition>> defined_;
  std::vector<std::uint32_t> origin_of_;  // by image; valid where carried_ is the current name
  std::vector<std::uint64_t> hash_of_;       // by image; likewise
  std::vector<NameId> carried_;
  std::unordered_map<const void*, std::pair<NameId, bool>> crossed_;  // by list: the answer for the last name
};

// The line that has the value, of a file that the image which introduced it had opened by then.
std::optional<FileLine> definitionOf(const Runs& runs, const Origin& of, std::string_view name, std::uint64_t hash);

// Fills report.variables: one entry for a name and the way it came into the world.
void traceVariables(Report& report);

}  // namespace envleak::reports
