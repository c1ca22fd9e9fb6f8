// The machine under the library: system calls without libc (no errno, no cancellation point, no interposition) and the
// registers of a caller. x86-64 only.
#pragma once

#include <sys/syscall.h>

#include <cstddef>
#include <cstdint>

#ifndef __x86_64__
#error "the preload library knows the system calls and stack frames of x86-64 only"
#endif

#define ENVLEAK_EXPORT extern "C" __attribute__((visibility("default")))
#define ENVLEAK_INLINE inline __attribute__((always_inline))

namespace envleak::preload {

// The kernel's answer: a negative errno on failure.
template <typename A = long, typename B = long, typename C = long, typename D = long, typename E = long,
          typename F = long>
ENVLEAK_INLINE long systemCall(long number, A a = 0, B b = 0, C c = 0, D d = 0, E e = 0, F f = 0) {
  long result;
  register long r10 __asm__("r10") = (long)d;
  register long r8 __asm__("r8") = (long)e;
  register long r9 __asm__("r9") = (long)f;
  __asm__ volatile("syscall"
                   : "=a"(result)
                   : "a"(number), "D"((long)a), "S"((long)b), "d"((long)c), "r"(r10), "r"(r8), "r"(r9)
                   : "rcx", "r11", "memory");
  return result;
}
inline bool failed(long result) { return result < 0 && result >= -4095; }

// Where an interposed function was called from. To be taken in the interposed function itself, which therefore keeps
// its frame pointer.
struct Caller {
  std::uint64_t return_address;
  std::uint64_t stack_pointer;  // once the call has returned
  std::uint64_t frame_pointer;  // at the call
};
ENVLEAK_INLINE Caller caller() {
  const auto* frame = static_cast<const std::uint64_t*>(__builtin_frame_address(0));
  return {reinterpret_cast<std::uint64_t>(__builtin_return_address(0)), reinterpret_cast<std::uint64_t>(frame + 2),
          frame[0]};
}

inline std::uint64_t threadPointer() {
  std::uint64_t self;
  __asm__("mov %%fs:0, %0" : "=r"(self));
  return self;
}

}  // namespace envleak::preload
