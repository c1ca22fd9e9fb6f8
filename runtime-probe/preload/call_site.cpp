#include "runtime-probe/preload/call_site.h"

#include "runtime-probe/preload/modules.h"
#include "runtime-probe/preload/process.h"

#include <sys/uio.h>

extern "C" __attribute__((weak)) void* __libc_stack_end;

namespace envleak::preload {
namespace {

// The kernel keeps at least 128 MiB below the main stack's top free of other mappings.
constexpr std::uint64_t mainStackReach = std::uint64_t{100} << 20;

std::uint64_t mainStackEnd(std::uint64_t stack_pointer) {
  if (&__libc_stack_end == nullptr) return 0;
  const auto end = reinterpret_cast<std::uint64_t>(__libc_stack_end);
  return stack_pointer < end && end - stack_pointer < mainStackReach ? end : 0;
}

}  // namespace

StackCapture::StackCapture(const Caller& caller, std::size_t window) : caller_(caller) {
  isCode(caller.return_address);
  const std::uint64_t start = caller.stack_pointer;
  end_ = start + window;
  const std::uint64_t main_end = mainStackEnd(start);
  direct_ = main_end != 0;
  if (direct_) {
    if (end_ > main_end) end_ = main_end;
  } else if (sandboxed() || startedFiltered()) {
    const std::uint64_t page_end = (start | 4095) + 1;
    if (end_ > page_end) end_ = page_end;
    direct_ = true;
  }
  forEachWord([&](std::uint64_t value, std::uint32_t slot) {
    if (!keeps(value)) return;
    wanted_[slot / 64] |= std::uint64_t{1} << slot % 64;
    ++kept_;
  });
}

// Values of the program's data stay out of the trace.
bool StackCapture::keeps(std::uint64_t value) const {
  if (value >= caller_.stack_pointer && value <= end_) return true;
  return value >= 65536 && value < (std::uint64_t{1} << 47) && isCode(value);
}

// Any stack but the main one may end anywhere: the kernel copies what is there, in pieces.
template <typename Visit>
void StackCapture::forEachWord(Visit visit) const {
  std::uint32_t slot = 0;
  std::uint64_t at = caller_.stack_pointer;
  if (direct_) {
    for (; at + 8 <= end_; at += 8) visit(*reinterpret_cast<const std::uint64_t*>(at), slot++);
    return;
  }
  std::uint64_t piece[64];
  while (at + 8 <= end_) {
    std::uint64_t size = sizeof piece - at % sizeof piece;  // pieces never cross a page
    if (size > end_ - at) size = (end_ - at) & ~std::uint64_t{7};
    if (size == 0) return;
    iovec to{piece, size}, from{reinterpret_cast<void*>(at), size};
    const long got = systemCall(SYS_process_vm_readv, systemCall(SYS_getpid), &to, 1, &from, 1, 0);
    if (got != static_cast<long>(size)) return;
    for (std::uint64_t i = 0; i < size / 8; ++i) visit(piece[i], slot++);
    at += size;
  }
}

std::size_t StackCapture::space() const { return 8 + kept_ * sizeof(trace::StackWord); }

void StackCapture::fill(RecordWriter& record, trace::CallSite* site) const {
  site->return_address = caller_.return_address;
  site->stack_pointer = caller_.stack_pointer;
  site->frame_pointer = caller_.frame_pointer;
  auto* words = reinterpret_cast<trace::StackWord*>(record.reserve(kept_ * sizeof(trace::StackWord), 8));
  std::uint32_t count = 0;
  forEachWord([&](std::uint64_t value, std::uint32_t slot) {
    // Looked at again: another thread may have written there.
    if (count < kept_ && (wanted_[slot / 64] >> slot % 64 & 1) != 0 && keeps(value)) words[count++] = {value, slot, 0};
  });
  site->words = {record.offsetOf(reinterpret_cast<const char*>(words)),
                 static_cast<std::uint32_t>(count * sizeof(trace::StackWord))};
}

}  // namespace envleak::preload
