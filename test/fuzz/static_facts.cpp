// Static facts as JSON. What is taken and written again is taken again, and equal.
#include "facts/static_facts.h"
#include "target.h"

#include <nlohmann/json.hpp>

using namespace envleak;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string once;
  if (!fuzz::takes([&] { once = toJson(facts::staticFactsFromJson(fuzz::textOf(data, size), "input")).dump(); })) return 0;
  if (toJson(facts::staticFactsFromJson(once, "again")).dump() != once) __builtin_trap();
  return 0;
}
