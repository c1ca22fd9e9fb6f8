#include "reports/policy/policy.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

namespace envleak::reports {
namespace {

TEST(Patterns, StarsAndQuestionMarks) {
  Patterns patterns;
  for (const char* pattern : {"LC_*", "*TOKEN*", "A?C", "EXACT"}) patterns.add(pattern);
  for (const char* name : {"LC_", "LC_ALL", "TOKEN", "MY_TOKEN_2", "ABC", "EXACT"})
    EXPECT_TRUE(patterns.match(name)) << name;
  for (const char* name : {"", "LC", "XLC_ALL", "TOKE", "AC", "ABBC", "EXACTLY", "exact"})
    EXPECT_FALSE(patterns.match(name)) << name;
}

TEST(Patterns, ManyStarsStayFast) {
  Patterns patterns;
  patterns.add("*a*a*a*a*a*a*a*a*a*a*b");
  EXPECT_FALSE(patterns.match(std::string(2000, 'a')));
}

class Defaults : public testing::Test {
 protected:
  static std::string shipped() {
    return std::filesystem::path(__FILE__).parent_path() / "../../../reports/policy/defaults.yaml";
  }
  VariableClass classOf(const char* name, const char* shape = "") { return policy_.classify(name, shape); }
  Policy policy_ = Policy::load(shipped(), "");
};

TEST_F(Defaults, Ambient) {
  for (const char* name : {"PATH", "HOME", "LC_ALL", "_", "XDG_RUNTIME_DIR", "SSH_AUTH_SOCK", "TERM"})
    EXPECT_EQ(classOf(name), VariableClass::ambient) << name;
}

TEST_F(Defaults, Secret) {
  for (const char* name : {"DB_PASSWORD", "GITHUB_TOKEN", "AWS_SECRET_ACCESS_KEY", "APP_KEY", "MYSQL_PWD"})
    EXPECT_EQ(classOf(name), VariableClass::secret) << name;
}

TEST_F(Defaults, Setting) {
  for (const char* name : {"DB_DATABASE", "GIT_AUTHOR_NAME", "GIT_DIR", "PATHS", "KEYBOARD", ""})
    EXPECT_EQ(classOf(name), VariableClass::setting) << name;
}

TEST_F(Defaults, AValueThatLooksSecretBeatsAnyName) {
  EXPECT_EQ(classOf("DATABASE_URL", "url-with-password"), VariableClass::secret);
  EXPECT_EQ(classOf("LANG", "token"), VariableClass::secret);
}

TEST(Policy, TheUsersListsBeatTheDefaults) {
  std::string file = testing::TempDir() + "policy.yaml";
  std::ofstream(file) << "ambient: [DB_*]\nnot-ambient: [HOME, DB_PASSWORD]\nsecret: [TZ]\nnot-secret: [APP_KEY]\n";
  Policy policy =
      Policy::load(std::filesystem::path(__FILE__).parent_path() / "../../../reports/policy/defaults.yaml", file);
  EXPECT_EQ(policy.classify("DB_HOST", ""), VariableClass::ambient);
  EXPECT_EQ(policy.classify("DB_PASSWORD", ""), VariableClass::secret);
  EXPECT_EQ(policy.classify("HOME", ""), VariableClass::setting);
  EXPECT_EQ(policy.classify("TZ", ""), VariableClass::secret);
  EXPECT_EQ(policy.classify("APP_KEY", "token"), VariableClass::setting);
  EXPECT_EQ(policy.classify("PATH", ""), VariableClass::ambient);
}

}  // namespace
}  // namespace envleak::reports
