#include "analyzer/frontend/summary_codec.h"

#include "analyzer/frontend/archive.h"
#include "analyzer/frontend/summary_fields.h"
#include "facts/version.h"

#include <llvm/Support/xxhash.h>

namespace envleak::analyzer {
namespace {

constexpr std::string_view magic = "ENVLEAKS";

void appendFixed(std::string& bytes, std::uint64_t number) {
  for (unsigned i = 0; i < 8; ++i) bytes += static_cast<char>(number >> (8 * i));
}

std::uint64_t fixedAt(std::string_view bytes, std::size_t at) {
  std::uint64_t number = 0;
  for (unsigned i = 0; i < 8; ++i)
    number |= static_cast<std::uint64_t>(static_cast<unsigned char>(bytes[at + i])) << (8 * i);
  return number;
}

std::uint64_t hashOf(std::string_view bytes) { return llvm::xxh3_64bits(llvm::StringRef(bytes.data(), bytes.size())); }

std::uint64_t layoutFingerprint() {
  static const std::uint64_t fingerprint = [] {
    Layout layout;
    layout(UnitSummary{});
    return hashOf(std::string(version) + " " + layout.text());
  }();
  return fingerprint;
}

}  // namespace

std::string sealSummary(std::string_view archive) {
  std::string bytes(magic);
  appendFixed(bytes, layoutFingerprint());
  appendFixed(bytes, hashOf(archive));
  bytes += archive;
  return bytes;
}

std::string encodeSummary(const UnitSummary& summary) {
  Encoder encoder;
  encoder(summary);
  return sealSummary(encoder.take());
}

UnitSummary decodeSummary(std::string_view bytes) {
  using Reason = SummaryError::Reason;
  if (!bytes.starts_with(magic.substr(0, bytes.size())) || bytes.empty())
    throw SummaryError(Reason::no_summary, "not a summary");
  if (bytes.size() < summaryHeaderSize) throw SummaryError(Reason::damaged, "it is cut off");
  if (fixedAt(bytes, 8) != layoutFingerprint())
    throw SummaryError(Reason::other_version, "written by another version of envleak");
  std::string_view archive = bytes.substr(summaryHeaderSize);
  if (fixedAt(bytes, 16) != hashOf(archive)) throw SummaryError(Reason::damaged, "its checksum does not agree");
  UnitSummary summary;
  try {
    Decoder decoder(archive);
    decoder(summary);
    decoder.finish();
    for (const Function& function : summary.functions) {
      if (function.file >= summary.files.size()) throw DamagedArchive("a file is not in its table");
      if (function.parameters > function.parameter_names.size()) throw DamagedArchive("a parameter has no name");
      for (const Call& call : function.calls)
        if (call.file >= summary.files.size()) throw DamagedArchive("a file is not in its table");
    }
    for (const UnitSummary::SuppressedLine& line : summary.suppressed_lines)
      if (line.suppression >= summary.suppressions.size()) throw DamagedArchive("a suppression is not in its table");
  } catch (const DamagedArchive& error) {
    throw SummaryError(Reason::damaged, error.what());
  }
  return summary;
}

}  // namespace envleak::analyzer
