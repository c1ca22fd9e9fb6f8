#include "reports/crosscheck/join.h"

#include <gtest/gtest.h>

namespace envleak::reports {
namespace {

using facts::SiteKind;

TEST(ApiLikeness, SameFamilyAndForeign) {
  EXPECT_EQ(apiLikeness("std::system", "system"), 2);
  EXPECT_EQ(apiLikeness("execve", "__execve"), 2);
  EXPECT_EQ(apiLikeness("popen", "_IO_popen"), 2);
  EXPECT_EQ(apiLikeness("execvp", "execve"), 1);
  EXPECT_EQ(apiLikeness("posix_spawnp", "posix_spawn"), 1);
  EXPECT_EQ(apiLikeness("syscall", "execveat"), 1);
  EXPECT_EQ(apiLikeness("g_spawn_sync", "execve"), 0);
  EXPECT_EQ(apiLikeness("g_spawn_sync", "g_file_get"), 0);
}

// A program of a few sites and one spawn by its image.
class Join : public testing::Test {
 protected:
  Join() {
    sources_.root = "/src";
    run_.images.resize(2);
    run_.images[0].id = "p1";
    run_.images[0].program = "/src/build/main";
    run_.images[1].id = "p2";
  }

  facts::SpawnSite& site(SiteKind kind, const char* file, unsigned line, const char* callee, const char* function) {
    facts::SpawnSite& site = sources_.spawn_sites.emplace_back();
    site.id = "s" + std::to_string(sources_.spawn_sites.size());
    site.kind = kind;
    site.file = file;
    site.line = site.end_line = line;
    site.callee = callee;
    site.function = function;
    return site;
  }

  static facts::Frame frame(const char* file, unsigned line, const char* function, unsigned column = 0) {
    facts::Frame frame;
    frame.module = "/src/build/main";
    frame.file = file;
    frame.line = line;
    frame.column = column;
    frame.function = function;
    return frame;
  }

  EdgeJoin join(const char* api, std::vector<facts::Frame> frames) {
    facts::Edge& edge = run_.edges.emplace_back();
    edge.id = "e1";
    edge.parent = "p1";
    edge.child = "p2";
    edge.api = api;
    edge.frames = std::move(frames);
    std::vector<facts::RuntimeFacts> runs{run_};
    SourceFiles files(sources_);
    return reports::join(Runs(runs), &sources_, files).edges.front();
  }

  facts::StaticFacts sources_;
  facts::RuntimeFacts run_;
};

TEST_F(Join, ByColumnBeforeAnythingElse) {
  site(SiteKind::direct, "a.cpp", 5, "execve", "f").positions = {{5, 3}, {5, 10}};
  site(SiteKind::direct, "a.cpp", 5, "execvp", "f").positions = {{5, 30}};
  EdgeJoin edge = join("execve", {frame("/src/a.cpp", 5, "f", 30)});
  EXPECT_EQ(edge.kind, JoinKind::site);
  EXPECT_EQ(edge.sites, std::vector<Index>{1});
}

TEST_F(Join, ByAPositionOnAnotherLine) {
  site(SiteKind::direct, "a.cpp", 5, "execvp", "f").positions = {{5, 3}, {9, 20}};
  EXPECT_EQ(join("execvp", {frame("/src/a.cpp", 9, "f", 20)}).sites, std::vector<Index>{0});
}

TEST_F(Join, ALineOfItsOwnBeatsASpan) {
  site(SiteKind::direct, "a.cpp", 5, "execvp", "f").end_line = 9;
  site(SiteKind::direct, "a.cpp", 7, "execvp", "f");
  EXPECT_EQ(join("execvp", {frame("/src/a.cpp", 7, "f")}).sites, std::vector<Index>{1});
}

TEST_F(Join, WithinTheSpanOfTheCall) {
  site(SiteKind::direct, "a.cpp", 5, "execvp", "f").end_line = 9;
  EXPECT_EQ(join("execvp", {frame("/src/a.cpp", 8, "f")}).sites, std::vector<Index>{0});
}

TEST_F(Join, ALineThatHoldsNoSiteIsUnpredicted) {
  site(SiteKind::direct, "a.cpp", 5, "execvp", "f");
  EdgeJoin edge = join("execvp", {frame("/src/a.cpp", 6, "f")});
  EXPECT_EQ(edge.kind, JoinKind::unpredicted);
  EXPECT_EQ(edge.frame, Index{0});
}

TEST_F(Join, ByTheFunctionsName) {  // one header, two functions on one line by a macro
  site(SiteKind::direct, "a.cpp", 5, "execvp", "ns::f");
  site(SiteKind::direct, "a.cpp", 5, "execvp", "ns::g");
  EXPECT_EQ(join("execvp", {frame("/src/a.cpp", 5, "ns::g(int)")}).sites, std::vector<Index>{1});
}

TEST_F(Join, LineZeroByFunctionAndApi) {
  site(SiteKind::direct, "a.cpp", 5, "execvp", "f");
  site(SiteKind::direct, "a.cpp", 9, "system", "f");
  EXPECT_EQ(join("system", {frame("/src/a.cpp", 0, "f")}).sites, std::vector<Index>{1});
}

TEST_F(Join, WrappersAreTheOnesThatEndInTheSite) {
  site(SiteKind::direct, "a.cpp", 5, "execvp", "run");
  site(SiteKind::direct, "a.cpp", 25, "execvp", "other");
  site(SiteKind::wrapper, "b.cpp", 7, "run", "caller").spawns = {"s1"};
  site(SiteKind::wrapper, "b.cpp", 7, "other", "caller").spawns = {"s2"};
  site(SiteKind::wrapper, "b.cpp", 40, "caller", "main").spawns = {"s1", "s2"};
  EdgeJoin edge = join(
      "execvp", {frame("/src/a.cpp", 5, "run"), frame("/src/b.cpp", 7, "caller"), frame("/src/b.cpp", 40, "main")});
  EXPECT_EQ(edge.sites, std::vector<Index>{0});
  EXPECT_EQ(edge.wrappers, (std::vector<Index>{2, 4}));
}

TEST_F(Join, ALibraryBetweenIsSkipped) {
  site(SiteKind::direct, "a.cpp", 5, "g_spawn_sync", "f");
  facts::Frame library;
  library.module = "/usr/lib/libglib-2.0.so.0";
  library.function = "fork_exec";
  EXPECT_EQ(join("execve", {library, frame("/src/a.cpp", 5, "f")}).sites, std::vector<Index>{0});
}

TEST_F(Join, AnUnknownSpawnInOwnCodeIsNotPutOnTheWrapperAroundIt) {
  site(SiteKind::direct, "a.cpp", 5, "execvp", "run");
  site(SiteKind::wrapper, "b.cpp", 7, "run", "caller").spawns = {"s1"};
  EdgeJoin edge = join("execvp", {frame("/src/a.cpp", 17, "hidden"), frame("/src/b.cpp", 7, "caller")});
  EXPECT_EQ(edge.kind, JoinKind::unpredicted);
}

TEST_F(Join, NoFramesAtAll) {
  EXPECT_EQ(join("execve", {}).kind, JoinKind::unlocated);
  run_.edges.clear();
  run_.images[0].program = "/usr/bin/dash";
  EXPECT_EQ(join("execve", {}).kind, JoinKind::outside);
}

TEST_F(Join, AnAbsurdSpanIsBounded) {
  site(SiteKind::direct, "a.cpp", 5, "execvp", "f").end_line = ~0u;
  EXPECT_EQ(join("execvp", {frame("/src/a.cpp", 8, "f")}).sites, std::vector<Index>{0});
}

}  // namespace
}  // namespace envleak::reports
