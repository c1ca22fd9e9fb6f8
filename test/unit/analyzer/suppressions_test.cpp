#include "analyzer/frontend/suppressions.h"

#include <gtest/gtest.h>

namespace envleak::analyzer {
namespace {

std::string suppressed(std::string_view text) {
  UnitSummary unit;
  findSuppressions(text, [](unsigned line) { return std::pair<std::string, unsigned>("a.c", line); }, unit);
  std::string all;
  for (const auto& line : unit.suppressed_lines) {
    const facts::Suppression& one = unit.suppressions.at(line.suppression);
    all += std::to_string(one.line) + ">" + std::to_string(line.line) + " " + one.rule + "=" + one.reason + ";";
  }
  return all;
}

TEST(Suppressions, RulesLinesAndReasons) {
  EXPECT_EQ(suppressed("f();  // NOLINT(envleak-inherited): ours\n"), "1>1 envleak-inherited=ours;");
  EXPECT_EQ(suppressed("\n// NOLINTNEXTLINE(envleak-unknown)\nf();"), "2>3 envleak-unknown=;");
  EXPECT_EQ(suppressed("/* NOLINT(a-b, envleak-x,envleak-*): all */ f();"), "1>1 envleak-x=all;1>1 envleak-*=all;");
}

TEST(Suppressions, OthersAreLeftAlone) {
  EXPECT_EQ(suppressed("f();  // NOLINT\n"), "");
  EXPECT_EQ(suppressed("f();  // NOLINT(bugprone-x): why\n"), "");
  EXPECT_EQ(suppressed("puts(\"NOLINT(envleak-inherited)\");"), "");
  EXPECT_EQ(suppressed("// NOLINT(envleak-inherited"), "");
  EXPECT_EQ(suppressed("/* done */ NOLINT(envleak-inherited)"), "");
}

}  // namespace
}  // namespace envleak::analyzer
