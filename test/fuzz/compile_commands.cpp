// compile_commands.json, its command lines included. No compiler is run.
#include "analyzer/frontend/compile_commands.h"
#include "target.h"

using namespace envleak;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const fuzz::MemoryFile file(fuzz::textOf(data, size));
  fuzz::takes([&] { analyzer::readCompilationDatabase(file.path(), false); });
  return 0;
}
