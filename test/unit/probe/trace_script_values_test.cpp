// What an interpreter looked at, and what its script did (TouchedRecord::by_script).
#include "runtime-probe/trace/runtime_view.h"
#include "runtime-probe/trace/trace_file.h"
#include "trace_builder.h"

#include <gtest/gtest.h>

#include <map>

namespace {

using namespace envleak::test;
namespace facts = envleak::facts;

const std::vector<std::string> everything = {"A", "B", "C", "D", "E", "F", "G", "H", "I"};

class ScriptValues : public testing::Test {
 protected:
  void SetUp() override {
    trace.hello(10, 1, 0, "/usr/bin/interpreter");
    std::vector<std::pair<std::string, std::string>> received;
    for (const std::string& name : everything) received.emplace_back(name, "1");
    trace.environment(10, Purpose::received, 0, received);
  }
  facts::Image image() {
    trace.end(1, false, 0);
    return envleak::trace::runtimeFactsOf(TraceFile::fromMemory(trace.content(), "t")).images.at(0);
  }
  static std::map<std::string, facts::ReadKind> reads(const facts::Image& image) {
    std::map<std::string, facts::ReadKind> all;
    for (const facts::Read& read : image.reads) all.emplace(read.name, read.kind);
    return all;
  }
  static bool has(const facts::Image& image, const std::string& start_of_reason) {
    for (const std::string& reason : image.reasons)
      if (reason.rfind(start_of_reason, 0) == 0) return true;
    return false;
  }
  TraceBuilder trace;
};

TEST_F(ScriptValues, TheInterpretersOwnImportIsNotTheScripts) {
  trace.adapter(10, "PHP");
  trace.touchedByScript(10, {}, false, false);
  trace.touched(10, everything, true);
  trace.touchedByScript(10, {"B"});
  trace.exit(10, 0);
  const facts::Image got = image();
  EXPECT_EQ(got.observation, facts::Observation::full);
  EXPECT_EQ(reads(got), (std::map<std::string, facts::ReadKind>{{"B", facts::ReadKind::touched}}));
}

TEST_F(ScriptValues, AScriptThatLooksAtAllImportsToo) {
  trace.adapter(10, "PHP");
  trace.touched(10, everything, true);
  trace.touchedByScript(10, everything, true);
  trace.exit(10, 0);
  const facts::Image got = image();
  EXPECT_EQ(got.observation, facts::Observation::imports);
  EXPECT_TRUE(has(got, "imports: its program looked at every variable"));
  EXPECT_EQ(reads(got).size(), everything.size());
}

TEST_F(ScriptValues, NothingIsSaidOfAScriptWhoseAccountIsMissing) {
  trace.adapter(10, "PHP");
  trace.touchedByScript(10, {}, false, false);
  trace.touched(10, everything, true);
  trace.exit(10, 0);
  const facts::Image got = image();
  EXPECT_EQ(got.observation, facts::Observation::partial);
  EXPECT_TRUE(has(got, "no-last-look"));
}

TEST_F(ScriptValues, WithoutAnAdapterThatTellsAllTheImportStands) {
  trace.touchedByScript(10, {}, false, false);
  trace.touched(10, everything, true);
  trace.touchedByScript(10, {"B"});
  trace.exit(10, 0);
  EXPECT_EQ(image().observation, facts::Observation::imports);
}

}  // namespace
