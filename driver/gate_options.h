// --policy, --baseline, --write-baseline, --diff: of the subcommands that judge.
#pragma once

#include "driver/options.h"
#include "reports/reports.h"

#include <optional>

namespace envleak::driver {

class PolicyOption {
 public:
  explicit PolicyOption(llvm::cl::SubCommand& command);
  // The file given; else .envleak.yaml in the first of these folders that has one ("" is the current folder); empty for
  // '--policy none', or if there is none. Throws InputError for a name that is none.
  std::string file(const std::vector<std::string>& folders) const;

 private:
  llvm::cl::opt<std::string> file_;
};

// Where a project's own policy may lie: in the root that was given, else the current folder or the root of the facts.
std::vector<std::string> policyFolders(const std::string& root, const reports::CheckInput& input);

class GateFlags {
 public:
  explicit GateFlags(llvm::cl::SubCommand& command);

  // Throws InputError for what cannot be read or written: before any work is done. `output_taken`: something else is
  // written to standard output.
  void validate(bool output_taken) const;
  reports::GateOptions options() const { return {baseline_, change_}; }
  bool given() const { return !baseline_.empty() || !written_.empty() || !change_.empty(); }
  // Writes the baseline, if one was asked for: what was found is known from now on, and does not count.
  void finish(reports::Rendered& rendered) const;

 private:
  llvm::cl::opt<std::string> baseline_;
  llvm::cl::opt<std::string> written_;
  llvm::cl::opt<std::string> change_;
};

}  // namespace envleak::driver
