// From records to images, edges and reads: one rule per test.
#include "runtime-probe/trace/runtime_view.h"
#include "runtime-probe/trace/trace_file.h"
#include "trace_builder.h"

#include <gtest/gtest.h>

#include <cerrno>

namespace {

using namespace envleak::test;
namespace facts = envleak::facts;
using Names = std::vector<std::string>;

class Images : public testing::Test {
 protected:
  // The command's first image, pid 10.
  void root(const Variables& received = {{"PATH", "/bin"}, {"SECRET", "s"}}) {
    trace.hello(10, 1, 0, "/bin/root", {"root"});
    trace.environment(10, Purpose::received, 0, received);
  }
  void forked(int pid, int parent, const Variables& at_fork) {
    trace.fork(pid, parent);
    trace.environment(pid, Purpose::at_fork, 0, at_fork);
  }
  void arrival(int pid, int parent, std::uint32_t spawn, const Variables& received,
               const std::string& program = "/bin/child") {
    trace.hello(pid, parent, spawn, program, {program});
    trace.environment(pid, Purpose::received, 0, received);
  }
  const facts::RuntimeFacts& read() {
    result = envleak::trace::runtimeFactsOf(TraceFile::fromMemory(trace.content(), "t"));
    return result;
  }
  const facts::Image& image(const std::string& id) {
    for (const facts::Image& candidate : result.images)
      if (candidate.id == id) return candidate;
    ADD_FAILURE() << "no image " << id;
    return result.images.at(0);
  }
  bool hasSpot(const std::string& kind, const std::string& process = {}) {
    for (const facts::BlindSpot& spot : result.blind_spots)
      if (spot.kind == kind && spot.process.value_or("") == process) return true;
    return false;
  }
  TraceBuilder trace;
  facts::RuntimeFacts result;
};

TEST_F(Images, FirstImageHasNoParent) {
  root();
  trace.exit(10, 3);
  read();
  ASSERT_EQ(result.images.size(), 1U);
  const facts::Image& first = result.images[0];
  EXPECT_EQ(first.id, "p1");
  EXPECT_FALSE(first.parent);
  EXPECT_EQ(first.pid, 10);
  EXPECT_EQ(first.exec_number, 0);
  EXPECT_EQ(first.program, "/bin/root");
  EXPECT_EQ(first.argv, Names{"root"});
  ASSERT_EQ(first.received.size(), 2U);
  EXPECT_EQ(first.received[1].name, "SECRET");
  ASSERT_TRUE(first.exit);
  EXPECT_EQ(first.exit->value, 3);
  EXPECT_GT(first.exit->order, 0u);
  EXPECT_TRUE(result.edges.empty());
}

TEST_F(Images, ForkAndExecIsComparedWithTheEnvironmentAtTheFork) {
  root();
  trace.write(10, WriteApi::setenv, "LATE", "l");
  forked(11, 10, {{"PATH", "/bin"}, {"SECRET", "s"}, {"LATE", "l"}, {"GONE", "g"}});
  trace.write(11, WriteApi::setenv, "NEW", "n");  // by the child, for the program it is going to start
  trace.spawn(11, SpawnApi::execvp, 1, "child");
  trace.environment(11, Purpose::at_call, 1, {{"PATH", "/other"}, {"SECRET", "s"}, {"LATE", "l"}, {"NEW", "n"}});
  arrival(11, 10, 1, {{"PATH", "/other"}, {"SECRET", "s"}, {"LATE", "l"}, {"NEW", "n"}});
  read();
  ASSERT_EQ(result.images.size(), 2U);
  EXPECT_EQ(image("p2").parent, "p1");
  EXPECT_EQ(image("p2").exec_number, 0);
  ASSERT_EQ(result.edges.size(), 1U);
  const facts::Edge& edge = result.edges[0];
  EXPECT_EQ(edge.id, "e1");
  EXPECT_EQ(edge.parent, "p1");
  EXPECT_EQ(edge.child, "p2");
  EXPECT_EQ(edge.pid, 11);
  EXPECT_EQ(edge.api, "execvp");
  EXPECT_EQ(edge.program, "child");
  EXPECT_TRUE(edge.compared);
  EXPECT_EQ(edge.crossed, (Names{"LATE", "SECRET"}));
  EXPECT_EQ(edge.added, Names{"NEW"});
  EXPECT_EQ(edge.changed, Names{"PATH"});
  EXPECT_EQ(edge.removed, Names{"GONE"});
}

TEST_F(Images, AForkNoticedLateIsComparedWithWhatItsParentHadByItsWrites) {
  root({{"PATH", "/bin"}, {"SECRET", "s"}, {"UNSET", "u"}, {"OLD", "o"}});
  trace.write(10, WriteApi::setenv, "BY_PARENT", "b");
  trace.write(10, WriteApi::unsetenv, "UNSET");
  trace.write(10, WriteApi::putenv, "OLD", "newer");
  trace.fork(11, 10);  // without its environment: the child had emptied it by then
  trace.write(11, WriteApi::setenv, "BY_CHILD", "c");
  trace.write(10, WriteApi::setenv, "TOO_LATE", "t");
  trace.spawn(11, SpawnApi::execl, 1, "/bin/child");
  arrival(11, 10, 1, {{"SECRET", "s"}, {"BY_PARENT", "b"}, {"BY_CHILD", "c"}, {"UNSET", "u"}, {"OLD", "newer"}});
  read();
  EXPECT_EQ(result.edges.at(0).crossed, (Names{"BY_PARENT", "OLD", "SECRET"}));
  EXPECT_EQ(result.edges.at(0).added, (Names{"BY_CHILD", "UNSET"}));
  EXPECT_EQ(result.edges.at(0).removed, Names{"PATH"});
}

TEST_F(Images, ChildOfAForkNoticedLate) {
  root();
  trace.fork(11, 10);
  trace.write(11, WriteApi::clearenv, "");
  trace.write(11, WriteApi::setenv, "KEPT", "k");
  trace.fork(12, 11);
  trace.spawn(12, SpawnApi::execv, 1, "/bin/child");
  arrival(12, 11, 1, {{"KEPT", "k"}, {"SECRET", "s"}});
  read();
  EXPECT_EQ(result.edges.at(0).crossed, Names{"KEPT"});
  EXPECT_EQ(result.edges.at(0).added, Names{"SECRET"});
  EXPECT_TRUE(result.edges.at(0).removed.empty());
}

TEST_F(Images, VforkChildThatClearedTheEnvironment) {
  root();
  trace.write(10, WriteApi::clearenv, "", {}, 11);
  TraceBuilder::SpawnOptions options;
  options.vforked = true;
  options.tid = 11;
  trace.spawn(10, SpawnApi::execv, 1, "/bin/child", options);
  trace.environment(10, Purpose::at_call, 1, {});
  arrival(11, 10, 1, {});
  read();
  EXPECT_EQ(result.edges.at(0).removed, (Names{"PATH", "SECRET"}));
}

TEST_F(Images, ForkedChildrenBelongToTheImage) {
  root();
  forked(11, 10, {{"PATH", "/bin"}});
  forked(12, 11, {{"PATH", "/bin"}});
  trace.read(12, "DEEP");
  trace.write(11, WriteApi::putenv, "W", "w");
  trace.definition(12, trace.file(12, "/srv/.env"), "D", "d", 4);
  trace.exit(12, 9);
  trace.exit(11, 8);
  trace.exit(10, 7);
  read();
  ASSERT_EQ(result.images.size(), 1U);
  EXPECT_EQ(image("p1").reads.at(0).name, "DEEP");
  EXPECT_EQ(image("p1").writes.at(0).kind, facts::WriteKind::put);
  ASSERT_EQ(image("p1").files.size(), 1U);
  EXPECT_EQ(image("p1").files[0].path, "/srv/.env");
  EXPECT_EQ(image("p1").files[0].defines.at(0).line, 4U);
  EXPECT_EQ(image("p1").exit->value, 7);
}

TEST_F(Images, ExecOfTheImagesOwnProcessIsComparedWithWhatTheImageReceived) {
  root();
  trace.write(10, WriteApi::setenv, "X", "x");
  trace.spawn(10, SpawnApi::execv, 1, "/bin/child");
  trace.environment(10, Purpose::at_call, 1, {{"PATH", "/bin"}, {"SECRET", "s"}, {"X", "x"}});
  arrival(10, 1, 1, {{"PATH", "/bin"}, {"SECRET", "s"}, {"X", "x"}});
  trace.end(10, true, 9);
  read();
  ASSERT_EQ(result.images.size(), 2U);
  EXPECT_EQ(image("p2").pid, 10);
  EXPECT_EQ(image("p2").exec_number, 1);
  EXPECT_EQ(result.edges.at(0).crossed, (Names{"PATH", "SECRET"}));
  EXPECT_EQ(result.edges.at(0).added, Names{"X"});
  EXPECT_FALSE(image("p1").exit);
  ASSERT_TRUE(image("p2").exit);  // the command's process ended under its second program
  EXPECT_TRUE(image("p2").exit->by_signal);
  EXPECT_EQ(image("p2").exit->value, 9);
}

TEST_F(Images, SystemIsComparedWithTheEnvironmentAtTheCall) {
  root();
  trace.write(10, WriteApi::setenv, "X", "x");
  trace.spawn(10, SpawnApi::system, 1, "ls | wc");
  trace.environment(10, Purpose::at_call, 1, {{"PATH", "/bin"}, {"X", "x"}});
  arrival(11, 10, 1, {{"PATH", "/bin"}, {"X", "x"}}, "/bin/sh");
  trace.exit(11, 0);
  trace.spawnResult(10, 1, 0);
  read();
  ASSERT_EQ(result.images.size(), 2U);
  EXPECT_EQ(result.edges.at(0).pid, 10);
  EXPECT_EQ(result.edges.at(0).program, "ls | wc");
  EXPECT_EQ(result.edges.at(0).crossed, (Names{"PATH", "X"}));
  EXPECT_TRUE(result.edges.at(0).added.empty());
}

TEST_F(Images, FailedExecHasNoChild) {
  root();
  forked(11, 10, {{"PATH", "/bin"}});
  trace.spawn(11, SpawnApi::execve, 1, "/no/such");
  trace.spawnResult(11, 1, ENOENT);
  trace.spawn(11, SpawnApi::execve, 2, "/bin/child");
  trace.environment(11, Purpose::passed, 2, {});
  arrival(11, 10, 2, {});
  read();
  ASSERT_EQ(result.images.size(), 2U);
  ASSERT_EQ(result.edges.size(), 2U);
  EXPECT_EQ(result.edges[0].error, ENOENT);
  EXPECT_FALSE(result.edges[0].child);
  EXPECT_FALSE(result.edges[0].compared);
  EXPECT_EQ(result.edges[1].child, "p2");
  EXPECT_EQ(result.edges[1].removed, Names{"PATH"});
}

TEST_F(Images, SilentProgramIsBlindWithTheRecordersReason) {
  root();
  forked(11, 10, {{"PATH", "/bin"}, {"SECRET", "s"}});
  TraceBuilder::SpawnOptions options;
  options.arguments = {"busybox", "ls"};
  trace.spawn(11, SpawnApi::execve, 1, "busybox", options);
  trace.environment(11, Purpose::passed, 1, {{"SECRET", "s"}, {"N", "n"}});
  trace.blind(1, "static", "it is linked statically", "/bin/busybox");
  read();
  ASSERT_EQ(result.images.size(), 2U);
  EXPECT_EQ(image("p2").observation, facts::Observation::blind);
  EXPECT_EQ(image("p2").reasons, Names{"static: it is linked statically"});
  EXPECT_EQ(image("p2").program, "/bin/busybox");
  EXPECT_EQ(image("p2").argv, (Names{"busybox", "ls"}));
  EXPECT_EQ(image("p2").pid, 11);
  EXPECT_TRUE(hasSpot("static", "p2"));
  // What it was given is known all the same.
  EXPECT_TRUE(result.edges.at(0).compared);
  EXPECT_EQ(result.edges.at(0).crossed, Names{"SECRET"});
  EXPECT_EQ(result.edges.at(0).added, Names{"N"});
  EXPECT_EQ(result.edges.at(0).removed, Names{"PATH"});
  EXPECT_EQ(image("p2").received.size(), 2U);
}

TEST_F(Images, SilentProgramWithoutAReasonIsBlindToo) {
  root();
  trace.spawn(10, SpawnApi::posix_spawn, 1, "/bin/child");
  trace.spawnResult(10, 1, 0, 77);
  read();
  EXPECT_EQ(image("p2").reasons, Names{"other: no sign from the new program"});
  EXPECT_EQ(image("p2").pid, 77);
  EXPECT_FALSE(result.edges.at(0).compared);
}

TEST_F(Images, ABlindChildOfACallThatInheritsGotTheCallersEnvironment) {
  root();
  forked(11, 10, {{"PATH", "/bin"}, {"SECRET", "s"}});
  trace.spawn(11, SpawnApi::execv, 1, "/bin/static");
  trace.environment(11, Purpose::at_call, 1, {{"PATH", "/bin"}, {"SECRET", "s"}});
  forked(12, 10, {{"PATH", "/bin"}, {"SECRET", "s"}});
  trace.spawn(12, SpawnApi::execve, 2, "/bin/static");
  trace.environment(12, Purpose::at_call, 2, {{"PATH", "/bin"}, {"SECRET", "s"}});
  read();
  EXPECT_EQ(result.edges.at(0).crossed, (Names{"PATH", "SECRET"}));
  EXPECT_FALSE(result.edges.at(1).compared);  // what was passed was not recorded
}

TEST_F(Images, ExecWhoseOutcomeIsLostIsNotCalledBlind) {
  root();
  trace.spawn(10, SpawnApi::execve, 1, "/bin/child");
  trace.read(10, "STILL_HERE");
  read();
  ASSERT_EQ(result.images.size(), 1U);
  ASSERT_EQ(result.edges.size(), 1U);
  EXPECT_FALSE(result.edges[0].child);
  EXPECT_TRUE(hasSpot("torn-record", "p1"));
}

TEST_F(Images, PidReusedAfterABlindExecIsNoSignOfGoingOn) {
  root();
  forked(11, 10, {});
  trace.spawn(11, SpawnApi::execve, 1, "/bin/static");
  forked(11, 10, {});
  trace.read(11, "BY_THE_NEXT_11");
  read();
  ASSERT_EQ(result.images.size(), 2U);
  EXPECT_EQ(image("p2").observation, facts::Observation::blind);
  EXPECT_EQ(image("p1").reads.at(0).name, "BY_THE_NEXT_11");
}

TEST_F(Images, VforkChildUnderItsParentsPid) {
  root();
  trace.write(10, WriteApi::setenv, "OLD", "parent", 10);
  trace.write(10, WriteApi::setenv, "NEW", "n", 11);  // by the vfork child, in its parent's memory
  trace.write(10, WriteApi::setenv, "OLD", "child", 11);
  trace.write(10, WriteApi::setenv, "SECRET", "other", 11);
  TraceBuilder::SpawnOptions options;
  options.vforked = true;
  options.tid = 11;
  Variables now{{"PATH", "/bin"}, {"SECRET", "other"}, {"OLD", "child"}, {"NEW", "n"}};
  trace.spawn(10, SpawnApi::execvp, 1, "child", options);
  trace.environment(10, Purpose::at_call, 1, now);
  arrival(11, 10, 1, now);
  trace.read(10, "LATER");
  read();
  ASSERT_EQ(result.images.size(), 2U);
  EXPECT_EQ(result.edges.at(0).child, "p2");
  EXPECT_EQ(result.edges.at(0).pid, 11);
  EXPECT_EQ(result.edges.at(0).crossed, Names{"PATH"});
  EXPECT_EQ(result.edges.at(0).added, Names{"NEW"});
  EXPECT_EQ(result.edges.at(0).changed, (Names{"OLD", "SECRET"}));
  EXPECT_EQ(image("p1").reads.at(0).name, "LATER");
  EXPECT_EQ(image("p1").writes.size(), 4U);
}

TEST_F(Images, VforkChildUnderItsOwnPid) {
  root();
  trace.write(11, WriteApi::setenv, "NEW", "n");
  TraceBuilder::SpawnOptions options;
  options.vforked = true;
  trace.spawn(11, SpawnApi::execvp, 1, "child", options);
  trace.environment(11, Purpose::at_call, 1, {{"PATH", "/bin"}, {"NEW", "n"}});
  arrival(11, 10, 1, {{"PATH", "/bin"}, {"NEW", "n"}});
  read();
  ASSERT_EQ(result.images.size(), 2U);
  EXPECT_EQ(image("p2").parent, "p1");
  EXPECT_EQ(result.edges.at(0).added, Names{"NEW"});
  EXPECT_EQ(result.edges.at(0).crossed, Names{"PATH"});
  EXPECT_EQ(image("p1").writes.at(0).name, "NEW");
  EXPECT_FALSE(hasSpot("unattributed"));
}

TEST_F(Images, BlindVforkChildDoesNotEndItsParent) {
  root();
  TraceBuilder::SpawnOptions options;
  options.vforked = true;
  options.tid = 11;
  trace.spawn(10, SpawnApi::execve, 1, "/bin/static", options);
  trace.read(10, "LATER");
  read();
  ASSERT_EQ(result.images.size(), 2U);
  EXPECT_EQ(image("p2").observation, facts::Observation::blind);
  EXPECT_EQ(image("p2").pid, 11);
  EXPECT_EQ(image("p1").reads.at(0).name, "LATER");
}

TEST_F(Images, HandlePassedOnByABlindProgramMakesItsDescendantItsChild) {
  root();
  forked(11, 10, {{"PATH", "/bin"}, {"SECRET", "s"}});
  trace.spawn(11, SpawnApi::execve, 1, "/bin/static-shell");
  trace.environment(11, Purpose::passed, 1, {{"PATH", "/bin"}, {"SECRET", "s"}});
  arrival(12, 11, 1, {{"PATH", "/bin"}, {"SECRET", "s"}}, "/bin/grandchild");  // the id of its parent's spawn
  read();
  ASSERT_EQ(result.images.size(), 3U);
  EXPECT_EQ(image("p2").observation, facts::Observation::blind);
  EXPECT_EQ(image("p3").program, "/bin/grandchild");
  EXPECT_EQ(image("p3").parent, "p2");
  EXPECT_TRUE(hasSpot("unseen-spawn", "p3"));
  ASSERT_EQ(result.edges.size(), 2U);
  EXPECT_EQ(result.edges[0].child, "p2");
  EXPECT_EQ(result.edges[1].api, "unknown");
  EXPECT_EQ(result.edges[1].crossed, (Names{"PATH", "SECRET"}));
}

TEST_F(Images, UnseenExecOfTheSameProcess) {
  root();
  arrival(10, 1, 0, {{"PATH", "/bin"}}, "/bin/after-raw-exec");
  read();
  ASSERT_EQ(result.images.size(), 2U);
  EXPECT_EQ(image("p2").parent, "p1");
  EXPECT_EQ(image("p2").exec_number, 1);
  EXPECT_TRUE(hasSpot("unseen-spawn", "p2"));
}

TEST_F(Images, EventsOfAnUnknownProcessAreNamedNotGuessed) {
  root();
  trace.read(99, "WHOSE");
  trace.read(99, "WHOSE_TOO");
  read();
  EXPECT_TRUE(image("p1").reads.empty());
  EXPECT_TRUE(hasSpot("unattributed"));
}

TEST_F(Images, ASpawnIdGivenOutTwiceCountsOnce) {
  root();
  trace.spawn(10, SpawnApi::system, 1, "a");
  trace.spawn(10, SpawnApi::system, 1, "b");
  arrival(11, 10, 1, {}, "/bin/sh");
  read();
  EXPECT_EQ(result.edges.size(), 1U);
  EXPECT_TRUE(hasSpot("torn-record"));
}

TEST_F(Images, ReadsOfOneNameAtOnePlaceAreMerged) {
  root();
  trace.module(10, 0x1000, 0x9000, 0x1000, "/no/such/module");
  trace.read(10, "A", true, 0x1101, 5);
  forked(11, 10, {});
  trace.module(11, 0x1000, 0x9000, 0x1000, "/no/such/module");
  trace.read(11, "A", true, 0x1101, 2);                          // by a child of the same image
  trace.read(10, "A", true, 0x1201, 1);                          // another place
  trace.read(10, "A", false, 0x1101, 1);                         // unset by then
  trace.read(10, "A", true, 0x1101, 1, ReadApi::secure_getenv);  // another function
  trace.read(10, "B", true, 0x1101, 1);                          // another name
  read();
  const std::vector<facts::Read>& reads = image("p1").reads;
  ASSERT_EQ(reads.size(), 5U);
  EXPECT_EQ(reads[0].count, 7U);
  EXPECT_EQ(reads[0].api, "getenv");
  ASSERT_EQ(reads[0].frames.size(), 1U);
  EXPECT_EQ(reads[0].frames[0].module, "/no/such/module");
  EXPECT_EQ(reads[0].frames[0].offset, 0x100U);
  EXPECT_TRUE(reads[0].frames[0].file.empty());
  EXPECT_FALSE(reads[2].set);
  EXPECT_EQ(reads[3].api, "secure_getenv");
  EXPECT_TRUE(hasSpot("module-changed"));
}

TEST_F(Images, AModuleMappedInsteadOfAnotherTakesItsPlace) {
  root();
  trace.module(10, 0x1000, 0x3000, 0x1000, "/no/such/first");
  trace.read(10, "A", true, 0x1101);
  trace.module(10, 0x1000, 0x2000, 0x1000, "/no/such/second");
  trace.read(10, "B", true, 0x1101);
  read();
  EXPECT_EQ(image("p1").reads.at(0).frames.get().at(0).module, "/no/such/first");
  EXPECT_EQ(image("p1").reads.at(1).frames.get().at(0).module, "/no/such/second");
}

TEST_F(Images, FramesOfTheProbeItselfAreLeftOut) {
  root();
  trace.module(10, 0x1000, 0x3000, 0x1000, "/lib/envleak/libenvleak-preload.so");
  trace.read(10, "A", true, 0x1101);
  read();
  EXPECT_TRUE(image("p1").reads.at(0).frames.empty());
}

TEST_F(Images, TouchedAndImportedAreNotReads) {
  root();
  trace.read(10, "PATH");
  trace.touched(10, {"PATH", "SECRET"});
  arrival(10, 1, 0, {{"PATH", "/bin"}}, "/bin/shell");
  trace.touched(10, {"PATH"}, /*imported=*/true);
  trace.exit(10, 0);
  read();
  const std::vector<facts::Read>& first = image("p1").reads;
  ASSERT_EQ(first.size(), 2U);
  EXPECT_EQ(first[0].kind, facts::ReadKind::read);
  EXPECT_EQ(first[1].kind, facts::ReadKind::touched);
  EXPECT_EQ(first[1].name, "SECRET");
  EXPECT_TRUE(first[1].set);
  EXPECT_TRUE(first[1].api.empty());
  EXPECT_EQ(image("p2").reads.at(0).kind, facts::ReadKind::imported);
  EXPECT_EQ(image("p2").observation, facts::Observation::imports);
}

TEST_F(Images, DefinitionsWithoutTheirFileAreDamaged) {
  root();
  trace.definition(10, 12345, "A", "a", 1);
  read();
  EXPECT_TRUE(image("p1").files.empty());
  EXPECT_TRUE(hasSpot("torn-record"));
}

TEST_F(Images, ValuesAndShapesAreKept) {
  trace.hello(10, 1, 0, "/bin/root");
  trace.environment(10, Purpose::received, 0, {{"T", "ghp_abc"}, {"E", ""}, {"odd!", ""}}, /*keep_values=*/true);
  read();
  ASSERT_EQ(image("p1").received.size(), 2U);
  EXPECT_EQ(image("p1").received[0].shape, "token");
  EXPECT_EQ(image("p1").received[0].value, "ghp_abc");
  EXPECT_EQ(image("p1").received[1].value, "");
}

TEST_F(Images, OfSeveralEntriesWithOneNameTheFirstCounts) {
  root({{"D", "one"}, {"D", "two"}, {"N!", ""}});
  trace.spawn(10, SpawnApi::execve, 1, "/bin/child");
  arrival(10, 1, 1, {{"D", "two"}, {"D", "one"}, {"N", "n"}});
  read();
  EXPECT_EQ(result.edges.at(0).changed, Names{"D"});
  EXPECT_EQ(result.edges.at(0).added, Names{"N"});
}

TEST_F(Images, OneWordexpCanRunSeveralShells) {
  root();
  trace.spawn(10, SpawnApi::wordexp, 1, "$(a) $(b)");
  trace.environment(10, Purpose::at_call, 1, {{"PATH", "/bin"}});
  arrival(11, 10, 1, {{"PATH", "/bin"}}, "/bin/sh");
  arrival(12, 10, 1, {{"PATH", "/bin"}}, "/bin/sh");
  read();
  ASSERT_EQ(result.edges.size(), 2U);
  EXPECT_EQ(result.edges[1].api, "wordexp");
  EXPECT_EQ(result.edges[1].child, "p3");
  EXPECT_EQ(result.edges[1].crossed, Names{"PATH"});
  EXPECT_FALSE(hasSpot("unseen-spawn", "p3"));
}

TEST_F(Images, ACommandThatCannotBeObservedIsABlindImage) {
  trace.command({"busybox", "ls"});
  trace.blind(0, "static", "it is linked statically", "/bin/busybox");
  trace.end(10, false, 4);
  read();
  ASSERT_EQ(result.images.size(), 1U);
  EXPECT_EQ(image("p1").observation, facts::Observation::blind);
  EXPECT_EQ(image("p1").program, "/bin/busybox");
  EXPECT_EQ(image("p1").argv, (Names{"busybox", "ls"}));
  EXPECT_EQ(image("p1").pid, 10);
  EXPECT_EQ(image("p1").exit->value, 4);
}

TEST_F(Images, ProcessesThatOutlivedTheCommandAreNamed) {
  root();
  trace.blind(0, "still-running", "process 12 outlived the command");
  trace.end(10, false, 0);
  read();
  EXPECT_TRUE(result.finished);
  EXPECT_TRUE(hasSpot("still-running"));
}

}  // namespace
