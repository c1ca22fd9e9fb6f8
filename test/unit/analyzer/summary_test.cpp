#include "analyzer/frontend/summary_codec.h"

#include <gtest/gtest.h>

#include <random>

namespace envleak::analyzer {
namespace {

using Kind = EnvironmentValue::Kind;
using Reason = SummaryError::Reason;

UnitSummary sample() {
  UnitSummary unit;
  unit.main_file = "/x/a.c";
  unit.status = facts::UnitStatus::partial;
  unit.errors = {"/x/a.c:1: lost"};
  unit.files = {"/x/a.c", "/x/a.h"};
  Function function;
  function.key = "c:@F@run";
  function.name = "run";
  function.within = "c:@F@outer";
  function.first = 3;
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
  call.makes = true;
  call.receiver.depends = {{thisPort, "command"}};
  call.arguments.resize(3);
  call.arguments[0].text = "ls";
  call.arguments[0].number = -7;
  call.arguments[1].environment.emplace().value = {Kind::parameter, 1, {}, "p", "env", "v|env"};
  call.arguments[1].fields.emplace_back().path = "options.env";
  call.environment.value = {Kind::result, 0, "g", "returned"};
  function.calls.push_back(call);
  unit.functions.push_back(function);
  unit.pointers.push_back({"v|x", "execvp", true, {}});
  EnvironmentValue either{Kind::forwarded, 0, {}, "by path"};
  either.names.set = {"A"};
  either.cases = {{{{0, "clean"}, Condition::Relation::equal, -1}, {Kind::empty}}};
  EnvironmentState held;
  held.value = either;
  unit.cells.push_back({"v|env", "c:@F@run", held});
  unit.address_taken = {"c:@F@run"};
  unit.reads.push_back({"/x/a.c", 1, 2, "run", "getenv", std::nullopt});
  unit.writes.push_back({"/x/a.c", 1, 2, "run", "putenv", "A", facts::WriteKind::put});
  unit.suppressions.push_back({"/x/a.c", 5, "envleak-*", "why", false, 5});
  unit.suppressed_lines.push_back({0, 6});

  return unit;
}

// Why the bytes are no summary; nothing if they are one.
std::optional<Reason> refused(const std::string& bytes) {
  try {
    decodeSummary(bytes);
    return std::nullopt;
  } catch (const SummaryError& error) {
    return error.reason;
  }
}

TEST(Summary, SurvivesTheWayThroughBytes) {
  UnitSummary unit = sample();
  std::string bytes = encodeSummary(unit);
  UnitSummary back = decodeSummary(bytes);
  EXPECT_EQ(encodeSummary(back), bytes);
  EXPECT_EQ(back.status, unit.status);
  ASSERT_EQ(back.functions.size(), 1U);
  const Function& function = back.functions[0];
  EXPECT_EQ(function.within, "c:@F@outer");
  EXPECT_EQ(function.first, 3U);
  EXPECT_TRUE(function.calls[0].makes);
  EXPECT_EQ(function.leaves, unit.functions[0].leaves);
  EXPECT_EQ(function.returns, unit.functions[0].returns);
  EXPECT_EQ(function.adds, Added::unknown_name);
  const Call& call = function.calls[0];
  EXPECT_EQ(call.environment, unit.functions[0].calls[0].environment);
  EXPECT_EQ(call.receiver, unit.functions[0].calls[0].receiver);
  EXPECT_EQ(call.arguments, unit.functions[0].calls[0].arguments);
  ASSERT_EQ(call.arguments.size(), 3U);
  EXPECT_EQ(call.arguments[0].text, "ls");
  EXPECT_EQ(call.arguments[0].number, -7);
  EXPECT_EQ(back.pointers, unit.pointers);
  EXPECT_EQ(back.cells[0].value, unit.cells[0].value);
  EXPECT_EQ(back.writes[0].kind, facts::WriteKind::put);
}

TEST(Summary, WhatIsNoSummaryIsRefused) {
  EXPECT_EQ(refused(""), Reason::no_summary);
  EXPECT_EQ(refused("{}"), Reason::no_summary);
  EXPECT_EQ(refused("\177ELF and so on, longer than a header is"), Reason::no_summary);
}

TEST(Summary, ThatOfAnotherVersionIsToldFromADamagedOne) {
  std::string bytes = encodeSummary(sample());
  std::string other = bytes;
  other[9] = static_cast<char>(other[9] ^ 1);
  EXPECT_EQ(refused(other), Reason::other_version);
  std::string damaged = bytes;
  damaged.back() = static_cast<char>(damaged.back() ^ 1);
  EXPECT_EQ(refused(damaged), Reason::damaged);
}

TEST(Summary, CutOffAnywhereItIsRefused) {
  std::string bytes = encodeSummary(sample());
  for (std::size_t length = 1; length < bytes.size(); ++length)
    EXPECT_TRUE(refused(bytes.substr(0, length)).has_value()) << length;
  // With a checksum that agrees, as no accident makes it.
  std::string archive = bytes.substr(summaryHeaderSize);
  for (std::size_t length = 0; length < archive.size(); ++length)
    EXPECT_EQ(refused(sealSummary(archive.substr(0, length))), Reason::damaged) << length;
  EXPECT_EQ(refused(sealSummary(archive + "x")), Reason::damaged);
}

TEST(Summary, EveryFlippedBitOfAFileIsNoticed) {
  std::string bytes = encodeSummary(sample());
  for (std::size_t at = 0; at < bytes.size() * 8; ++at) {
    std::string flipped = bytes;
    flipped[at / 8] = static_cast<char>(flipped[at / 8] ^ (1 << (at % 8)));
    EXPECT_TRUE(refused(flipped).has_value()) << at;
  }
}

// Changed bytes under a checksum that agrees: read as something or refused, and nothing else happens.
TEST(Summary, AHostileArchiveIsReadOrRefused) {
  std::string archive = encodeSummary(sample()).substr(summaryHeaderSize);
  std::mt19937 random(19);
  auto below = [&](std::size_t limit) { return random() % limit; };
  std::size_t read = 0;
  for (int round = 0; round < 20000; ++round) {
    std::string changed = archive;
    for (std::size_t changes = 1 + below(4); changes > 0; --changes) {
      std::size_t at = below(changed.size());
      switch (below(4)) {
        case 0:
          changed[at] = static_cast<char>(changed[at] ^ (1 << below(8)));
          break;
        case 1:
          changed[at] = static_cast<char>(below(256));
          break;
        case 2:
          changed.insert(at, below(12), '\xFF');
          break;
        default:
          changed.erase(at, below(4));
      }
      if (changed.empty()) changed = "\x01";
    }
    std::string sealed = sealSummary(changed);
    std::optional<Reason> reason = refused(sealed);
    EXPECT_TRUE(!reason || reason == Reason::damaged);
    if (!reason) {
      ++read;
      EXPECT_FALSE(refused(encodeSummary(decodeSummary(sealed))).has_value());
    }
  }
  EXPECT_GT(read, 100U);  // the changes are not all of a kind that is refused at the first byte
}

TEST(Summary, ManyEmptyPartsInFewBytesAreRefused) {
  // No strings; then a list of 2^60 elements, and one that is longer than what follows.
  EXPECT_EQ(refused(sealSummary(std::string("\0\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x0F", 10))), Reason::damaged);
  EXPECT_EQ(refused(sealSummary(std::string(1, '\x7F') + std::string(100, '\0'))), Reason::damaged);
}

TEST(Summary, AFunctionOfAHeaderIsReadOnce) {
  UnitSummary unit = sample();
  unit.functions.push_back(unit.functions[0]);
  unit.functions[1].file = unit.functions[1].shown_file = 1;
  unit.functions[1].key = "c:@F@inline";
  SharedFunctions known;
  EXPECT_EQ(decodeSummary(encodeSummary(unit), &known).functions.size(), 2U);
  // Another unit numbers its files otherwise.
  std::swap(unit.files[0], unit.files[1]);
  for (Function& function : unit.functions) {
    function.file = 1 - function.file;
    function.shown_file = 1 - function.shown_file;
    for (Call& call : function.calls) call.file = 1 - call.file;
  }
  unit.functions[0].line = 7;
  UnitSummary second = decodeSummary(encodeSummary(unit), &known);
  ASSERT_EQ(second.functions.size(), 1U);
  EXPECT_EQ(second.functions[0].line, 7U);
  unit.functions[1].broken = false;
  EXPECT_EQ(decodeSummary(encodeSummary(unit), &known).functions.size(), 2U);  // it differs
}

TEST(Summary, IndicesAreChecked) {
  UnitSummary suppression = sample(), parameter = sample();
  suppression.suppressed_lines[0].suppression = 1;
  parameter.functions[0].parameters = 3;
  for (const UnitSummary& unit : {suppression, parameter})
    EXPECT_EQ(refused(encodeSummary(unit)), Reason::damaged);
}

}  // namespace
}  // namespace envleak::analyzer
