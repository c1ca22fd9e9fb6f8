// The decoder of summaries. An input is the archive alone: its seal would refuse every change. What is taken and written
// again is taken again, and equal.
#include "analyzer/frontend/summary_codec.h"
#include "target.h"

using namespace envleak;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  try {
    const std::string bytes = analyzer::sealSummary(fuzz::textOf(data, size));
    const std::string once = analyzer::encodeSummary(analyzer::decodeSummary(bytes));
    if (analyzer::encodeSummary(analyzer::decodeSummary(once)) != once) __builtin_trap();
  } catch (const analyzer::SummaryError&) {
  }
  return 0;
}
