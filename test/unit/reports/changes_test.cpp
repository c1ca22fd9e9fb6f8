#include "reports/gate/changes.h"

#include "facts/error.h"

#include <gtest/gtest.h>

namespace envleak::reports {
namespace {

std::string lines(const ChangedLines& changes, const std::string& path) {
  std::string text;
  for (const auto& [first, last] : changes.of(path)) text += std::to_string(first) + "-" + std::to_string(last) + ";";
  return text;
}

std::string linesOf(const std::string& diff, const std::string& path) {
  return lines(ChangedLines::fromDiff(diff, "d", ""), path);
}

TEST(ChangedLines, AddedTakenAwayAndContext) {
  EXPECT_EQ(linesOf("--- a/x.c\n+++ b/x.c\n@@ -1,0 +2,2 @@\n+one\n+two\n", "/r/x.c"), "2-3;");
  EXPECT_EQ(linesOf("--- a/x.c\n+++ b/x.c\n@@ -5,2 +4,0 @@\n-one\n-two\n", "/r/x.c"), "4-5;");
  EXPECT_EQ(linesOf("--- a/x.c\n+++ b/x.c\n@@ -1 +0,0 @@\n-one\n", "/r/x.c"), "1-1;");
  EXPECT_EQ(linesOf("--- x.c\t2026-01-01\n+++ x.c\t2026-01-02\n@@ -3,3 +3,3 @@ int f()\n a\n-b\n+c\n d\n", "/r/x.c"), "3-4;");
  EXPECT_EQ(linesOf("--- a/x.c\r\n+++ b/x.c\r\n@@ -1 +1 @@\r\n-a\r\n+b\r\n\\ No newline at end of file\r\n", "/x.c"), "1-1;");
}

TEST(ChangedLines, HeadersInsideOfAHunkAreText) {
  EXPECT_EQ(linesOf("--- a/x\n+++ b/x\n@@ -1 +1,2 @@\n--- a/y\n+++ b/y\n+@@ -9 +9 @@\n", "/r/x"), "1-2;");
}

TEST(ChangedLines, Names) {
  const std::string hunk = "@@ -0,0 +7 @@\n+x\n";
  EXPECT_EQ(linesOf("--- /dev/null\n+++ b/sub/x.c\n" + hunk, "/r/sub/x.c"), "7-7;");
  EXPECT_EQ(linesOf("--- i/sub/x.c\n+++ w/sub/x.c\n" + hunk, "/r/sub/x.c"), "7-7;");
  EXPECT_EQ(linesOf("--- b/x.c\n+++ b/x.c\n" + hunk, "/r/b/x.c"), "7-7;");
  EXPECT_EQ(linesOf("--- b/x.c\n+++ b/x.c\n" + hunk, "/r/x.c"), "");
  EXPECT_EQ(linesOf("--- a/x.c\n+++ b/x.c\n" + hunk, "/r/ax.c"), "");
  EXPECT_EQ(linesOf("--- \"a/t\\303\\244\\\"\\t.c\"\n+++ \"b/t\\303\\244\\\"\\t.c\"\n" + hunk, "/r/t\303\244\"\t.c"), "7-7;");
  EXPECT_EQ(lines(ChangedLines::fromDiff("--- a/x.c\n+++ b/x.c\n" + hunk, "d", "/top/"), "/top/x.c"), "7-7;");
  EXPECT_EQ(lines(ChangedLines::fromDiff("--- a/x.c\n+++ b/x.c\n" + hunk, "d", "/top/"), "/other/top/x.c"), "");
}

TEST(ChangedLines, NothingAndNoDiff) {
  EXPECT_EQ(linesOf("", "/x"), "");
  EXPECT_EQ(linesOf("diff --git a/x b/y\nsimilarity index 100%\nrename from x\nrename to y\n", "/y"), "");
  EXPECT_EQ(linesOf("--- a/x\n+++ /dev/null\n@@ -1 +0,0 @@\n-a\n", "/x"), "");
  for (const char* text : {"some text\n", "@@ -1 +1 @@\n-a\n+b\n", "--- a/x\n+++ b/x\n@@ -1,2 +1 @@\n-a\n",
                           "--- a/x\n+++ b/x\n@@ -1 +1 @@\n+a\n+b\n", "--- a/x\n+++ b/x\n@@ 1 @@\n",
                           "--- a/x\n+++ b/x\n@@@ -1 -1 +1 @@@\n", "--- a/x\n+++ b/x\n@@ -1 +99999999999 @@\n"})
    EXPECT_THROW(linesOf(text, "/x"), InputError) << text;
}

}  // namespace
}  // namespace envleak::reports
