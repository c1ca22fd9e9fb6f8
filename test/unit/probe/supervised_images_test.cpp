// What the records of a supervising recorder add to the images: one rule per test.
#include "runtime-probe/trace/runtime_view.h"
#include "runtime-probe/trace/trace_file.h"
#include "trace_builder.h"

#include <gtest/gtest.h>

namespace {

using namespace envleak::test;
namespace facts = envleak::facts;
using Names = std::vector<std::string>;

class Supervised : public testing::Test {
 protected:
  // The command's image, pid 10, which says hello.
  void root() {
    trace.recordedExec(10, 1, "/bin/root", "other");
    trace.hello(10, 1, 0, "/bin/root", {"root"});
    trace.environment(10, Purpose::received, 0, {{"A", "a"}, {"B", "b"}});
  }
  void read() { result = envleak::trace::runtimeFactsOf(TraceFile::fromMemory(trace.content(), "t")); }
  bool hasSpot(const std::string& kind) {
    for (const facts::BlindSpot& spot : result.blind_spots)
      if (spot.kind == kind) return true;
    return false;
  }
  TraceBuilder trace;
  facts::RuntimeFacts result;
};

TEST_F(Supervised, AProgramThatSaysHelloIsOneImage) {
  root();
  trace.recordedExit(10, false, 0);
  read();
  ASSERT_EQ(result.images.size(), 1U);
  EXPECT_NE(result.images[0].observation, facts::Observation::blind);
}

TEST_F(Supervised, TheLastLookOfAKilledProcessCounts) {
  root();
  trace.byRecorder(trace.touched(10, {"A"}));
  trace.recordedExit(10, true, 9);
  read();
  ASSERT_EQ(result.images.size(), 1U);
  EXPECT_EQ(result.images[0].observation, facts::Observation::full);
  ASSERT_TRUE(result.images[0].exit);
  EXPECT_TRUE(result.images[0].exit->by_signal);
  EXPECT_EQ(result.images[0].exit->value, 9);
}

TEST_F(Supervised, AForkToldByTheRecorderAndByTheChildIsOneProcess) {
  root();
  trace.recordedFork(11, 10);
  trace.fork(11, 10);
  trace.byRecorder(trace.touched(11, {}));
  trace.recordedExit(11, false, 0);
  trace.byRecorder(trace.touched(10, {}));
  trace.recordedExit(10, false, 0);
  read();
  // Were they two, one of them would not have ended.
  EXPECT_EQ(result.images[0].observation, facts::Observation::full);
}

TEST_F(Supervised, APidThatIsUsedAgainIsANewProcess) {
  root();
  trace.recordedFork(11, 10);
  trace.byRecorder(trace.touched(11, {}));
  trace.recordedExit(11, false, 0);
  trace.recordedFork(11, 10);
  trace.byRecorder(trace.touched(10, {}));
  trace.recordedExit(10, false, 0);
  read();
  EXPECT_EQ(result.images[0].observation, facts::Observation::partial);
}

TEST_F(Supervised, ASilentProgramOfASpawnIsThatSpawnsImage) {
  root();
  trace.recordedFork(11, 10);
  trace.fork(11, 10);
  trace.spawn(11, SpawnApi::execve, 1, "static");
  trace.recordedExec(11, 10, "/bin/static");
  trace.byRecorder(trace.environment(11, Purpose::received, 0, {{"A", "a"}, {"B", "x"}}));
  trace.recordedExit(11, true, 6);
  read();
  ASSERT_EQ(result.images.size(), 2U);
  EXPECT_EQ(result.images[1].program, "/bin/static");
  EXPECT_EQ(result.images[1].observation, facts::Observation::blind);
  EXPECT_TRUE(result.images[1].exit && result.images[1].exit->by_signal);
  ASSERT_EQ(result.edges.size(), 1U);
  EXPECT_EQ(result.edges[0].api, "execve");
  EXPECT_EQ(result.edges[0].child, "p2");
  EXPECT_EQ(result.edges[0].crossed, Names{"A"});
  EXPECT_EQ(result.edges[0].changed, Names{"B"});
}

TEST_F(Supervised, WhatASilentProgramStartsIsItsChild) {
  root();
  trace.spawn(10, SpawnApi::execve, 1, "static");
  trace.recordedExec(10, 1, "/bin/static");
  trace.byRecorder(trace.environment(10, Purpose::received, 0, {{"A", "a"}}));
  trace.recordedFork(12, 10);
  trace.recordedExec(12, 10, "/bin/other");
  trace.byRecorder(trace.environment(12, Purpose::received, 0, {{"A", "a"}, {"C", "c"}}));
  trace.recordedExit(12, false, 4);
  trace.recordedExit(10, false, 5);
  read();
  ASSERT_EQ(result.images.size(), 3U);
  EXPECT_EQ(result.images[2].parent, "p2");
  EXPECT_EQ(result.images[2].exit->value, 4);
  EXPECT_EQ(result.images[1].exit->value, 5);
  ASSERT_EQ(result.edges.size(), 2U);
  EXPECT_EQ(result.edges[1].api, "unknown");
  EXPECT_EQ(result.edges[1].crossed, Names{"A"});
  EXPECT_EQ(result.edges[1].added, Names{"C"});
  EXPECT_TRUE(hasSpot("unseen-spawn"));
  EXPECT_FALSE(hasSpot("unattributed"));
}

TEST_F(Supervised, ASilentCommandIsNamedOnce) {
  trace.recordedExec(10, 1, "/bin/static");
  trace.recordedExit(10, false, 0);
  trace.blind(0, "static", "why", "/bin/static");
  trace.end(10, false, 0);
  read();
  ASSERT_EQ(result.images.size(), 1U);
  EXPECT_EQ(result.images[0].reasons, Names{"static: why"});
  EXPECT_EQ(result.blind_spots.size(), 1U);
}

TEST_F(Supervised, AnExecWithoutAKnownParentIsNamedSo) {
  root();
  trace.recordedExec(77, 76, "/bin/static");
  read();
  ASSERT_EQ(result.images.size(), 2U);
  EXPECT_FALSE(result.images[1].parent);
  EXPECT_TRUE(hasSpot("unattributed"));
}

}  // namespace
