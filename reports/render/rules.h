// The rules of the findings, as docs/rules.md explains them.
#pragma once

#include <span>
#include <string_view>

namespace envleak::reports {

struct Rule {
  std::string_view id;
  std::string_view brief;     // one sentence
  std::string_view full;      // what it means and why it matters
  std::string_view remedy;    // what to do
  std::string_view severity;  // as GitHub's security-severity: 0.1 to 10.0; empty: not a matter of security
};

std::span<const Rule> rules();

}  // namespace envleak::reports
