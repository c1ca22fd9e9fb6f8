// Options of the commands that scan.
#pragma once

#include "driver/options.h"

#include "analyzer/analyzer.h"

namespace envleak::driver {

// --models: the project's own models of spawn and environment functions.
class ModelsOption {
 public:
  explicit ModelsOption(llvm::cl::SubCommand& command);
  // The file given, or .envleak.yaml in `root` (empty: the current folder) if it has models; empty if there are none.
  // Throws InputError for a file that has none or cannot be read.
  std::string file(const std::string& root) const;

 private:
  llvm::cl::opt<std::string> file_;
};

analyzer::ScanOptions scanOptions(const std::string& build, std::vector<std::string> paths, unsigned jobs,
                                  const std::string& root, const ModelsOption& models);

}  // namespace envleak::driver
