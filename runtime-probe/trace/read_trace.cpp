#include "facts/text.h"
#include "runtime-probe/probe.h"
namespace envleak::probe {
facts::RuntimeFacts readTrace(const std::string& path) { return facts::runtimeFactsFromJson(readFile(path, "trace"), path); }
}  // namespace envleak::probe
