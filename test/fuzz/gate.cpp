// What decides which findings count: a unified diff, and a baseline.
#include "reports/gate/baseline.h"
#include "reports/gate/changes.h"
#include "target.h"

#include <cstdlib>

using namespace envleak;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text = fuzz::textOf(data, size);
  fuzz::takes([&] { reports::ChangedLines::fromDiff(text, "diff", "").of("/src/a.c"); });
  const fuzz::MemoryFile file(text);
  fuzz::takes([&] {
    const std::string written = reports::baselineText(reports::readBaseline(file.path()));
    const fuzz::MemoryFile again(written);
    if (reports::baselineText(reports::readBaseline(again.path())) != written) std::abort();
  });
  return 0;
}
