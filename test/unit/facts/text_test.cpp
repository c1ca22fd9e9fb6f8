#include "facts/text.h"

#include "facts/error.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

namespace {

using envleak::oneLine;
using envleak::printable;

TEST(Printable, KeepsValidUtf8) { EXPECT_EQ(printable("a\nü€😀"), "a\nü€😀"); }

TEST(Printable, EscapesWhatIsNotUtf8) {
  EXPECT_EQ(printable("a\xFFz"), "a\\xffz");
  EXPECT_EQ(printable("\xC0\xAF"), "\\xc0\\xaf");          // overlong
  EXPECT_EQ(printable("\xED\xA0\x80"), "\\xed\\xa0\\x80");  // a surrogate
  EXPECT_EQ(printable("\xE2\x82"), "\\xe2\\x82");          // cut off
  EXPECT_EQ(printable("\xF4\x90\x80\x80"), "\\xf4\\x90\\x80\\x80");  // above U+10FFFF
}

TEST(Printable, IsIdempotent) { EXPECT_EQ(printable(printable("\xFE")), printable("\xFE")); }

TEST(OneLine, EscapesControlCharacters) { EXPECT_EQ(oneLine("a\n\x1b[31m"), "a\\x0a\\x1b[31m"); }

class WriteFile : public testing::Test {
 protected:
  WriteFile() {
    std::string pattern = testing::TempDir() + "/envleak-text-XXXXXX";
    folder_ = ::mkdtemp(pattern.data());
  }
  ~WriteFile() override { std::filesystem::remove_all(folder_); }
  std::filesystem::path folder_;
};

TEST_F(WriteFile, ReplacesAndLeavesNoTemporary) {
  std::string path = folder_ / "report.json";
  envleak::writeFile(path, "one");
  envleak::writeFile(path, "two");
  EXPECT_EQ(envleak::readFile(path, "report"), "two");
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder_), {}), 1);
}

TEST_F(WriteFile, FollowsALinkAndKeepsIt) {
  std::filesystem::create_symlink("target", folder_ / "link");
  std::ofstream(folder_ / "target") << "old";
  envleak::writeFile(folder_ / "link", "new");
  EXPECT_TRUE(std::filesystem::is_symlink(folder_ / "link"));
  EXPECT_EQ(envleak::readFile(folder_ / "target", "report"), "new");
}

TEST_F(WriteFile, NamesTheFileThatCannotBeWritten) {
  try {
    envleak::writeFile(folder_ / "missing" / "report.json", "x");
    FAIL() << "no error";
  } catch (const envleak::InputError& error) {
    EXPECT_NE(std::string(error.what()).find("missing/report.json"), std::string::npos);
    EXPECT_NE(std::string(error.what()).find("No such file"), std::string::npos);
  }
}

}  // namespace
