#include "reports/compare/matching.h"

#include <gtest/gtest.h>

namespace envleak::reports {
namespace {

using Chains = std::vector<Chain>;

TEST(Matching, WholeChainsFirst) {
  auto matched = matchPrograms({{"a", "x"}, {"x"}}, {{"x"}, {"a", "x"}});
  ASSERT_EQ(matched.size(), 2u);
  EXPECT_EQ(matched[0].shown, (Chain{"a", "x"}));
  EXPECT_EQ(matched[0].first, (Chains{{"a", "x"}}));
  EXPECT_EQ(matched[0].second, (Chains{{"a", "x"}}));
  EXPECT_EQ(matched[1].shown, (Chain{"x"}));
}

TEST(Matching, ThenByTheNearestAncestors) {
  auto matched = matchPrograms({{"bash", "job", "x"}, {"bash", "x"}}, {{"cron", "job", "x"}, {"cron", "x"}});
  ASSERT_EQ(matched.size(), 2u);
  EXPECT_EQ(matched[0].shown, (Chain{"job", "x"}));
  EXPECT_EQ(matched[0].second, (Chains{{"cron", "job", "x"}}));
  EXPECT_EQ(matched[1].shown, (Chain{"x"}));
  EXPECT_EQ(matched[1].first, (Chains{{"bash", "x"}}));
  EXPECT_EQ(matched[1].second, (Chains{{"cron", "x"}}));
}

TEST(Matching, SeveralEndInTheSame) {
  auto matched = matchPrograms({{"a", "x"}}, {{"b", "x"}, {"c", "x"}});
  ASSERT_EQ(matched.size(), 1u);
  EXPECT_EQ(matched[0].second, (Chains{{"b", "x"}, {"c", "x"}}));
}

TEST(Matching, OnlyInOneRun) {
  auto matched = matchPrograms({{"a"}, {"a", "x"}}, {{"a"}, {"a", "y"}});
  ASSERT_EQ(matched.size(), 3u);
  EXPECT_EQ(matched[1].shown, (Chain{"a", "x"}));
  EXPECT_TRUE(matched[1].second.empty());
  EXPECT_EQ(matched[2].shown, (Chain{"a", "y"}));
  EXPECT_TRUE(matched[2].first.empty());
}

TEST(Matching, TheOrderOfTheChainsMakesNoDifference) {
  Chains some{{"b", "x"}, {"a", "x"}, {"x"}};
  Chains turned{{"x"}, {"a", "x"}, {"b", "x"}};
  Chains other{{"c", "x"}, {"x"}};
  auto one = matchPrograms(some, other), two = matchPrograms(turned, other);
  ASSERT_EQ(one.size(), two.size());
  for (std::size_t i = 0; i < one.size(); ++i) {
    EXPECT_EQ(one[i].shown, two[i].shown);
    EXPECT_EQ(one[i].first, two[i].first);
  }
}

}  // namespace
}  // namespace envleak::reports
