// The knowledge base's YAML, and the models of a project's policy file.
#include "analyzer/knowledge/knowledge_yaml.h"
#include "target.h"

using namespace envleak;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text = fuzz::textOf(data, size);
  fuzz::takes([&] { analyzer::parseKnowledge(text, "input"); });
  fuzz::takes([&] { analyzer::parseModels(text, "input"); });
  return 0;
}
