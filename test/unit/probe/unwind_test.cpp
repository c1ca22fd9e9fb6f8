#include "runtime-probe/trace/unwind.h"

#include "own_stack.h"
#include "runtime-probe/trace/symbols.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <thread>

namespace {

using namespace envleak::trace;
using envleak::facts::Frame;
using envleak::test::OwnStack;

// The lines of the calls, to be found again.
int line_of_inner, line_of_inlined, line_of_outer;
volatile int barrier;

__attribute__((noinline)) void inner(OwnStack& stack) {
  line_of_inner = __LINE__ + 1;
  envleak::test::captureStack(stack);
  barrier = 1;
}

__attribute__((always_inline)) inline void inlined(OwnStack& stack) {
  line_of_inlined = __LINE__ + 1;
  inner(stack);
  barrier = 2;
}

__attribute__((noinline)) void outer(OwnStack& stack) {
  line_of_outer = __LINE__ + 1;
  inlined(stack);
  barrier = 3;
}

// A frame of variable size: its address is kept in the frame pointer.
__attribute__((noinline)) void withVariableFrame(OwnStack& stack, int size) {
  auto* room = static_cast<volatile char*>(__builtin_alloca(static_cast<std::size_t>(size)));
  room[0] = 1;
  outer(stack);
  barrier = room[0];
}

// A frame that is aligned more than the stack: compilers describe it by expressions.
__attribute__((noinline)) void withAlignedFrame(OwnStack& stack, int size) {
  alignas(64) volatile char room[64];
  room[0] = static_cast<char>(size);
  withVariableFrame(stack, size);
  barrier = room[0];
}

struct Unwind : testing::Test {
  ModuleTable modules{0};
  Unwinder unwinder{modules};
  Symbols symbols{modules};
  AddressSpace space = envleak::test::ownAddressSpace(modules);
  AddressSpace none;
  bool complete = false;

  std::vector<Frame> frames(const OwnStack& stack) {
    return symbols.frames(unwinder.chain(stack.site, stack.words, space, none), complete);
  }
  static const Frame* function(const std::vector<Frame>& frames, const std::string& name) {
    for (const Frame& frame : frames)
      if (frame.function.find("::" + name + "(") != std::string::npos || frame.function == name) return &frame;
    return nullptr;
  }
};

TEST_F(Unwind, FollowsTheCallsUpToMain) {
  OwnStack stack;
  withAlignedFrame(stack, 100);
  std::vector<Frame> found = frames(stack);
  ASSERT_GE(found.size(), 5U);
  EXPECT_NE(found[0].function.find("inner"), std::string::npos);
  EXPECT_EQ(found[0].line, static_cast<unsigned>(line_of_inner));
  EXPECT_EQ(found[0].file, std::filesystem::canonical(__FILE__).string());
  EXPECT_EQ(found[0].module, envleak::test::ownProgram());
  EXPECT_NE(function(found, "withVariableFrame"), nullptr);
  EXPECT_NE(function(found, "withAlignedFrame"), nullptr);
  EXPECT_TRUE(complete);
  EXPECT_EQ(found.back().function, "main");
}

TEST_F(Unwind, ExpandsInlinedCalls) {
  OwnStack stack;
  outer(stack);
  std::vector<Frame> found = frames(stack);
  ASSERT_GE(found.size(), 3U);
  EXPECT_NE(found[1].function.find("inlined"), std::string::npos);
  EXPECT_TRUE(found[1].inlined);
  EXPECT_EQ(found[1].line, static_cast<unsigned>(line_of_inlined));
  EXPECT_NE(found[2].function.find("outer"), std::string::npos);
  EXPECT_FALSE(found[2].inlined);
  EXPECT_EQ(found[2].line, static_cast<unsigned>(line_of_outer));
  EXPECT_EQ(found[1].offset, found[2].offset);
}

TEST_F(Unwind, StopsWhereAWordIsMissing) {
  OwnStack stack;
  outer(stack);
  CallChain whole = unwinder.chain(stack.site, stack.words, space, none);
  ASSERT_GE(whole.calls.size(), 3U);
  stack.words.clear();
  std::vector<Frame> found = frames(stack);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_FALSE(complete);
}

TEST_F(Unwind, FiltersOutNothingThatMatters) {
  // As the probe does: only words that point into modules or into the stack.
  OwnStack stack;
  withAlignedFrame(stack, 40);
  std::vector<Frame> all = frames(stack);
  std::uint64_t low = stack.site.stack_pointer - 4096;
  std::uint64_t high = stack.site.stack_pointer + stack.words.size() * 8;
  std::erase_if(stack.words, [&](const StackWord& word) {
    return !(space.find(word.value) || (word.value >= low && word.value < high));
  });
  EXPECT_EQ(frames(stack).size(), all.size());
  EXPECT_TRUE(complete);
}

TEST_F(Unwind, EndsAtTheStartOfAThread) {
  OwnStack stack;
  std::thread([&] {
    envleak::test::captureStack(stack);
    barrier = 4;
  }).join();
  CallChain chain = unwinder.chain(stack.site, stack.words, space, none);
  EXPECT_TRUE(chain.complete);
  EXPECT_GE(chain.calls.size(), 3U);
}

TEST_F(Unwind, KeepsToItsLimit) {
  OwnStack stack;
  withAlignedFrame(stack, 10);
  CallChain chain = unwinder.chain(stack.site, stack.words, space, none, 2);
  EXPECT_EQ(chain.calls.size(), 2U);
  EXPECT_FALSE(chain.complete);
}

TEST_F(Unwind, DoesNotRunInCirclesOnAForgedStack) {
  OwnStack stack;
  outer(stack);
  for (StackWord& word : stack.words) word.value = stack.site.return_address;
  CallChain chain = unwinder.chain(stack.site, stack.words, space, none);
  EXPECT_LE(chain.calls.size(), 64U);
  stack.site.stack_pointer = UINT64_MAX - 8;
  EXPECT_GE(unwinder.chain(stack.site, stack.words, space, none).calls.size(), 1U);
}

TEST_F(Unwind, NothingIsKnownOutsideOfModules) {
  OwnStack stack;
  stack.site.return_address = 0x1234;
  EXPECT_TRUE(unwinder.chain(stack.site, stack.words, space, none).calls.empty());
  stack.site.return_address = 0;
  EXPECT_TRUE(unwinder.chain(stack.site, stack.words, space, none).calls.empty());
}

}  // namespace
