#include "analyzer/frontend/summary_codec.h"

#include "analyzer/frontend/archive.h"
#include "analyzer/frontend/summary_fields.h"
#include "facts/version.h"

#include <llvm/Support/xxhash.h>

#include <unordered_map>

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
    layout(UnitSummary{}, Function{});
    return hashOf(std::string(version) + " " + layout.text());
  }();
  return fingerprint;
}

// With the files it names in front, in the order of their first use, so that its bytes do not depend on the unit.
std::string encodeFunction(Function function, const std::vector<std::string>& unit_files) {
  std::vector<std::string> files;
  std::unordered_map<unsigned, unsigned> numbers;
  auto renumber = [&](unsigned& file) {
    auto [found, added] = numbers.try_emplace(file, static_cast<unsigned>(files.size()));
    if (added) files.push_back(unit_files.at(file));
    file = found->second;
  };
  renumber(function.file);
  renumber(function.shown_file);
  for (Call& call : function.calls) renumber(call.file);
  Encoder encoder;
  encoder(files, function);
  return encoder.take();
}

Function decodeFunction(Decoder& decoder, const std::unordered_map<std::string_view, unsigned>& unit_files) {
  std::vector<std::string> files;
  Function function;
  decoder(files, function);
  decoder.finish();
  auto renumber = [&](unsigned& file) {
    auto found = file < files.size() ? unit_files.find(files[file]) : unit_files.end();
    if (found == unit_files.end()) throw DamagedArchive("a file is not in its table");
    file = found->second;
  };
  renumber(function.file);
  renumber(function.shown_file);
  for (Call& call : function.calls) renumber(call.file);
  if (function.parameters > function.parameter_names.size()) throw DamagedArchive("a parameter has no name");
  return function;
}

UnitSummary decodeArchive(std::string_view archive, SharedFunctions* known) {
  UnitSummary summary;
  std::vector<std::string_view> own, shared;
  Decoder decoder(archive);
  decoder(summary, own, shared);
  decoder.finish();
  for (const UnitSummary::SuppressedLine& line : summary.suppressed_lines)
    if (line.suppression >= summary.suppressions.size()) throw DamagedArchive("a suppression is not in its table");
  std::unordered_map<std::string_view, unsigned> files;
  for (std::size_t i = 0; i < summary.files.size(); ++i) files.try_emplace(summary.files[i], static_cast<unsigned>(i));
  std::size_t budget = decoder.budget();
  auto decodeAll = [&](const std::vector<std::string_view>& functions, SharedFunctions* skipped) {
    for (std::string_view bytes : functions) {
      if (skipped && !skipped->insert(hashOf(bytes)).second) continue;
      Decoder inner(bytes, budget);
      summary.functions.push_back(decodeFunction(inner, files));
      budget = inner.budget();
    }
  };
  decodeAll(own, nullptr);
  decodeAll(shared, known);
  return summary;
}

}  // namespace

std::string sealSummary(std::string_view archive) {
  std::string bytes(magic);
  appendFixed(bytes, layoutFingerprint());
  appendFixed(bytes, hashOf(archive));
  bytes += archive;
  return bytes;
}

std::string encodeSummary(UnitSummary summary) {
  std::vector<std::string> own, shared;
  for (Function& function : summary.functions) {
    bool in_header = summary.files.at(function.file) != summary.main_file;
    (in_header ? shared : own).push_back(encodeFunction(std::move(function), summary.files));
  }
  Encoder encoder;
  encoder(summary, own, shared);
  return sealSummary(encoder.take());
}

UnitSummary decodeSummary(std::string_view bytes, SharedFunctions* known) {
  using Reason = SummaryError::Reason;
  if (!bytes.starts_with(magic.substr(0, bytes.size())) || bytes.empty())
    throw SummaryError(Reason::no_summary, "not a summary");
  if (bytes.size() < summaryHeaderSize) throw SummaryError(Reason::damaged, "it is cut off");
  if (fixedAt(bytes, 8) != layoutFingerprint())
    throw SummaryError(Reason::other_version, "written by another version of envleak");
  std::string_view archive = bytes.substr(summaryHeaderSize);
  if (fixedAt(bytes, 16) != hashOf(archive)) throw SummaryError(Reason::damaged, "its checksum does not agree");
  try {
    return decodeArchive(archive, known);
  } catch (const DamagedArchive& error) {
    throw SummaryError(Reason::damaged, error.what());
  }
}

}  // namespace envleak::analyzer
