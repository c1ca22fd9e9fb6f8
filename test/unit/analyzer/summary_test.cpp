#include "analyzer/frontend/summary.h"

#include "analyzer/frontend/suppressions.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace envleak::analyzer {
namespace {

using Kind = EnvironmentValue::Kind;

TEST(Summary, SurvivesTheWayThroughJson) {
  UnitSummary unit;
  unit.main_file = "/x/a.c";
  unit.status = facts::UnitStatus::partial;
  unit.errors = {"/x/a.c:1: lost"};
  unit.files = {"/x/a.c", "/x/a.h"};
  Function function;
  function.key = "c:@F@run";
  function.name = "run";
  function.parameters = 2;
  function.parameter_names = {"argv", "environment"};
  function.broken = true;
  function.overrides = {"base"};
  function.adds = Added::unknown_name;
  function.returns = EnvironmentValue{Kind::forwarded, 0, {}, "given"};
  function.leaves = EnvironmentState{{Kind::empty, 0, {}, "cleared"}, true, true, {{"f", "f", false}}};
  Call call;
  call.line = 3;
  call.positions = {{3, 4}, {3, 9}};
  call.api = "execve";
  call.receiver = maskOf(thisBit);
  call.arguments = {{1, "ls", std::nullopt}, {0, std::nullopt, EnvironmentValue{Kind::parameter, 1, {}, "p"}}, {}};
  call.environment.value = {Kind::result, 0, "g", "returned"};
  function.calls.push_back(call);
  unit.functions.push_back(function);
  unit.pointers.push_back({"v|x", "execvp", true, {}});
  unit.reads.push_back({"/x/a.c", 1, 2, "run", "getenv", std::nullopt});
  unit.writes.push_back({"/x/a.c", 1, 2, "run", "putenv", "A", facts::WriteKind::put});
  unit.suppressions.push_back({"/x/a.c", 5, "envleak-*", "why", false});
  unit.suppressed_lines.push_back({0, 6});

  nlohmann::json json = toJson(unit);
  UnitSummary back = summaryFromJson(json);
  EXPECT_EQ(toJson(back), json);
  ASSERT_EQ(back.functions.size(), 1U);
  EXPECT_EQ(back.functions[0].leaves, function.leaves);
  EXPECT_EQ(back.functions[0].returns, function.returns);
  EXPECT_EQ(back.functions[0].adds, Added::unknown_name);
  EXPECT_EQ(back.functions[0].calls[0].environment, call.environment);
  EXPECT_EQ(back.functions[0].calls[0].arguments.size(), 2U);  // nothing is said of the last
  EXPECT_EQ(back.functions[0].calls[0].arguments[1].environment->parameter, 1U);
  EXPECT_EQ(back.pointers, unit.pointers);
}

TEST(Summary, WhatIsNoSummaryThrows) {
  EXPECT_THROW(summaryFromJson(nlohmann::json::object()), nlohmann::json::exception);
  EXPECT_THROW(summaryFromJson(nlohmann::json::array()), nlohmann::json::exception);
}

std::string suppressed(std::string_view text) {
  UnitSummary unit;
  findSuppressions(text, "a.c", unit);
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
