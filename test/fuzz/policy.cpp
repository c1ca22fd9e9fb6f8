// A policy file's YAML, and names held against its patterns.
#include "reports/policy/policy.h"
#include "target.h"

using namespace envleak;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const fuzz::MemoryFile file(fuzz::textOf(data, size));
  fuzz::takes([&] {
    const reports::Policy policy = reports::Policy::load({}, file.path());
    for (const char* name : {"", "PATH", "A_LONG_NAME_OF_A_VARIABLE_AAAAAAAAAAAAAAAA"}) policy.classify(name, {});
  });
  return 0;
}
