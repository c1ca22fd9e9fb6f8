#include "reports/crosscheck/places.h"

#include <gtest/gtest.h>

namespace envleak::reports {
namespace {

TEST(BaseFunction, CutsQualificationParametersAndTemplates) {
  EXPECT_EQ(baseFunction("run"), "run");
  EXPECT_EQ(baseFunction("ns::Pool<int>::run(char**)"), "run");
  EXPECT_EQ(baseFunction("ns::run<std::vector<int>>(std::string, int)"), "run");
  EXPECT_EQ(baseFunction("(anonymous namespace)::run()"), "run");
  EXPECT_EQ(baseFunction("~Guard"), "~Guard");
  EXPECT_EQ(baseFunction(""), "");
  EXPECT_EQ(baseFunction("weird))"), "weird))");
}

TEST(NormalPath, ResolvesDots) {
  EXPECT_EQ(normalPath("/a/./b/../c.cpp"), "/a/c.cpp");
  EXPECT_EQ(normalPath("/a/b/"), "/a/b");
  EXPECT_EQ(normalPath("/"), "/");
}

class Files : public testing::Test {
 protected:
  static facts::StaticFacts sources() {
    facts::StaticFacts facts;
    facts.root = "/src/";
    for (const char* file : {"main.cpp", "lib/util.cpp", "other/lib/util.cpp", "/usr/include/inline.h"})
      facts.units.push_back({file, facts::UnitStatus::complete, {}});
    return facts;
  }
  SourceFiles files_{sources()};
  std::string nameOf(const std::string& path) const { return files_.match(path).file ? files_.display(path) : ""; }
};

TEST_F(Files, TheSamePathBelowTheRoot) {
  EXPECT_EQ(nameOf("/src/main.cpp"), "main.cpp");
  EXPECT_EQ(nameOf("/src/build/../lib/util.cpp"), "lib/util.cpp");
  EXPECT_EQ(nameOf("/usr/include/inline.h"), "/usr/include/inline.h");
}

TEST_F(Files, AnotherBuildFolderByTheLongestEnd) {
  EXPECT_EQ(nameOf("/build/x/lib/util.cpp"), "lib/util.cpp");
  EXPECT_EQ(nameOf("/build/x/other/lib/util.cpp"), "other/lib/util.cpp");
  EXPECT_EQ(nameOf("/build/x/mylib/util.cpp"), "");  // not cut at a slash
  EXPECT_EQ(nameOf("/build/main.cpp"), "");          // a bare name says too little
}

TEST_F(Files, RelativePathsOfDebugInformation) {
  EXPECT_EQ(nameOf("main.cpp"), "main.cpp");
  EXPECT_EQ(nameOf("lib/util.cpp"), "lib/util.cpp");
  EXPECT_EQ(nameOf("util.cpp"), "");  // two files end so
}

TEST_F(Files, BelowTheRootWithoutBeingScanned) {
  EXPECT_FALSE(files_.match("/src/generated.cpp").file);
  EXPECT_TRUE(files_.match("/src/generated.cpp").own());
  EXPECT_FALSE(files_.match("/srcs/generated.cpp").own());
  EXPECT_FALSE(files_.match("").own());
  EXPECT_EQ(files_.display("/src/generated.cpp"), "generated.cpp");
}

TEST_F(Files, APlaceIsTheInnermostSourceLine) {
  std::vector<facts::Frame> frames(2);
  frames[0].module = "/lib/libc.so.6";
  frames[0].function = "setlocale";
  frames[1].module = "/src/main";
  frames[1].file = "/src/main.cpp";
  frames[1].line = 7;
  frames[1].function = "main";
  Place place = files_.place(frames);
  EXPECT_EQ(place.file, "main.cpp");
  EXPECT_EQ(place.line, 7u);
  EXPECT_EQ(place.function, "main");
  EXPECT_EQ(place.module, "/lib/libc.so.6");
  EXPECT_EQ(place.by, "");
  frames.pop_back();
  EXPECT_EQ(files_.place(frames).function, "setlocale");
  EXPECT_EQ(files_.place({}).module, "");
}

// A library without debug information asked, in a callback of libc, which has it.
TEST_F(Files, APlaceIsNoneOfLibc) {
  std::vector<facts::Frame> frames(3);
  frames[0].module = "/lib/libnss_systemd.so.2";
  frames[0].function = "log_parse_environment";
  frames[1].module = "/lib/libc.so.6";
  frames[1].file = "nptl/pthread_once.c";
  frames[1].line = 116;
  frames[2].module = "/src/main";
  frames[2].file = "/src/main.cpp";
  frames[2].line = 7;
  frames[2].function = "main";
  Place place = files_.place(frames);
  EXPECT_EQ(place.file, "main.cpp");
  EXPECT_EQ(place.by, "/lib/libnss_systemd.so.2");
  frames.pop_back();
  place = files_.place(frames);
  EXPECT_EQ(place.file, "");
  EXPECT_EQ(place.function, "log_parse_environment");
  frames.erase(frames.begin());  // nothing but libc
  EXPECT_EQ(files_.place(frames).line, 116u);
}

}  // namespace
}  // namespace envleak::reports
