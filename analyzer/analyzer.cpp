#include "analyzer/analyzer.h"

#include "analyzer/frontend/compile_commands.h"
#include "analyzer/frontend/paths.h"
#include "analyzer/frontend/worker_pool.h"
#include "analyzer/knowledge/knowledge.h"
#include "analyzer/program/static_facts.h"
#include "facts/error.h"
#include "facts/text.h"

#include <llvm/Support/FileSystem.h>
#include <llvm/Support/Path.h>

namespace envleak::analyzer {
namespace {

CompilationDatabase databaseOf(const ScanOptions& options) {
  if (!options.compilation_database.empty())
    return readCompilationDatabase(options.compilation_database, options.ask_compilers);
  if (options.paths.size() != 1) throw InputError("scan: exactly one source file is needed with compiler flags");
  const std::string& file = options.paths.front();
  if (!llvm::sys::fs::exists(file)) throw InputError(oneLine(file) + ": no such file");
  if (llvm::sys::fs::is_directory(file))
    throw InputError(oneLine(file) + ": a folder; name one source file, or give -p BUILD");
  std::vector<std::string> words{"cc"};
  words.insert(words.end(), options.flags.begin(), options.flags.end());
  CompileCommand command;
  if (!normalizeCommand(canonicalPath(".", ""), canonicalPath(file, ""), words, command))
    throw InputError(oneLine(file) +
                     ": not a C or C++ source file by its name; say so with '-x c' or '-x c++' among the flags");
  return {{command}, {}, {}, {}};
}

// The deepest folder that holds all units.
std::string commonFolder(const std::vector<CompileCommand>& commands) {
  std::string common;
  for (const CompileCommand& command : commands) {
    std::string folder = llvm::sys::path::parent_path(canonicalPath(command.file, command.directory)).str();
    if (common.empty()) common = folder;
    while (!isBelow(folder, common)) common = llvm::sys::path::parent_path(common).str();
  }
  return common;
}

}  // namespace

bool hasModels(const std::string& file) { return Knowledge::hasModels(file); }

facts::StaticFacts scan(const ScanOptions& options) {
  Knowledge knowledge = Knowledge::load(options.knowledge_directory, options.models_file);
  CompilationDatabase database = databaseOf(options);
  const std::vector<CompileCommand>& commands = database.commands;
  std::vector<std::string> paths;
  if (!options.compilation_database.empty())
    for (const std::string& path : options.paths) {
      if (!llvm::sys::fs::exists(path)) throw InputError(oneLine(path) + ": no such file or folder");
      paths.push_back(canonicalPath(path, ""));
    }
  if (!options.root.empty() && !llvm::sys::fs::is_directory(options.root))
    throw InputError(oneLine(options.root) + ": --root must name a folder");
  std::string root = options.root.empty() ? commonFolder(commands) : canonicalPath(options.root, "");
  std::vector<UnitSummary> units = summarizeAll(commands, options);
  for (std::size_t i = 0; i < units.size(); ++i)
    units[i].repairs.insert(units[i].repairs.begin(), commands[i].repairs.begin(), commands[i].repairs.end());
  return link(std::move(units), database, knowledge, root, paths);
}

}  // namespace envleak::analyzer
