#include "driver/scan_options.h"

#include "facts/error.h"
#include "facts/text.h"

#include <llvm/ADT/SmallString.h>
#include <llvm/Support/FileSystem.h>
#include <llvm/Support/Path.h>

namespace envleak::driver {

ModelsOption::ModelsOption(llvm::cl::SubCommand& command)
    : file_("models",
            llvm::cl::desc("The project's own models of spawn and environment functions: a knowledge file, or a policy file "
                           "with the key 'models:' (default: .envleak.yaml in the project root)"),
            llvm::cl::value_desc("FILE"), llvm::cl::sub(command), llvm::cl::cat(category())) {}

std::string ModelsOption::file(const std::string& root) const {
  if (file_.getNumOccurrences() > 0) {
    if (file_.empty() || file_ == "-") throw InputError("--models: the name of a file is needed");
    if (!analyzer::hasModels(file_))
      throw InputError(oneLine(file_) + ": has no models; begin with 'format: 1' or 'models:' (docs/knowledge.md)");
    return file_;
  }
  llvm::SmallString<128> usual(root.empty() ? "." : root);
  llvm::sys::path::append(usual, ".envleak.yaml");
  std::string path = usual.str().str();
  return llvm::sys::fs::exists(path) && analyzer::hasModels(path) ? path : std::string();
}

analyzer::ScanOptions scanOptions(const std::string& build, std::vector<std::string> paths, unsigned jobs,
                                  const std::string& root, const ModelsOption& models) {
  if (jobs == 0) throw InputError("-j: at least one worker is needed");
  Installation files = installation();
  analyzer::ScanOptions options;
  options.compilation_database = build;
  options.paths = std::move(paths);
  options.root = root;
  options.knowledge_directory = files.knowledge_directory;
  options.models_file = models.file(root);
  options.program = files.program;
  options.jobs = jobs;
  options.progress = standardErrorIsTerminal();
  return options;
}

}  // namespace envleak::driver
