// Options that several subcommands have, and how they end.
#pragma once

#include "driver/options.h"

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

}  // namespace envleak::driver
