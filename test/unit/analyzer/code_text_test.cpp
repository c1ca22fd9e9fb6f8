#include "analyzer/frontend/code_text.h"

#include <gtest/gtest.h>

#include <string>

namespace envleak::analyzer {
namespace {

TEST(CodeText, BlanksAndCommentsDoNotCount) {
  const std::uint64_t hash = codeHash("run(argv, \"a b\")");
  for (const char* text : {"run(argv,\"a b\")", "run( argv ,\n\t\"a b\" )", "run(/* why */ argv, // what\n \"a b\")"})
    EXPECT_EQ(codeHash(text), hash) << text;
  for (const char* text : {"run(argv, \"ab\")", "run(argc, \"a b\")", "run(argv, \"a b\", 1)", "run(argv, \"a//b\")"})
    EXPECT_NE(codeHash(text), hash) << text;
}

TEST(CodeText, LiteralsHoldNoComments) {
  EXPECT_NE(codeHash("f(\"/*\", x, \"*/\")"), codeHash("f(\"/*\", y, \"*/\")"));
  EXPECT_NE(codeHash("f(\"\\\"//\", x)"), codeHash("f(\"\\\"//\", y)"));
  EXPECT_NE(codeHash("f('\"', x) // '"), codeHash("f('\"', y) // '"));
}

TEST(CodeText, BrokenTextEnds) {
  for (const char* text : {"\"", "\"\\", "/*", "//", "f('", ""}) codeHash(text);
}

TEST(CodeText, OnlyTheBeginningOfLongTextCounts) {
  EXPECT_EQ(codeHash(std::string(300, 'a') + "b"), codeHash(std::string(300, 'a') + "c"));
}

}  // namespace
}  // namespace envleak::analyzer
