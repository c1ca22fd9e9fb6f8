#include "runtime-probe/preload/pages.h"

#include "runtime-probe/preload/machine.h"

namespace envleak::preload {
namespace {

constexpr std::uint64_t page = 4096;
constexpr std::uint64_t ahead = 16 * page;

// An atomic addition of nothing, done by the kernel on the page's first word: it says "bad address" where the program's
// own write would raise a signal. No descriptor is needed, and every kernel knows it.
bool makePresent(char* address) {
  constexpr int wake_op = 5, of_this_process = 128, add_nothing = 1 << 28, bad_address = 14;
  return systemCall(SYS_futex, address, wake_op | of_this_process, 0, 0, address, add_nothing) != -bad_address;
}

void raise(std::uint64_t& mark, std::uint64_t to) {
  std::uint64_t before = __atomic_load_n(&mark, __ATOMIC_RELAXED);
  while (before < to && !__atomic_compare_exchange_n(&mark, &before, to, true, __ATOMIC_RELAXED, __ATOMIC_RELAXED)) {
  }
}

}  // namespace

bool backPages(trace::TraceHeader* header, std::uint64_t capacity, std::uint64_t end) {
  if (end > capacity) end = capacity;
  const std::uint64_t wanted = capacity - end < ahead ? capacity : end + ahead;
  std::uint64_t at = __atomic_load_n(&header->backed, __ATOMIC_RELAXED) / page * page;
  while (at < wanted && makePresent(reinterpret_cast<char*>(header) + at)) at += page;
  raise(header->backed, at < wanted ? at : wanted);
  return at >= end;
}

}  // namespace envleak::preload
