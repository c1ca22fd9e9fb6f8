// The source files of a binary, by the compilation units of its debug information.
#include "analyzer/frontend/paths.h"
#include "analyzer/program/links.h"
#include "facts/error.h"
#include "facts/text.h"

#include <llvm/DebugInfo/DWARF/DWARFContext.h>
#include <llvm/Object/ObjectFile.h>

#include <set>

namespace envleak::analyzer {

LinkedProgram programOfBinary(const std::string& file) {
  auto binary = llvm::object::ObjectFile::createObjectFile(file);
  if (!binary) {
    std::string why = llvm::toString(binary.takeError());
    throw InputError(oneLine(file) + ": " + oneLine(why) + "; --binary names an executable of the build");
  }
  auto quiet = [](llvm::Error error) { llvm::consumeError(std::move(error)); };
  auto context = llvm::DWARFContext::create(*binary->getBinary(), llvm::DWARFContext::ProcessDebugRelocations::Process,
                                            nullptr, "", quiet, quiet);
  std::set<std::string> units;
  for (const auto& unit : context->compile_units()) {
    llvm::DWARFDie die = unit->getUnitDIE();
    const char* name = llvm::dwarf::toString(die.find(llvm::dwarf::DW_AT_name), nullptr);
    const char* directory = unit->getCompilationDir();
    if (name) units.insert(canonicalPath(name, directory ? directory : ""));
  }
  if (units.empty())
    throw InputError(oneLine(file) + ": no debug information; build it with -g, and do not strip it");
  return {canonicalPath(file, ""), {units.begin(), units.end()}, "debug-information"};
}

}  // namespace envleak::analyzer
