// Summaries as bytes: what workers answer, what the cache keeps and what `envleak link` reads.
//
// "ENVLEAKS", a fingerprint of layout and version, a checksum of the rest (8 bytes each, little endian), then the
// archive, in which every function is an archive of its own: equal functions have equal bytes in all units. Equal
// summaries give equal bytes.
#pragma once

#include "analyzer/frontend/summary.h"

#include <stdexcept>
#include <string>
#include <string_view>
#include <unordered_set>

namespace envleak::analyzer {

class SummaryError : public std::runtime_error {
 public:
  enum class Reason { no_summary, other_version, damaged };
  SummaryError(Reason why, const std::string& detail) : std::runtime_error(detail), reason(why) {}
  Reason reason;
};

// Functions of headers that were decoded before, with all they call. Most units repeat those of others: of 82,000
// function records of a large C program 11,000 are different.
using SharedFunctions = std::unordered_set<std::uint64_t>;

std::string encodeSummary(UnitSummary);
// The input may be hostile. Throws SummaryError for all that encodeSummary() of this version did not write. With
// `known`, a function of a header that is in it is left out, and the others are added to it.
UnitSummary decodeSummary(std::string_view bytes, SharedFunctions* known = nullptr);

// Puts the header with its checksum before an archive. For tests, which change the archive only.
std::string sealSummary(std::string_view archive);
inline constexpr std::size_t summaryHeaderSize = 24;

}  // namespace envleak::analyzer
