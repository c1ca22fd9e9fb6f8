#include "runtime-probe/trace/symbols.h"

#include "bare_elf.h"
#include "own_stack.h"

#include <gtest/gtest.h>

extern "C" char** environ;

namespace {

using namespace envleak::trace;
using envleak::test::OwnModule;

// Refers to environ, so that this program imports it.
__attribute__((noinline)) bool hasEnvironment() { return environ != nullptr; }

OwnModule moduleNamed(const std::string& part) {
  for (OwnModule& module : envleak::test::ownModules())
    if (module.path.find(part) != std::string::npos) return module;
  ADD_FAILURE() << "no module " << part;
  return {};
}

TEST(WithoutCloneSuffix, LeavesTheNameOfTheSource) {
  EXPECT_EQ(withoutCloneSuffix("run.constprop.0.isra.0"), "run");
  EXPECT_EQ(withoutCloneSuffix("a::run(int) [clone .part.0]"), "a::run(int)");
  EXPECT_EQ(withoutCloneSuffix("log(char const*, ...)"), "log(char const*, ...)");
  EXPECT_EQ(withoutCloneSuffix("main"), "main");
  EXPECT_EQ(withoutCloneSuffix(""), "");
}

TEST(WithoutDots, IsLexical) {
  EXPECT_EQ(withoutDots("/a/./b/../c.c"), "/a/c.c");
  EXPECT_EQ(withoutDots("/a//b/c.c"), "/a/b/c.c");
  EXPECT_EQ(withoutDots("../x/y.c"), "../x/y.c");
}

TEST(Symbols, AnotherBuildIdMeansAnotherProgram) {
  OwnModule own = moduleNamed(envleak::test::ownProgram());
  std::uint64_t offset = reinterpret_cast<std::uint64_t>(&hasEnvironment) - own.bias + 1;
  ModuleTable table(0);
  Symbols symbols(table);
  ModuleId right = table.idOf(own.path, own.build_id);
  ModuleId wrong = table.idOf(own.path, "\x01\x02\x03");
  ASSERT_NE(right, wrong);

  const envleak::facts::Frame& known = symbols.at({right, offset}).at(0);
  EXPECT_NE(known.function.find("hasEnvironment"), std::string::npos);
  EXPECT_NE(known.line, 0U);
  EXPECT_TRUE(symbols.lost().empty());

  const envleak::facts::Frame& unknown = symbols.at({wrong, offset}).at(0);
  EXPECT_EQ(unknown.module, own.path);
  EXPECT_EQ(unknown.build_id, "010203");
  EXPECT_EQ(unknown.offset, offset);
  EXPECT_TRUE(unknown.function.empty());
  EXPECT_TRUE(unknown.file.empty());
  EXPECT_EQ(symbols.lost(), std::set<ModuleId>{wrong});
}

TEST(Modules, AFileThatIsGoneIsNotOpened) {
  ModuleTable table(0);
  EXPECT_EQ(table.state(table.idOf("/no/such/file", "")), Module::State::gone);
  EXPECT_EQ(table.state(table.idOf("/dev", "")), Module::State::gone);
  EXPECT_EQ(table.state(table.idOf("/dev/zero", "")), Module::State::gone);
  EXPECT_EQ(table.state(table.idOf("[vdso]", "")), Module::State::no_file);
  EXPECT_EQ(table.state(table.idOf(__FILE__, "")), Module::State::gone);  // no ELF
}

TEST(Modules, WithoutABuildIdAYoungerFileIsAnotherOne) {
  envleak::test::BareElf file;
  ModuleTable later(INT64_MAX);
  EXPECT_EQ(later.state(later.idOf(file.path(), "")), Module::State::same);
  ModuleTable earlier(1000);
  EXPECT_EQ(earlier.state(earlier.idOf(file.path(), "")), Module::State::changed);
}

TEST(Modules, WithoutARecordedBuildIdTheAgeDecides) {
  std::string program = envleak::test::ownProgram();  // it has a build-id
  ModuleTable later(INT64_MAX);
  EXPECT_EQ(later.state(later.idOfPath(program)), Module::State::same);
  EXPECT_EQ(later.state(later.idOf(program, "")), Module::State::changed);
  ModuleTable earlier(1000);
  EXPECT_EQ(earlier.state(earlier.idOfPath(program)), Module::State::changed);
}

TEST(Modules, KnowsWhoRefersToEnviron) {
  ASSERT_TRUE(hasEnvironment());
  ModuleTable table(0);
  OwnModule own = moduleNamed(envleak::test::ownProgram());
  EXPECT_EQ(table.refersToEnviron(table.idOf(own.path, own.build_id)), true);
  OwnModule math = moduleNamed("libm.so");
  EXPECT_EQ(table.refersToEnviron(table.idOf(math.path, math.build_id)), false);
  EXPECT_EQ(table.refersToEnviron(table.idOf("/no/such/file", "")), std::nullopt);
}

TEST(AddressSpace, TheYoungestMappingCounts) {
  AddressSpace space;
  space.map(0x1000, {0x5000, 0x1000, 1});
  AddressSpace before = space;
  space.map(0x4000, {0x6000, 0x4000, 2});
  EXPECT_EQ(before.find(0x4100)->module, 1U);  // a copy is not changed
  EXPECT_EQ(space.find(0x4100)->module, 2U);
  EXPECT_EQ(space.find(0x4100)->offset, 0x100U);
  EXPECT_FALSE(space.find(0x1100));  // what it displaced is gone as a whole
  EXPECT_FALSE(space.find(0x6000));
  space.map(0x8000, {0x8000, 0, 3});
  EXPECT_FALSE(space.find(0x8000));
}

TEST(SystemRuntime, IsKnownByName) {
  EXPECT_TRUE(isSystemRuntime("/lib/x86_64-linux-gnu/libc.so.6"));
  EXPECT_TRUE(isSystemRuntime("/lib64/ld-linux-x86-64.so.2"));
  EXPECT_FALSE(isSystemRuntime("/usr/lib/libcurl.so.4"));
  EXPECT_FALSE(isSystemRuntime("/usr/bin/libc-reads"));
}

}  // namespace
