// dlopen, dlsym and dlvsym, which go by who calls them: the probe only looks at what is asked for, and then jumps on to
// the loader's function with the caller's return address in its place.
#include "runtime-probe/preload/bytes.h"
#include "runtime-probe/preload/elf_symbols.h"
#include "runtime-probe/preload/libc_spawns.h"
#include "runtime-probe/preload/machine.h"

#include <dlfcn.h>
#include <link.h>

#pragma weak _r_debug
#pragma weak dl_iterate_phdr

extern "C" __attribute__((weak)) int _dl_find_object(void*, struct dl_find_object*) noexcept;
extern "C" __attribute__((visibility("hidden"))) const char __ehdr_start[];
extern "C" __attribute__((visibility("hidden"))) const char _end[];

namespace envleak::preload {
namespace {

bool isOwn(const void* address) { return address >= __ehdr_start && address < _end; }

// The next definition in the order in which the loader searches.
struct Search {
  const char* name;
  bool passed_own;
  const void* found;

  // True: it has come to its end.
  bool lookIn(const Elf64_Dyn* dynamic, std::uint64_t bias) {
    if (dynamic == _DYNAMIC) {
      passed_own = true;
      return false;
    }
    if (!passed_own || dynamic == nullptr) return false;
    const Elf64_Sym* symbol = findDefinition(dynamic, bias, name);
    if (symbol == nullptr) return false;
    found = reinterpret_cast<const void*>(bias + symbol->st_value);
    return true;
  }
};

int lookInModule(dl_phdr_info* module, std::size_t, void* search) {
  for (int i = 0; i < module->dlpi_phnum; ++i)
    if (const Elf64_Phdr& segment = module->dlpi_phdr[i]; segment.p_type == PT_DYNAMIC)
      return static_cast<Search*>(search)->lookIn(
          reinterpret_cast<const Elf64_Dyn*>(module->dlpi_addr + segment.p_vaddr), module->dlpi_addr);
  return 0;
}

// glibc's list is read, as a sanitizer has a dl_iterate_phdr of its own, which is not ready when it first asks here.
const void* nextOf(const void*& known, const char* name) {
  if (const void* found = __atomic_load_n(&known, __ATOMIC_RELAXED)) return found;
  Search search{name, false, nullptr};
  if (&_r_debug != nullptr) {
    for (const link_map* map = _r_debug.r_map; map != nullptr; map = map->l_next)
      if (search.lookIn(map->l_ld, map->l_addr)) break;
  } else if (&dl_iterate_phdr != nullptr) {
    dl_iterate_phdr(lookInModule, &search);
  }
  __atomic_store_n(&known, search.found, __ATOMIC_RELAXED);
  return search.found;
}

const void* next_dlopen;
const void* next_dlsym;
const void* next_dlvsym;

bool startsPrograms(const char* name) {
  constexpr const char* names[] = {"posix_spawn", "posix_spawnp", "system", "popen", "wordexp", "fexecve"};
  if (startsWith(name, "exec")) return true;
  for (const char* known : names)
    if (sameText(name, known)) return true;
  return false;
}

// Who searches all of the program finds the probe's function; so does who searches the libraries behind it and stands
// before the probe: the program, a sanitizer.
bool findsOwn(const void* handle, const void* caller) {
  if (handle == RTLD_DEFAULT) return true;
  dl_find_object searcher;
  if (handle != RTLD_NEXT || &_r_debug == nullptr || &_dl_find_object == nullptr ||
      _dl_find_object(const_cast<void*>(caller), &searcher) != 0)
    return false;
  for (const link_map* map = _r_debug.r_map; map != nullptr && map->l_ld != _DYNAMIC; map = map->l_next)
    if (map == searcher.dlfo_link_map) return true;
  return false;
}

void noteLookup(const void* handle, const char* name, const void* caller) {
  if (name != nullptr && !isOwn(caller) && startsPrograms(name) && !findsOwn(handle, caller)) expectLibcSpawns();
}

}  // namespace
}  // namespace envleak::preload

// Each returns where to go on.
extern "C" {
__attribute__((used, visibility("hidden"))) const void* envleakBeforeDlopen(const char*, int mode) {
  if ((mode & RTLD_DEEPBIND) != 0) envleak::preload::expectLibcSpawns();
  return envleak::preload::nextOf(envleak::preload::next_dlopen, "dlopen");
}
__attribute__((used, visibility("hidden"))) const void* envleakBeforeDlsym(const void* handle, const char* name,
                                                                           const void*, const void* caller) {
  envleak::preload::noteLookup(handle, name, caller);
  return envleak::preload::nextOf(envleak::preload::next_dlsym, "dlsym");
}
__attribute__((used, visibility("hidden"))) const void* envleakBeforeDlvsym(const void* handle, const char* name,
                                                                            const void*, const void* caller) {
  envleak::preload::noteLookup(handle, name, caller);
  return envleak::preload::nextOf(envleak::preload::next_dlvsym, "dlvsym");
}
}

#define ENVLEAK_PASS_ON(function, before)   \
  __asm__(                                  \
      ".pushsection .text\n"                \
      ".globl " #function                   \
      "\n"                                  \
      ".type " #function                    \
      ", @function\n"                       \
      ".balign 16\n" #function              \
      ":\n"                                 \
      ".cfi_startproc\n"                    \
      "push %rdi\n"                         \
      ".cfi_adjust_cfa_offset 8\n"          \
      "push %rsi\n"                         \
      ".cfi_adjust_cfa_offset 8\n"          \
      "push %rdx\n"                         \
      ".cfi_adjust_cfa_offset 8\n"          \
      "mov 24(%rsp), %rcx\n"                \
      "call " #before                       \
      "\n"                                  \
      "pop %rdx\n"                          \
      ".cfi_adjust_cfa_offset -8\n"         \
      "pop %rsi\n"                          \
      ".cfi_adjust_cfa_offset -8\n"         \
      "pop %rdi\n"                          \
      ".cfi_adjust_cfa_offset -8\n"         \
      "test %rax, %rax\n"                   \
      "jz 1f\n"                             \
      "jmp *%rax\n"                         \
      "1: ret\n"                            \
      ".cfi_endproc\n"                      \
      ".size " #function ", . - " #function \
      "\n"                                  \
      ".popsection\n")

ENVLEAK_PASS_ON(dlopen, envleakBeforeDlopen);
ENVLEAK_PASS_ON(dlsym, envleakBeforeDlsym);
ENVLEAK_PASS_ON(dlvsym, envleakBeforeDlvsym);
