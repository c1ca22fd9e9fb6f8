// Summaries as bytes: what workers answer, what the cache keeps and what `envleak link` reads.
//
// "ENVLEAKS", a fingerprint of layout and version, a checksum of the rest (8 bytes each, little endian), then the
// archive. Equal summaries give equal bytes.
#pragma once

#include "analyzer/frontend/summary.h"

#include <stdexcept>
#include <string>
#include <string_view>

namespace envleak::analyzer {

class SummaryError : public std::runtime_error {
 public:
  enum class Reason { no_summary, other_version, damaged };
  SummaryError(Reason why, const std::string& detail) : std::runtime_error(detail), reason(why) {}
  Reason reason;
};

std::string encodeSummary(const UnitSummary&);
// The input may be hostile. Throws SummaryError for all that encodeSummary() of this version did not write.
UnitSummary decodeSummary(std::string_view bytes);

// Puts the header with its checksum before an archive. For tests, which change the archive only.
std::string sealSummary(std::string_view archive);
inline constexpr std::size_t summaryHeaderSize = 24;

}  // namespace envleak::analyzer
