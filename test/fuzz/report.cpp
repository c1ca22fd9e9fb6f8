// A report in JSON, held against itself: what is taken differs in nothing.
#include "facts/json_fields.h"
#include "reports/compare/comparison.h"
#include "target.h"

using namespace envleak;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text = fuzz::textOf(data, size);
  fuzz::takes([&] {
    const facts::Json json = facts::parseDocument(text, "report", "envleak-report/1", "");
    const reports::ComparedRun run = reports::comparedRunOf(json);
    const auto classify = [](const std::string&) { return reports::VariableClass::setting; };
    if (reports::compareRuns(run, run, "", "", classify).differs()) __builtin_trap();
  });
  return 0;
}
