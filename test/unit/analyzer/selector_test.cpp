#include "analyzer/knowledge/selector.h"

#include <gtest/gtest.h>

namespace envleak::analyzer {
namespace {

Match matches(const Selector& selector, const OperandFacts& operand) { return match(selector, operand, "x86_64"); }

TEST(Selector, NamesNumbersAndTextsAreSpellingsOfOneValue) {
  Selector selector;
  selector.names = {"SYS_execve"};
  selector.numbers = {{"x86_64", 59}, {"aarch64", 221}, {"", 7}};
  OperandFacts operand;
  operand.word = "SYS_execve";
  EXPECT_EQ(matches(selector, operand), Match::yes);
  operand.word = "number";
  EXPECT_EQ(matches(selector, operand), Match::unknown);
  for (auto [number, expected] : {std::pair{59, Match::yes}, {221, Match::no}, {7, Match::yes}, {8, Match::no}}) {
    operand.number = number;
    EXPECT_EQ(matches(selector, operand), expected) << number;
  }
  Selector text;
  text.texts = {"environment"};
  operand.text = "environment";
  EXPECT_EQ(matches(text, operand), Match::yes);
  operand.text = "other";
  EXPECT_EQ(matches(text, operand), Match::no);
}

TEST(Selector, Bits) {
  Selector with, without;
  with.bit = 0x6;
  without.without_bit = 0x6;
  OperandFacts operand;
  EXPECT_EQ(matches(with, operand), Match::unknown);
  EXPECT_EQ(matches(without, operand), Match::unknown);
  struct Case {
    int number;
    Match with, without;
  };
  for (Case c : {Case{0, Match::no, Match::yes}, {2, Match::no, Match::no}, {7, Match::yes, Match::no}}) {
    operand.number = c.number;
    EXPECT_EQ(matches(with, operand), c.with) << c.number;
    EXPECT_EQ(matches(without, operand), c.without) << c.number;
  }
}

TEST(Selector, TypesAndMissingArguments) {
  Selector is, is_not;
  is.types = {"QString"};
  is_not.not_types = {"QString"};
  OperandFacts operand;
  operand.type = "QString";
  EXPECT_EQ(matches(is, operand), Match::yes);
  EXPECT_EQ(matches(is_not, operand), Match::no);
  operand.type = "QStringList";
  EXPECT_EQ(matches(is, operand), Match::no);
  EXPECT_EQ(matches(is_not, operand), Match::yes);
  operand.present = false;
  EXPECT_EQ(matches(is, operand), Match::no);
  EXPECT_EQ(matches(is_not, operand), Match::yes);
}

TEST(Selector, Present) {
  Selector present, absent;
  present.present = true;
  present.not_types = {"int"};
  absent.present = false;
  OperandFacts operand;
  operand.type = "std::basic_string";
  EXPECT_EQ(matches(present, operand), Match::yes);
  EXPECT_EQ(matches(absent, operand), Match::no);
  operand.type = "int";
  EXPECT_EQ(matches(present, operand), Match::no);
  operand.present = false;
  EXPECT_EQ(matches(present, operand), Match::no);
  EXPECT_EQ(matches(absent, operand), Match::yes);
}

TEST(Variant, TheMacroMustBeDefined) {
  Variant variant{"QT_VERSION", 0x060300, std::nullopt};
  EXPECT_TRUE(holds(std::nullopt, std::nullopt));
  EXPECT_FALSE(holds(variant, std::nullopt));
  EXPECT_FALSE(holds(variant, 0x050f08));
  EXPECT_TRUE(holds(variant, 0x060300));
  variant = {"QT_VERSION", std::nullopt, 0x060300};
  EXPECT_TRUE(holds(variant, 0x050f08));
  EXPECT_FALSE(holds(variant, 0x060300));
}

}  // namespace
}  // namespace envleak::analyzer
