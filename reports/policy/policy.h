// Which variables may cross, and which are secrets: shipped defaults, narrowed or widened by a user's policy file.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace envleak::reports {

// ambient: expected to cross, never a finding by itself; secret: by the name's pattern or the value's shape;
// setting: every other variable.
enum class VariableClass : std::uint8_t { ambient, secret, setting };

std::string_view toString(VariableClass value);

// Name patterns of one kind: "*" stands for any text, "?" for one character; all else is literal.
class Patterns {
 public:
  void add(std::string pattern) { patterns_.push_back(std::move(pattern)); }
  bool match(std::string_view name) const;

 private:
  std::vector<std::string> patterns_;
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

 private:
  struct Lists {
    Patterns ambient, not_ambient, secret, not_secret;
  };
  static Lists read(const std::string& file, std::string_view what);

  Lists defaults_;
  Lists user_;
};

}  // namespace envleak::reports
