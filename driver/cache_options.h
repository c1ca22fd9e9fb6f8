// --cache, --no-cache, --cache-limit: of the subcommands that scan.
#pragma once

#include "analyzer/analyzer.h"
#include "driver/options.h"

namespace envleak::driver {

class CacheOptions {
 public:
  explicit CacheOptions(llvm::cl::SubCommand& command);
  // Throws InputError for a folder that cannot be used, if it was asked for; the default one is then not used.
  void apply(analyzer::ScanOptions& options) const;

 private:
  llvm::cl::opt<std::string> folder_;
  llvm::cl::opt<bool> none_;
  llvm::cl::opt<unsigned> limit_;
};

}  // namespace envleak::driver
