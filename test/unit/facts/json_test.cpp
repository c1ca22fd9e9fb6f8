#include "facts/error.h"
#include "facts/runtime_facts.h"
#include "facts/static_facts.h"

#include <nlohmann/json.hpp>

#include <gtest/gtest.h>

namespace {

using namespace envleak;
using namespace envleak::facts;

std::string text(const auto& facts) { return toJson(facts).dump(); }

// The message of the InputError that parsing `input` throws.
template <typename Parse>
std::string messageOf(Parse parse, const std::string& input) {
  try {
    parse(input, "some/file.json");
  } catch (const InputError& error) {
    return error.what();
  }
  return "(no error)";
}

StaticFacts sampleStatic() {
  StaticFacts facts;
  facts.root = "/src";
  SpawnSite site;
  site.id = "s1";
  site.kind = SiteKind::wrapper;
  site.file = "a/\xFF.c";
  site.line = 3;
  site.positions = {{3, 4}, {3, 9}};
  site.tail = true;
  site.environment = EnvironmentClass::from_caller;
  site.path = {{"b.c", 7, 2, "'run' calls 'execv'"}};
  site.spawns = {"s2"};
  site.program = "/bin/ls";
  facts.spawn_sites = {site};
  facts.environment_reads = {{"a.c", 1, 2, "main", "getenv", "HOME"}, {"a.c", 2, 2, "main", "getenv", std::nullopt}};
  facts.environment_writes = {{"a.c", 5, 2, "main", "clearenv", std::nullopt, WriteKind::clear}};
  facts.wrappers = {{"run", "b.c", 6, EnvironmentClass::from_caller}};
  facts.units = {{"a.c", UnitStatus::partial, {"a.c:1: error: no"}}};
  facts.suppressions = {{"a.c", 9, "envleak-inherited", "meant", true, 9}};
  return facts;
}

TEST(StaticFactsJson, SurvivesARoundTrip) {
  std::string once = text(sampleStatic());
  EXPECT_EQ(text(staticFactsFromJson(once, "x")), once);
  StaticFacts back = staticFactsFromJson(once, "x");
  EXPECT_EQ(back.spawn_sites[0].environment, EnvironmentClass::from_caller);
  EXPECT_EQ(back.spawn_sites[0].positions, (std::vector<Position>{{3, 4}, {3, 9}}));
  EXPECT_EQ(back.spawn_sites[0].file, "a/\\xff.c");
  EXPECT_EQ(back.environment_reads[1].name, std::nullopt);
  EXPECT_FALSE(back.complete());
}

RuntimeFacts sampleRuntime() {
  RuntimeFacts facts;
  facts.command = {"./a", "\xFE"};
  facts.directory = "/tmp";
  facts.finished = true;
  Frame frame{"/bin/a", "ab12", 0x1234, "main", "/src/a.c", 3, 4, true, ""};
  Frame script{"", "", 0, "handle", "/app/a.php", 7, 0, false, "PHP"};
  Image image;
  image.id = "p1";
  image.pid = 7;
  image.exit = Exit{true, 9, 70};
  image.observation = Observation::partial;
  image.reasons = {"own-getenv"};
  image.received = {{"A", 0xFFFFFFFFFFFFFFFF, "token", std::nullopt}, {"B", 0, "", "value"}};
  image.reads = {{ReadKind::touched, "A", true, "", 2, 5, {script, frame}}};
  image.adapter = Adapter{"PHP", "8.2.29", true};
  image.writes = {{WriteKind::unset, "A", 0, "unsetenv", 6, {}}};
  image.files = {{"/x/.env", 3, {{"A", 1, 42}}, {{2, 43}}}};
  image.files_written = {{"/x/cache.php", 4}};
  facts.images = {image};
  Edge edge;
  edge.id = "e1";
  edge.parent = "p1";
  edge.api = "execve";
  edge.error = 2;
  edge.frames = {frame};
  edge.crossed = {"A"};
  facts.edges = {edge};
  facts.blind_spots = {{"p1", "static", "no loader"}, {std::nullopt, "trace-full", "3 events"}};
  return facts;
}

TEST(RuntimeFactsJson, SurvivesARoundTrip) {
  std::string once = text(sampleRuntime());
  EXPECT_EQ(text(runtimeFactsFromJson(once, "x")), once);
  RuntimeFacts back = runtimeFactsFromJson(once, "x");
  EXPECT_EQ(back.images[0].received[0].hash, 0xFFFFFFFFFFFFFFFF);
  EXPECT_EQ(back.images[0].received[1].value, "value");
  EXPECT_TRUE(back.images[0].exit->by_signal);
  EXPECT_EQ(back.images[0].exit->order, 70u);
  EXPECT_EQ(back.images[0].reads[0].frames[0].language, "PHP");
  EXPECT_EQ(back.images[0].reads[0].frames[1].module, "/bin/a");
  EXPECT_TRUE(back.images[0].adapter->covers);
  EXPECT_FALSE(back.edges[0].child.has_value());
  EXPECT_FALSE(back.blind_spots[1].process.has_value());
}

struct BadInput {
  const char* content;
  const char* message;
};

void PrintTo(const BadInput& input, std::ostream* out) { *out << input.message; }

class BadStaticFacts : public testing::TestWithParam<BadInput> {};

TEST_P(BadStaticFacts, NameTheFileAndTheRemedy) {
  std::string message = messageOf(staticFactsFromJson, GetParam().content);
  EXPECT_TRUE(message.starts_with("some/file.json: ")) << message;
  EXPECT_NE(message.find(GetParam().message), std::string::npos) << message;
  EXPECT_NE(message.find("envleak scan --format json"), std::string::npos) << message;
}

INSTANTIATE_TEST_SUITE_P(
    Contents, BadStaticFacts,
    testing::Values(BadInput{"", "the file is empty"}, BadInput{"{\"schema\": \"envleak-static-facts/1\", \"root", "not valid JSON"},
                    BadInput{"\xFF\xFE\x00", "not valid JSON"}, BadInput{"[1, 2]", "not from envleak"},
                    BadInput{"{\"schema\": \"envleak-static-facts/9\"}", "its schema is 'envleak-static-facts/9'"},
                    BadInput{"{\"schema\": \"envleak-static-facts/1\"}", "the field 'root' is missing"},
                    BadInput{"{\"schema\": \"envleak-static-facts/1\", \"root\": 1}", "the field 'root' has the wrong type"},
                    BadInput{"{\"schema\": \"envleak-static-facts/1\", \"root\": 1e999}", "a number that is out of range"},
                    BadInput{"{\"schema\": \"envleak-static-facts/1\", \"root\": \"/\", \"spawn_sites\": [3]}",
                             "an object is expected"}));

TEST(RuntimeFactsJson, RefusesAnUnknownEnumerator) {
  nlohmann::ordered_json json = toJson(sampleRuntime());
  json["images"][0]["observation"]["status"] = "perfect";
  EXPECT_NE(messageOf(runtimeFactsFromJson, json.dump()).find("unknown observation status 'perfect'"), std::string::npos);
}

// A double may not fit at all, and a negative number would become a great one.
TEST(StaticFactsJson, RefusesNumbersThatAreNone) {
  for (const char* number : {"1e300", "-1", "1.5", "4294967296", "-0.0"}) {
    nlohmann::ordered_json json = toJson(sampleStatic());
    json["spawn_sites"][0]["line"] = nlohmann::ordered_json::parse(number);
    EXPECT_NE(messageOf(staticFactsFromJson, json.dump()).find("'line' is no whole number, or out of range"),
              std::string::npos)
        << number;
    json = toJson(sampleStatic());
    json["spawn_sites"][0]["positions"] = {{1, nlohmann::ordered_json::parse(number)}};
    EXPECT_NE(messageOf(staticFactsFromJson, json.dump()).find("'positions'"), std::string::npos) << number;
  }
}

TEST(RuntimeFactsJson, RefusesAHashThatIsNone) {
  nlohmann::ordered_json json = toJson(sampleRuntime());
  json["images"][0]["received"][0]["hash"] = "xyz";
  EXPECT_NE(messageOf(runtimeFactsFromJson, json.dump()).find("the field 'hash' is not a hexadecimal number"),
            std::string::npos);
}

}  // namespace
