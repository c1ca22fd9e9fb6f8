#include "analyzer/frontend/precompiled_header.h"

#include "analyzer/frontend/command_words.h"
#include "analyzer/frontend/paths.h"

#include <llvm/Support/FileSystem.h>
#include <llvm/Support/MemoryBuffer.h>

#include <sstream>

namespace envleak::analyzer {
namespace {

// CMake writes a header that includes the project's ones and says of itself to be a system header. Everything it
// includes would pass for the system's: what is declared there would be no function of the project.
std::vector<std::string> partsOf(const std::string& header) {
  std::vector<std::string> parts;
  if (!baseName(header).starts_with("cmake_pch.")) return parts;
  auto content = llvm::MemoryBuffer::getFile(header);
  if (!content) return parts;
  std::istringstream lines((*content)->getBuffer().str());
  bool system = false;
  for (std::string line; std::getline(lines, line);) {
    system |= line.starts_with("#pragma GCC system_header");
    if (!line.starts_with("#include ") || line.size() < 12) continue;
    std::size_t end = line.find_last_of("\">");
    if (end != std::string::npos && end > 10) parts.push_back(line.substr(10, end - 10));
  }
  if (!system) parts.clear();
  return parts;
}

}  // namespace

IncludedHeader includedHeader(const std::string& name, bool compiled, const std::string& directory) {
  std::string source = name;
  if (compiled)
    for (const char* ending : {".pch", ".gch"})
      if (source.ends_with(ending)) source.resize(source.size() - 4);
  std::string path = canonicalPath(source, directory);
  bool there = llvm::sys::fs::exists(path);
  bool has_compiled = llvm::sys::fs::exists(path + ".gch") || llvm::sys::fs::exists(path + ".pch");
  if (!there && (has_compiled || compiled))
    return {{}, {}, "precompiled header '" + name + "': the header it was made from is gone"};
  IncludedHeader result;
  if (std::vector<std::string> parts = partsOf(path); !parts.empty())
    result.files = std::move(parts);
  else
    result.files = {source};
  if (compiled || has_compiled || result.files.front() != source) result.repair = source;
  return result;
}

}  // namespace envleak::analyzer
