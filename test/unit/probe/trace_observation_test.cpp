// How well an image was watched.
#include "bare_elf.h"
#include "own_stack.h"
#include "runtime-probe/trace/runtime_view.h"
#include "runtime-probe/trace/trace_file.h"
#include "trace_builder.h"

#include <gtest/gtest.h>

extern "C" char** environ;

namespace {

using namespace envleak::test;
namespace facts = envleak::facts;

// This test program refers to environ; libm does not.
__attribute__((used)) char** keepEnviron() { return environ; }

class Observed : public testing::Test {
 protected:
  OwnModule moduleNamed(const std::string& part) {
    for (OwnModule& module : ownModules())
      if (module.path.find(part) != std::string::npos) return module;
    ADD_FAILURE() << "no module " << part;
    return {};
  }
  OwnModule walker = moduleNamed(ownProgram());
  OwnModule harmless = moduleNamed("libm.so");

  void start(const OwnModule& executable) {
    trace.hello(10, 1, 0, executable.path);
    trace.environment(10, Purpose::received, 0, {{"A", "1"}});
    trace.module(10, executable.start, executable.end, executable.bias, executable.path, executable.build_id);
  }
  facts::Image first(bool recording_ended = true) {
    if (recording_ended) trace.end(1, false, 0);
    result = envleak::trace::runtimeFactsOf(TraceFile::fromMemory(trace.content(), "t"));
    return result.images.at(0);
  }
  static bool has(const facts::Image& image, const std::string& start_of_reason) {
    for (const std::string& reason : image.reasons)
      if (reason.rfind(start_of_reason, 0) == 0) return true;
    return false;
  }
  TraceBuilder trace;
  facts::RuntimeFacts result;
};

TEST_F(Observed, FullWithoutAnyReason) {
  start(harmless);
  trace.touched(10, {});
  trace.exit(10, 0);
  EXPECT_EQ(first().observation, facts::Observation::full);
  EXPECT_TRUE(first().reasons.empty());
}

TEST_F(Observed, PartialForANameThatAnUnheardLibcMayHaveAskedFor) {
  trace.hello(10, 1, 0, harmless.path);
  trace.environment(10, Purpose::received, 0, {{"POSIXLY_CORRECT", "1"}, {"LOGNAME", "me"}});
  trace.module(10, harmless.start, harmless.end, harmless.bias, harmless.path, harmless.build_id);
  trace.note(10, "libc-reads", "it is not glibc");
  trace.touched(10, {});
  trace.exit(10, 0);
  const facts::Image image = first();
  EXPECT_EQ(image.observation, facts::Observation::partial);
  EXPECT_EQ(image.reasons, std::vector<std::string>{
                               "libc-presence: whether libc itself asked if POSIXLY_CORRECT is set, which it is, was "
                               "not seen"});
}

TEST_F(Observed, FullIfAnUnheardLibcWasNotGivenThatName) {
  start(harmless);
  trace.note(10, "libc-reads", "it is not glibc");
  trace.touched(10, {});
  trace.exit(10, 0);
  EXPECT_EQ(first().observation, facts::Observation::full);
}

TEST_F(Observed, PartialIfTheProgramRefersToEnviron) {
  start(walker);
  trace.exit(10, 0);
  facts::Image image = first();
  EXPECT_EQ(image.observation, facts::Observation::partial);
  EXPECT_TRUE(has(image, "environ-walk: " + walker.path + " refers to environ"));
  EXPECT_TRUE(has(image, "no-last-look"));
  ASSERT_FALSE(result.blind_spots.empty());
  bool named = false;
  for (const facts::BlindSpot& spot : result.blind_spots) named |= spot.kind == "environ-walk" && spot.process == "p1";
  EXPECT_TRUE(named);
}

TEST_F(Observed, PartialIfALibraryRefersToEnviron) {
  start(harmless);
  trace.module(10, walker.start, walker.end, walker.bias, walker.path, walker.build_id);
  trace.exit(10, 0);
  EXPECT_TRUE(has(first(), "environ-walk: " + walker.path));
}

TEST_F(Observed, TheExecutableCountsEvenWithoutACallFromIt) {
  trace.hello(10, 1, 0, "/no/such/executable");
  trace.exit(10, 0);
  EXPECT_TRUE(has(first(), "environ-walk: /no/such/executable is gone or was changed"));
}

TEST_F(Observed, TheExecutableIsExaminedByItsPathWhereNoCallCameFromIt) {
  trace.hello(10, 1, 0, walker.path);
  trace.exit(10, 0);
  EXPECT_TRUE(has(first(), "environ-walk: " + walker.path + " refers to environ"));
}

TEST_F(Observed, FullIfAnExactAccountCoversTheWalk) {
  start(walker);
  trace.touched(10, {"A"});
  trace.exit(10, 0);
  EXPECT_EQ(first().observation, facts::Observation::full);
}

TEST_F(Observed, PartialIfTheAccountIsNotExact) {
  start(walker);
  trace.touched(10, {"A"}, false, /*exact=*/false);
  trace.exit(10, 0);
  EXPECT_EQ(first().observation, facts::Observation::partial);
}

TEST_F(Observed, PartialIfItWentOnAfterItsAccount) {
  start(walker);
  trace.touched(10, {"A"});
  trace.spawn(10, SpawnApi::execve, 1, "/no/such");
  trace.spawnResult(10, 1, 2);
  trace.exit(10, 0);
  EXPECT_EQ(first().observation, facts::Observation::partial);
}

TEST_F(Observed, PartialIfAForkedChildGaveNoAccount) {
  start(walker);
  trace.fork(11, 10);
  trace.touched(10, {"A"});
  trace.exit(10, 0);
  EXPECT_EQ(first().observation, facts::Observation::partial);
  trace.touched(11, {});
  trace.exit(11, 0);
  EXPECT_EQ(first().observation, facts::Observation::full);
}

TEST_F(Observed, AnAccountBeforeAnExecIsTheLastLook) {
  start(walker);
  trace.touched(10, {"A"});
  trace.spawn(10, SpawnApi::execve, 1, "/bin/next");
  trace.hello(10, 1, 1, "/bin/next");
  EXPECT_EQ(first().observation, facts::Observation::full);
}

TEST_F(Observed, KilledWithoutALastLook) {
  start(walker);
  facts::Image image = first();
  EXPECT_EQ(image.observation, facts::Observation::partial);
  EXPECT_TRUE(has(image, "no-last-look"));
}

// main's third parameter and libc's own reads need neither getenv nor environ.
TEST_F(Observed, NeverFullWithoutALastLook) {
  start(harmless);
  trace.exit(10, 0);
  facts::Image image = first();
  EXPECT_EQ(image.observation, facts::Observation::partial);
  EXPECT_TRUE(has(image, "no-last-look"));
  EXPECT_FALSE(has(image, "environ-walk"));
}

TEST_F(Observed, WhatHadNotEndedWhenTheTraceWasReadMayReadMore) {
  start(harmless);
  facts::Image image = first(/*recording_ended=*/false);
  EXPECT_EQ(image.observation, facts::Observation::partial);
  EXPECT_TRUE(has(image, "still-running: "));
  trace.touched(10, {});
  trace.exit(10, 0);
  EXPECT_EQ(first(/*recording_ended=*/false).observation, facts::Observation::full);
}

TEST_F(Observed, WhatOutlivedTheCommandMayReadMore) {
  start(harmless);
  trace.fork(11, 10);
  trace.exit(10, 0);
  trace.blind(0, "still-running", "process 11 outlived the command");
  EXPECT_TRUE(has(first(), "still-running: "));
}

TEST_F(Observed, NotesMakeItPartialAndAreSaidOnce) {
  start(harmless);
  trace.note(10, "own-getenv", "it has its own getenv");
  trace.note(10, "own-getenv", "it has its own getenv");
  trace.touched(10, {});
  trace.exit(10, 0);
  facts::Image image = first();
  EXPECT_EQ(image.observation, facts::Observation::partial);
  EXPECT_EQ(image.reasons, std::vector<std::string>{"own-getenv: it has its own getenv"});
}

TEST_F(Observed, ANoteAboutAProgramToBeStartedIsNotAboutItsParent) {
  start(harmless);
  trace.note(10, "unreachable", "the probe's library cannot be reached");
  trace.touched(10, {});
  trace.exit(10, 0);
  EXPECT_EQ(first().observation, facts::Observation::full);
  ASSERT_FALSE(result.blind_spots.empty());
  bool named = false;
  for (const facts::BlindSpot& spot : result.blind_spots) named |= spot.kind == "unreachable" && spot.process == "p1";
  EXPECT_TRUE(named);
}

// Of a few variables the probe only says that each was looked at.
TEST_F(Observed, ImportsIfEachOfAFewWasLookedAt) {
  auto observationAfter = [&](const std::vector<std::string>& touched) {
    trace = TraceBuilder();
    trace.hello(10, 1, 0, harmless.path);
    trace.environment(10, Purpose::received, 0, {{"A", "1"}, {"B", "2"}, {"C", "3"}, {"D", "4"}, {"LD_X", "5"}});
    trace.read(10, "D");
    trace.touched(10, touched);
    trace.exit(10, 0);
    return first().observation;
  };
  EXPECT_EQ(observationAfter({"A", "B", "C", "D"}), facts::Observation::imports);
  EXPECT_EQ(observationAfter({"A", "C", "D"}), facts::Observation::full);  // some
  trace = TraceBuilder();
  trace.hello(10, 1, 0, harmless.path);
  trace.environment(10, Purpose::received, 0, {{"A", "1"}, {"B", "2"}});
  trace.touched(10, {"A", "B"});
  trace.exit(10, 0);
  EXPECT_EQ(first().observation, facts::Observation::full);  // too few to say
}

TEST_F(Observed, ImportsNamesTheReasonsToo) {
  start(walker);
  trace.touched(10, {"A"}, /*imported=*/true);
  trace.note(10, "own-getenv", "x");
  trace.exit(10, 0);
  facts::Image image = first();
  EXPECT_EQ(image.observation, facts::Observation::imports);
  EXPECT_TRUE(has(image, "imports: "));
  EXPECT_TRUE(has(image, "own-getenv: "));
}

TEST_F(Observed, SpawnsAreResolvedToSourceLines) {
  start(walker);
  OwnStack stack;
  captureStack(stack);
  unsigned line = __LINE__ - 1;
  for (const OwnModule& module : ownModules())
    trace.module(10, module.start, module.end, module.bias, module.path, module.build_id);
  TraceBuilder::SpawnOptions options;
  options.site = stack.site;
  options.words = stack.words;
  trace.spawn(10, SpawnApi::posix_spawn, 1, "/bin/child", options);
  first();
  ASSERT_EQ(result.edges.size(), 1U);
  ASSERT_FALSE(result.edges[0].frames.empty());
  EXPECT_EQ(result.edges[0].frames[0].line, line);
  EXPECT_TRUE(result.edges[0].frames_complete);
  EXPECT_EQ(result.edges[0].frames.back().function, "main");
}

TEST_F(Observed, ASpawningProgramWithoutLinesIsNamedOnce) {
  BareElf executable;
  start({executable.path(), {}, 0x1000, 0x2000, 0x1000});
  TraceBuilder::SpawnOptions options;
  options.site.return_address = 0x1100;
  trace.spawn(10, SpawnApi::system, 1, "a", options);
  trace.spawn(10, SpawnApi::system, 2, "b", options);
  first();
  int named = 0;
  for (const facts::BlindSpot& spot : result.blind_spots) named += spot.kind == "no-debug-info" ? 1 : 0;
  EXPECT_EQ(named, 1);
}

}  // namespace
