// Options that several subcommands have, and how they end.
#pragma once

#include "driver/options.h"

#include "analyzer/analyzer.h"
#include "facts/error.h"
#include "reports/reports.h"

namespace envleak::driver {

// -o, --format, --fail-on.
class OutputOptions {
 public:
  OutputOptions(llvm::cl::SubCommand& command, const char* default_format);

  // Throws InputError for an unknown format or level or an output that cannot be written: before any work is done.
  void validate() const;
  reports::RenderOptions render() const;
  bool toStandardOutput() const { return file_ == "-"; }
  const std::string& format() const { return format_; }
  // Writes the result; returns the exit status.
  int finish(const reports::Rendered& rendered) const;

 private:
  llvm::cl::opt<std::string> file_;
  llvm::cl::opt<std::string> format_;
  llvm::cl::opt<std::string> fail_on_;
};

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
