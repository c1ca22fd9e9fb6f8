#include "analyzer/frontend/compile_commands.h"

#include <gtest/gtest.h>

namespace envleak::analyzer {
namespace {

CompileCommand normalized(std::vector<std::string> words, const std::string& file = "a.c") {
  CompileCommand command;
  EXPECT_TRUE(normalizeCommand("/nonexistent", file, std::move(words), command));
  return command;
}
using Words = std::vector<std::string>;

TEST(Commands, OutputsAndDependenciesAreDropped) {
  EXPECT_EQ(normalized({"cc", "-c", "-DX", "-o", "a.o", "-MD", "-MF", "a.d", "-MTa.o", "a.c"}).arguments, Words{"-DX"});
  EXPECT_EQ(normalized({"cc", "-oa.o", "-save-temps=obj", "-no-integrated-cpp", "/nonexistent/a.c"}).arguments,
            Words{});
}

TEST(Commands, LaunchersStandBeforeTheCompiler) {
  CompileCommand command = normalized({"/usr/bin/ccache", "distcc", "x86_64-linux-gnu-g++-12", "-I.", "a.cc"}, "a.cc");
  EXPECT_TRUE(command.cplusplus);
  EXPECT_EQ(command.arguments, Words{"-I."});
}

TEST(Commands, TheLanguageDecides) {
  CompileCommand command;
  EXPECT_FALSE(normalizeCommand("/", "a.S", {"cc", "-c", "a.S"}, command));
  EXPECT_TRUE(normalizeCommand("/", "a.x", {"cc", "-x", "c", "a.x"}, command));
  EXPECT_FALSE(normalizeCommand("/", "a.c", {"cc", "-x", "assembler-with-cpp", "a.c"}, command));
  EXPECT_EQ(normalized({"cc", "-std=c++20", "a.c"}).arguments, Words{});
  EXPECT_EQ(normalized({"c++", "-std=c++20", "a.c"}).arguments, Words{"-std=c++20"});
}

TEST(Commands, WhatIsMissingStays) {
  EXPECT_EQ(normalized({"cc", "@gone.rsp", "a.c"}).arguments, Words{"@gone.rsp"});
  EXPECT_EQ(normalized({"cc", "-o"}).arguments, Words{});
  EXPECT_EQ(normalized({}).arguments, Words{});
}

}  // namespace
}  // namespace envleak::analyzer
