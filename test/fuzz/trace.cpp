// The trace reader, up to the facts and their JSON. An input is the start of a trace's header (seedHeader bytes), then its
// records; the rest of the header, which is nearly all of it and says little, is put in between here.
#include "runtime-probe/trace/runtime_view.h"
#include "runtime-probe/trace/trace_file.h"
#include "target.h"

#include <nlohmann/json.hpp>

#include <algorithm>

using namespace envleak;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::size_t seedHeader = 64;
  std::string content = fuzz::textOf(data, std::min(size, seedHeader));
  if (size > seedHeader) {
    content.resize(trace::firstRecordOffset);
    content += fuzz::textOf(data + seedHeader, size - seedHeader);
  }
  fuzz::takes([&] {
    const facts::RuntimeFacts facts = trace::runtimeFactsOf(trace::TraceFile::fromMemory(content, "input"));
    facts::toJson(facts).dump();
  });
  return 0;
}
