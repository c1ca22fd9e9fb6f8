// Functions of a few instructions, called where their beginning was moved to.
#include "runtime-probe/preload/moved_code.h"

#include <gtest/gtest.h>
#include <sys/mman.h>

#include <cstring>
#include <initializer_list>

namespace {

using envleak::preload::moveCode;
using envleak::preload::movedCodeSize;

class MovedCode : public testing::Test {
 protected:
  void SetUp() override {
    void* memory = mmap(nullptr, size, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    ASSERT_NE(memory, MAP_FAILED);
    code = static_cast<unsigned char*>(memory);
  }
  void TearDown() override { munmap(code, size); }

  bool move(std::initializer_list<unsigned char> function) {
    std::memcpy(code, function.begin(), function.size());
    return moveCode(code, moved());
  }
  // The beginning of the original is spoilt, as a jump would.
  int call(int argument) {
    std::memset(code, 0xCC, envleak::preload::jumpSize);
    return reinterpret_cast<int (*)(int)>(moved())(argument);
  }
  unsigned char* moved() { return code + 2048; }

  static constexpr std::size_t size = 4096;
  unsigned char* code = nullptr;
};

TEST_F(MovedCode, DoesTheSame) {
  // push rbp; push r12; mov r12, rdi; lea eax, [r12 + 1]; pop r12; pop rbp; ret
  ASSERT_TRUE(move({0x55, 0x41, 0x54, 0x49, 0x89, 0xFC, 0x41, 0x8D, 0x44, 0x24, 0x01, 0x41, 0x5C, 0x5D, 0xC3}));
  EXPECT_EQ(call(41), 42);
}

TEST_F(MovedCode, KeepsNumbers) {
  // sub rsp, 16; push 7; pop rax; add rsp, 16; ret
  ASSERT_TRUE(move({0x48, 0x83, 0xEC, 0x10, 0x6A, 0x07, 0x58, 0x48, 0x83, 0xC4, 0x10, 0xC3}));
  EXPECT_EQ(call(0), 7);
}

TEST_F(MovedCode, BranchesToTheOldPlace) {
  // test rdi, rdi; je +6; mov eax, 1; ret; mov eax, 2; ret
  const std::initializer_list<unsigned char> function = {0x48, 0x85, 0xFF, 0x74, 0x06, 0xB8, 0x01, 0,   0,
                                                         0,    0xC3, 0xB8, 0x02, 0,    0,    0,    0xC3};
  ASSERT_TRUE(move(function));
  EXPECT_EQ(call(5), 1);
  EXPECT_EQ(call(0), 2);
}

TEST_F(MovedCode, LeavesAloneWhatItDoesNotKnow) {
  EXPECT_FALSE(move({0x48, 0x8B, 0x05, 0, 0, 0, 0, 0xC3}));        // mov rax, [rip]
  EXPECT_FALSE(move({0x55, 0xE8, 0, 0, 0, 0, 0xC3}));              // push rbp; call
  EXPECT_FALSE(move({0x74, 0x01, 0x55, 0x55, 0x55, 0x55, 0xC3}));  // a branch to what is moved
}

}  // namespace
