// What a project expects of its environments: which variables may cross, and to whom; which are secrets; which findings
// it does not want. Shipped defaults, narrowed or widened by a user's policy file. docs/policy.md has the form.
#pragma once

#include "reports/policy/patterns.h"
#include "reports/reports.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace envleak::reports {

// ambient: expected to cross, never a finding by itself; secret: by the name's pattern or the value's shape;
// setting: every other variable.
enum class VariableClass : std::uint8_t { ambient, secret, setting };

std::string_view toString(VariableClass value);

// A crossing that is meant. What is empty matches all.
struct Allowance {
  Patterns variables;
  Patterns to, from;  // programs
  Patterns site;      // "FILE" or "FILE:FUNCTION" of the call, as reports show it
  std::string reason;
  unsigned line = 0, column = 0;  // in the policy file
};

class Policy {
 public:
  // Reads the shipped defaults, then the user's file unless its path is empty; its key `models` is left to the scan.
  // Throws InputError with file, line and column for what is not a policy.
  static Policy load(const std::string& defaults_file, const std::string& user_file);

  // What the user lists beats the defaults, and there the "not-" lists beat the others; a secret shape of the value
  // beats an ambient name; an ambient name beats a default pattern for secrets (SSH_AUTH_SOCK names a socket).
  // `shape` is facts::Variable::shape, empty if the value looks harmless.
  VariableClass classify(std::string_view name, std::string_view shape) const;

  const std::vector<Allowance>& allowances() const { return user_.allow; }
  // The level that the user gives a rule's findings; Level::none: off. Empty: the usual one.
  std::optional<Level> severity(std::string_view rule) const;
  // The pattern and reason by which findings in this file are left out; null: they are not.
  struct Exclusion {
    std::string pattern;
    std::string reason;
  };
  const Exclusion* exclusionOf(std::string_view file) const;
  // Names of files whose definitions an inherited variable must not beat, besides the usual dotenv files; patterns as
  // for programs: with a slash for the whole path, else for its last part.
  const std::vector<std::string>& configFiles() const { return user_.config_files; }

  const std::string& file() const { return file_; }  // the user's; empty: none

 private:
  friend class PolicyReader;
  struct Lists {
    Patterns ambient, not_ambient, secret, not_secret, not_secret_shapes;
    std::vector<Allowance> allow;
    std::map<std::string, Level, std::less<>> severity;
    std::vector<Exclusion> exclude;
    std::vector<std::string> config_files;
  };

  std::string file_;
  Lists defaults_;
  Lists user_;
};

}  // namespace envleak::reports
