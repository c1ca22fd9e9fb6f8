#include "runtime-probe/preload/inline_patch.h"

#include "runtime-probe/preload/channel.h"
#include "runtime-probe/preload/elf_symbols.h"
#include "runtime-probe/preload/machine.h"
#include "runtime-probe/preload/process.h"
#include "runtime-probe/preload/reads.h"

#include <dlfcn.h>
#include <link.h>
#include <linux/mman.h>

extern "C" __attribute__((weak)) int _dl_find_object(void*, struct dl_find_object*) noexcept;
extern "C" __attribute__((weak)) const char* gnu_get_libc_version();
extern "C" __attribute__((weak)) void __asan_init();
extern "C" __attribute__((weak)) void __hwasan_init();
extern "C" __attribute__((weak)) void __msan_init();
extern "C" __attribute__((weak)) void __tsan_init();

namespace envleak::preload {
namespace {

constexpr std::uint64_t page = 4096;

// A sanitizer changes code of libc's itself.
bool sanitized() {
  return &__asan_init != nullptr || &__hwasan_init != nullptr || &__msan_init != nullptr || &__tsan_init != nullptr;
}

Code libcFunction(const char* name) {
  dl_find_object libc;
  if (&_dl_find_object == nullptr || &gnu_get_libc_version == nullptr ||
      _dl_find_object(reinterpret_cast<void*>(&gnu_get_libc_version), &libc) != 0)
    return {};
  const link_map& map = *libc.dlfo_link_map;
  setLibcRange(reinterpret_cast<std::uint64_t>(libc.dlfo_map_start),
               reinterpret_cast<std::uint64_t>(libc.dlfo_map_end));
  const Elf64_Sym* symbol = findDefinition(map.l_ld, map.l_addr, name);
  if (symbol == nullptr || ELF64_ST_TYPE(symbol->st_info) != STT_FUNC) return {};
  return {reinterpret_cast<unsigned char*>(map.l_addr + symbol->st_value), symbol->st_size};
}

}  // namespace

Code codeToLead(const char* name) {
  constexpr unsigned char branch_target[4] = {0xF3, 0x0F, 0x1E, 0xFA};  // endbr64 stays in its place
  Code code = libcFunction(name);
  if (code.start == nullptr || code.size < sizeof branch_target) return {};
  for (std::size_t i = 0; i < sizeof branch_target; ++i)
    if (code.start[i] != branch_target[i]) return code;
  return {code.start + sizeof branch_target, code.size - sizeof branch_target};
}

bool leadTo(const Code& function, const void* target) {
  unsigned char jump[5] = {0xE9};
  if (function.size < sizeof jump) return false;
  unsigned char* at = function.start;
  const std::int64_t distance = static_cast<const unsigned char*>(target) - (at + sizeof jump);
  if (distance != static_cast<std::int32_t>(distance)) return false;
  const auto reach = static_cast<std::int32_t>(distance);
  __builtin_memcpy(jump + 1, &reach, sizeof reach);

  // In one store: a signal handler may pass here.
  std::uint64_t bytes;
  __builtin_memcpy(&bytes, at, sizeof bytes);
  __builtin_memcpy(&bytes, jump, sizeof jump);
  const std::uint64_t from = reinterpret_cast<std::uint64_t>(at) & ~(page - 1);
  const std::uint64_t size = reinterpret_cast<std::uint64_t>(at) + sizeof bytes - from;
  // Executable throughout: where the kernel refuses that, it would refuse to have it back as well.
  if (failed(systemCall(SYS_mprotect, from, size, PROT_READ | PROT_WRITE | PROT_EXEC))) return false;
  __asm__ volatile("movq %1, %0" : "=m"(*reinterpret_cast<std::uint64_t*>(at)) : "r"(bytes) : "memory");
  systemCall(SYS_mprotect, from, size, PROT_READ | PROT_EXEC);
  return true;
}

LeaveCode reasonToLeaveCode() {
  if (sanitized()) return LeaveCode::sanitizer;
  if (startedFiltered() || sandboxed()) return LeaveCode::filter;
  return &gnu_get_libc_version == nullptr ? LeaveCode::other_libc : LeaveCode::no;
}

void patchGetenv() {
  const char* why = nullptr;
  if (sanitized()) {
    why = "whether libc itself asks if a variable is set is not seen: the program has a sanitizer";
  } else if (startedFiltered()) {
    why = "whether libc itself asks if a variable is set is not seen: a seccomp filter is in force";
  } else {
    const Code getenv = codeToLead("getenv");
    if (getenv.start == nullptr)
      why = "whether libc itself asks if a variable is set is not seen: it is not glibc";
    else if (!leadTo(getenv, reinterpret_cast<const void*>(&readOfLibc)))
      why = "whether libc itself asks if a variable is set is not seen: its code may not be changed";
  }
  if (why != nullptr) publishNote("libc-reads", why);
}

}  // namespace envleak::preload
