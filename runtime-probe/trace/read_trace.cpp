#include "facts/error.h"
#include "facts/text.h"
#include "runtime-probe/probe.h"
#include "runtime-probe/trace/runtime_view.h"
#include "runtime-probe/trace/trace_file.h"

#include <filesystem>
#include <fstream>
#include <string>

namespace envleak::probe {
namespace {

// Only blanks, then an object: JSON. Traces begin with their magic.
bool looksLikeJson(std::string_view start) {
  std::size_t first = start.find_first_not_of(" \t\r\n");
  return first != std::string_view::npos && start[first] == '{';
}

std::string startOf(const std::string& path) {
  std::string start(4096, '\0');
  std::ifstream file(path, std::ios::binary);
  file.read(start.data(), static_cast<std::streamsize>(start.size()));
  start.resize(static_cast<std::size_t>(file.gcount()));
  return start;
}

}  // namespace

facts::RuntimeFacts readTrace(const std::string& path) {
  std::error_code none;
  // A pipe can be read only once, and then whole.
  if (path == "-" || std::filesystem::is_fifo(path, none)) {
    std::string origin = path == "-" ? "<stdin>" : path;
    std::string content = readFile(path, "trace");
    if (looksLikeJson(content)) return facts::runtimeFactsFromJson(content, origin);
    return trace::runtimeFactsOf(trace::TraceFile::fromMemory(content, origin));
  }
  if (looksLikeJson(startOf(path))) return facts::runtimeFactsFromJson(readFile(path, "trace"), path);
  return trace::runtimeFactsOf(trace::TraceFile::open(path));
}

}  // namespace envleak::probe
