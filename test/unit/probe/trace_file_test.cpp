#include "runtime-probe/trace/trace_file.h"

#include "facts/error.h"
#include "runtime-probe/probe.h"
#include "runtime-probe/trace/runtime_view.h"
#include "trace_builder.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <random>

namespace {

using namespace envleak::test;
namespace facts = envleak::facts;

facts::RuntimeFacts factsOf(const std::string& content) {
  return envleak::trace::runtimeFactsOf(TraceFile::fromMemory(content, "test.trace"));
}

const facts::BlindSpot* spot(const facts::RuntimeFacts& facts, const std::string& kind) {
  for (const facts::BlindSpot& candidate : facts.blind_spots)
    if (candidate.kind == kind) return &candidate;
  return nullptr;
}

std::string refusal(const std::string& content) {
  try {
    TraceFile::fromMemory(content, "test.trace");
  } catch (const envleak::InputError& error) {
    return error.what();
  }
  return "accepted";
}

// A trace with every kind of record.
TraceBuilder everything() {
  TraceBuilder trace;
  trace.command({"sh", "-c", "x"});
  trace.hello(10, 1, 0, "/bin/sh", {"sh", "-c", "x"});
  trace.environment(10, Purpose::received, 0, {{"PATH", "/bin"}, {"A", "1"}, {"odd!", ""}});
  trace.module(10, 0x400000, 0x500000, 0, "/no/such/program", "\x01\x02");
  trace.read(10, "A", true, 0x400100);
  trace.write(10, WriteApi::setenv, "B", "2");
  std::uint64_t file = trace.file(10, "/srv/.env");
  trace.definition(10, file, "A", "3", 1);
  trace.fork(11, 10);
  trace.environment(11, Purpose::at_fork, 0, {{"PATH", "/bin"}, {"A", "1"}, {"B", "2"}});
  TraceBuilder::SpawnOptions options;
  options.arguments = {"ls", "-l"};
  options.site = {0x400200, 0x7000, 0x7100, {}};
  options.words = {{0x400300, 1, 0}, {0x7200, 2, 0}};
  trace.spawn(11, SpawnApi::execve, 1, "/bin/ls", options);
  trace.environment(11, Purpose::at_call, 1, {{"PATH", "/bin"}});
  trace.environment(11, Purpose::passed, 1, {{"PATH", "/bin"}});
  trace.hello(11, 10, 1, "/bin/ls", {"ls", "-l"});
  trace.environment(11, Purpose::received, 0, {{"PATH", "/bin"}}, true);
  trace.touched(11, {"PATH"});
  trace.exit(11, 0);
  trace.spawn(10, SpawnApi::posix_spawn, 2, "/bin/busybox", options);
  trace.environment(10, Purpose::passed, 2, {{"PATH", "/bin"}});
  trace.spawnResult(10, 2, 0, 12);
  trace.note(10, "own-getenv", "it has a getenv of its own");
  trace.exit(10, 3);
  trace.blind(2, "static", "it is linked statically", "/bin/busybox");
  trace.end(10, false, 3);
  return trace;
}

TEST(TraceFile, ReadsWhatWasWritten) {
  facts::RuntimeFacts facts = factsOf(everything().content());
  EXPECT_TRUE(facts.finished);
  EXPECT_EQ(facts.command, (std::vector<std::string>{"sh", "-c", "x"}));
  EXPECT_EQ(facts.directory, "/tmp");
  EXPECT_EQ(facts.images.size(), 3U);
  EXPECT_EQ(facts.edges.size(), 2U);
  EXPECT_EQ(spot(facts, "torn-record"), nullptr);
}

TEST(TraceFile, RefusesWhatIsNoTraceAndNamesTheRemedy) {
  for (const std::string& content :
       {std::string(), std::string("hello"), std::string(20000, 'x'), std::string(20000, '\0')}) {
    EXPECT_NE(refusal(content).find("test.trace: "), std::string::npos);
    EXPECT_NE(refusal(content).find("envleak record -o FILE -- COMMAND"), std::string::npos);
  }
  EXPECT_NE(refusal("").find("is empty"), std::string::npos);
  EXPECT_NE(refusal("hello").find("not a trace"), std::string::npos);
}

TEST(TraceFile, RefusesANewerFormat) {
  TraceBuilder trace = everything();
  trace.header().version = formatVersion + 1;
  EXPECT_NE(refusal(trace.content()).find("newer envleak"), std::string::npos);
  trace.header().version = 0;
  EXPECT_NE(refusal(trace.content()).find("unknown format"), std::string::npos);
}

TEST(TraceFile, RefusesATraceThatWasCutAnywhere) {
  std::string content = everything().content();
  for (std::size_t size = 0; size < content.size(); ++size)
    EXPECT_NE(refusal(content.substr(0, size)).find("record it anew"), std::string::npos) << size;
}

TEST(TraceFile, StopsAtWhatIsClaimed) {
  TraceBuilder trace = everything();
  std::string content = trace.content();
  content += std::string(100000, '\0');  // the rest of the sparse file
  std::memcpy(content.data() + offsetof(TraceHeader, capacity), "\0\0\0\x10\0\0\0\0", 8);
  EXPECT_EQ(spot(factsOf(content), "torn-record"), nullptr);
}

TEST(TraceFile, SkipsATornRecordAndCountsIt) {
  TraceBuilder trace;
  trace.hello(10, 1, 0, "/bin/x");
  std::uint64_t torn = trace.read(10, "TORN");
  trace.read(10, "KEPT");
  trace.end(10, false, 0);
  std::uint32_t unpublished = 0;
  std::memcpy(trace.data() + torn + offsetof(RecordHeader, kind), &unpublished, sizeof unpublished);
  facts::RuntimeFacts facts = factsOf(trace.content());
  ASSERT_EQ(facts.images.size(), 1U);
  ASSERT_EQ(facts.images[0].reads.size(), 1U);
  EXPECT_EQ(facts.images[0].reads[0].name, "KEPT");
  ASSERT_NE(spot(facts, "torn-record"), nullptr);
  EXPECT_EQ(spot(facts, "torn-record")->detail.substr(0, 2), "1 ");
}

TEST(TraceFile, FindsTheNextRecordBehindALostOne) {
  TraceBuilder trace;
  trace.hello(10, 1, 0, "/bin/x");
  trace.appendRaw(std::string(480, '\0'));  // claimed; its writer died before the magic
  trace.read(10, "KEPT");
  trace.appendRaw(std::string(32, '\xEE'));
  trace.end(10, false, 0);
  facts::RuntimeFacts facts = factsOf(trace.content());
  ASSERT_EQ(facts.images.size(), 1U);
  EXPECT_EQ(facts.images[0].reads.size(), 1U);
  EXPECT_TRUE(facts.finished);
  ASSERT_NE(spot(facts, "torn-record"), nullptr);
  EXPECT_EQ(spot(facts, "torn-record")->detail.substr(0, 2), "2 ");
}

TEST(TraceFile, CountsWhatDidNotFit) {
  TraceBuilder trace = everything();
  trace.header().dropped = 42;
  trace.appendRaw(std::string(64, '\0'));  // claimed by the first record that did not fit
  std::string content = trace.content();
  std::uint64_t beyond = content.size() + 1000;
  std::memcpy(content.data() + offsetof(TraceHeader, used), &beyond, sizeof beyond);
  facts::RuntimeFacts facts = factsOf(content);
  ASSERT_NE(spot(facts, "trace-full"), nullptr);
  EXPECT_EQ(spot(facts, "trace-full")->detail.substr(0, 3), "42 ");
  EXPECT_EQ(spot(facts, "torn-record"), nullptr);
}

TEST(TraceFile, SaysThatItsDiskWasFull) {
  TraceBuilder trace = everything();
  trace.header().dropped = 3;
  EXPECT_EQ(spot(factsOf(trace.content()), "trace-full")->detail, "3 events did not fit into the trace");
  trace.header().without_room = 2;
  EXPECT_EQ(spot(factsOf(trace.content()), "trace-full")->detail,
            "3 events did not fit into the trace, as its disk was full");
}

TEST(TraceFile, HasEndedThoughItsLastRecordDidNotFit) {
  TraceBuilder trace;
  trace.hello(10, 1, 0, "/bin/x");
  trace.header().finished = 1;
  EXPECT_FALSE(factsOf(trace.content()).finished);
  trace.header().dropped = 1;
  EXPECT_TRUE(factsOf(trace.content()).finished);
}

TEST(TraceFile, SaysThatRecordingHasNotEnded) {
  TraceBuilder trace = everything();
  trace.header().finished = 0;
  facts::RuntimeFacts facts = factsOf(trace.content());
  EXPECT_FALSE(facts.finished);
  EXPECT_NE(spot(facts, "still-running"), nullptr);
}

TEST(TraceFile, CountsRecordsWhoseOffsetsPointOutside) {
  TraceBuilder trace = everything();
  std::uint64_t bad = trace.read(10, "BAD");
  ReadRecord body;
  std::memcpy(&body, trace.data() + bad, sizeof body);
  body.name = {0xFFFFFFF0, 0x20};
  std::memcpy(trace.data() + bad, &body, sizeof body);
  facts::RuntimeFacts facts = factsOf(trace.content());
  ASSERT_NE(spot(facts, "torn-record"), nullptr);
  EXPECT_EQ(spot(facts, "torn-record")->detail.substr(0, 2), "1 ");
}

// Whatever bytes a process under observation puts into the file: an answer or a refusal, no crash.
TEST(TraceFile, SurvivesFlippedBytes) {
  const std::string good = everything().content();
  std::mt19937 random(20240501);
  for (int round = 0; round < 4000; ++round) {
    std::string content = good;
    for (int flips = 1 + static_cast<int>(random() % 8); flips > 0; --flips) {
      std::size_t where = firstRecordOffset + random() % (content.size() - firstRecordOffset);
      content[where] = static_cast<char>(random());
    }
    facts::RuntimeFacts facts = factsOf(content);
    EXPECT_LE(facts.images.size(), 10U);
  }
}

TEST(TraceFile, SurvivesFlippedBytesInItsHeader) {
  const std::string good = everything().content();
  std::mt19937 random(7);
  int accepted = 0;
  for (int round = 0; round < 500; ++round) {
    std::string content = good;
    content[random() % 64] = static_cast<char>(random());
    try {
      factsOf(content);
      ++accepted;
    } catch (const envleak::InputError&) {
    }
  }
  EXPECT_GT(accepted, 0);
  EXPECT_LT(accepted, 500);
}

TEST(TraceFile, SurvivesAPathWithoutItsEnd) {
  TraceBuilder trace = everything();
  std::memset(trace.header().preload_library, '/', sizeof trace.header().preload_library);
  EXPECT_EQ(factsOf(trace.content()).images.size(), 3U);
}

TEST(TraceFile, SurvivesACutWithAMatchingHeader) {
  const std::string good = everything().content();
  for (std::uint64_t size = firstRecordOffset; size < good.size(); ++size) {
    std::string content = good.substr(0, size);
    std::memcpy(content.data() + offsetof(TraceHeader, used), &size, sizeof size);
    std::memcpy(content.data() + offsetof(TraceHeader, capacity), &size, sizeof size);
    EXPECT_LE(factsOf(content).images.size(), 3U);
  }
}

TEST(TraceFile, IsDeterministic) {
  std::string content = everything().content();
  EXPECT_EQ(facts::toJson(factsOf(content)).dump(), facts::toJson(factsOf(content)).dump());
}

class ReadTrace : public testing::Test {
 protected:
  ReadTrace() {
    std::string pattern = testing::TempDir() + "/envleak-trace-XXXXXX";
    folder_ = ::mkdtemp(pattern.data());
  }
  ~ReadTrace() override { std::filesystem::remove_all(folder_); }
  std::string file(const std::string& content) {
    std::string path = folder_ / "t.trace";
    std::ofstream(path, std::ios::binary) << content;
    return path;
  }
  std::filesystem::path folder_;
};

TEST_F(ReadTrace, ReadsASparseFileUpToWhatIsClaimed) {
  TraceBuilder trace = everything();
  trace.header().capacity = 256ULL << 20;
  std::string path = file(trace.content());
  std::filesystem::resize_file(path, 256ULL << 20);
  EXPECT_EQ(envleak::probe::readTrace(path).images.size(), 3U);
}

TEST_F(ReadTrace, TakesRuntimeFactsAsJson) {
  std::string json = facts::toJson(factsOf(everything().content())).dump(2);
  EXPECT_EQ(facts::toJson(envleak::probe::readTrace(file("\n  " + json))).dump(2), json);
}

TEST_F(ReadTrace, NamesTheFile) {
  for (const std::string& path : {std::string("/no/such/file.trace"), folder_.string(), file("nonsense")}) {
    try {
      envleak::probe::readTrace(path);
      ADD_FAILURE() << path << " was accepted";
    } catch (const envleak::InputError& error) {
      EXPECT_EQ(std::string(error.what()).rfind(path + ": ", 0), 0U) << error.what();
      EXPECT_NE(std::string(error.what()).find("envleak record"), std::string::npos) << error.what();
    }
  }
}

}  // namespace
