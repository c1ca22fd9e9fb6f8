#include "analyzer/frontend/environment_state.h"

#include <gtest/gtest.h>

namespace envleak::analyzer {
namespace {

using Kind = EnvironmentValue::Kind;

EnvironmentValue value(Kind kind, unsigned parameter = 0, const std::string& function = {}) {
  return {kind, parameter, function, "reason"};
}

TEST(Widest, TheWiderOneStays) {
  EXPECT_EQ(widest(value(Kind::empty), value(Kind::explicit_)).kind, Kind::explicit_);
  EXPECT_EQ(widest(value(Kind::filtered), value(Kind::explicit_)).kind, Kind::filtered);
  EXPECT_EQ(widest(value(Kind::unknown), value(Kind::inherited)).kind, Kind::inherited);
  EXPECT_EQ(widest(value(Kind::unknown), value(Kind::result)).kind, Kind::unknown);
  EXPECT_EQ(widest(value(Kind::forwarded), value(Kind::unknown)).kind, Kind::forwarded);
}

TEST(Widest, WhatOnlyTheLinkKnowsHidesNothing) {
  EXPECT_EQ(widest(value(Kind::parameter, 1), value(Kind::parameter, 1)).kind, Kind::parameter);
  EXPECT_EQ(widest(value(Kind::parameter, 1), value(Kind::empty)).kind, Kind::parameter);
  EXPECT_EQ(widest(value(Kind::parameter, 1), value(Kind::parameter, 2)).kind, Kind::either);
  EXPECT_EQ(widest(value(Kind::parameter, 1), value(Kind::filtered)).kind, Kind::either);
  EXPECT_EQ(widest(value(Kind::result, 0, "f"), value(Kind::result, 0, "g")).kind, Kind::either);
  EXPECT_EQ(widest(value(Kind::parameter), value(Kind::result, 0, "f")).kind, Kind::either);
  EXPECT_EQ(widest(value(Kind::explicit_), value(Kind::null)).kind, Kind::either);
}

TEST(Widest, WhatIsTogetherIsMoreThanEach) {
  EnvironmentValue all = together(value(Kind::forwarded), constantEntry("A=b", "it"));
  EXPECT_EQ(all.kind, Kind::forwarded);
  EXPECT_EQ(all.names.set, std::vector<std::string>{"A"});
  EXPECT_EQ(together(value(Kind::explicit_), value(Kind::unknown)).kind, Kind::unknown);
  EXPECT_EQ(together(value(Kind::empty), value(Kind::parameter, 1)).kind, Kind::parameter);
  EXPECT_EQ(together(value(Kind::explicit_), value(Kind::parameter, 1)).kind, Kind::together);
  EXPECT_TRUE(isOfCaller(together(value(Kind::explicit_), value(Kind::parameter, 1))));
}

TEST(Added, OnlyWidens) {
  EXPECT_EQ(withAdded(value(Kind::empty), Added::constant, "setenv").kind, Kind::explicit_);
  EXPECT_EQ(withAdded(value(Kind::filtered), Added::constant, "setenv").kind, Kind::filtered);
  EXPECT_EQ(withAdded(value(Kind::explicit_), Added::from_parent, "setenv").kind, Kind::filtered);
  EXPECT_EQ(withAdded(value(Kind::filtered), Added::unknown_name, "putenv").kind, Kind::unknown);
  EXPECT_EQ(withAdded(value(Kind::parameter), Added::constant, "setenv").kind, Kind::unknown);
  EXPECT_EQ(withAdded(value(Kind::inherited), Added::unknown_name, "putenv").kind, Kind::inherited);
  EXPECT_EQ(withAdded(value(Kind::empty), Added::other, "f").kind, Kind::unknown);
}

EnvironmentState calling(std::initializer_list<const char*> functions) {
  EnvironmentState state;
  for (const char* function : functions) addCall(state, function, function);
  return state;
}

TEST(Join, CallsOfOnePathAreNotOfAll) {
  EnvironmentState both = join(calling({"wipe", "log"}), calling({"wipe"}));
  ASSERT_EQ(both.called.size(), 2U);
  EXPECT_TRUE(both.called[0].always);
  EXPECT_FALSE(both.called[1].always);
}

TEST(Join, CallsInAnotherOrderAreNotCertain) {
  EnvironmentState both = join(calling({"restore", "wipe"}), calling({"wipe", "restore"}));
  for (const auto& called : both.called) EXPECT_FALSE(called.always);
}

TEST(Join, AnUnreachablePathSaysNothing) { EXPECT_EQ(join(unreachable().environ, calling({"wipe"})), calling({"wipe"})); }

TEST(Add, AfterACallIsKeptInOrder) {
  EnvironmentState state = calling({"wipe"});
  add(state, Added::from_parent, "setenv");
  ASSERT_EQ(state.called.size(), 2U);
  EXPECT_EQ(addedBy(state.called[0]), std::nullopt);
  EXPECT_EQ(addedBy(state.called[1]), Added::from_parent);
  replace(state, value(Kind::empty));
  EXPECT_TRUE(state.called.empty());
}

}  // namespace
}  // namespace envleak::analyzer
