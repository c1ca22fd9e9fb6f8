// The calling test program's own stack and modules, in the form in which a trace has those of an observed process.
#pragma once

#include "runtime-probe/trace/modules.h"

#include <link.h>
#include <pthread.h>
#include <unistd.h>

#include <algorithm>
#include <climits>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace envleak::test {

struct OwnStack {
  trace::CallSite site{};
  std::vector<trace::StackWord> words;
};

// The end of the calling thread's stack.
inline std::uint64_t* stackEnd() {
  pthread_attr_t attributes;
  void* low = nullptr;
  std::size_t size = 0;
  if (::pthread_getattr_np(::pthread_self(), &attributes) != 0) return nullptr;
  ::pthread_attr_getstack(&attributes, &low, &size);
  ::pthread_attr_destroy(&attributes);
  return reinterpret_cast<std::uint64_t*>(static_cast<char*>(low) + size);
}

// Takes the stack of its caller; the call site is the caller's call of this function.
__attribute__((noinline, no_sanitize("address", "undefined"))) inline void captureStack(OwnStack& stack) {
  auto* frame = static_cast<std::uint64_t*>(__builtin_frame_address(0));
  stack.site.return_address = reinterpret_cast<std::uint64_t>(__builtin_return_address(0));
  stack.site.frame_pointer = frame[0];
  stack.site.stack_pointer = reinterpret_cast<std::uint64_t>(frame + 2);
  std::uint64_t* end = stackEnd();
  for (std::uint32_t slot = 0; slot < 2048 && frame + 2 + slot < end; ++slot)
    stack.words.push_back({frame[2 + slot], slot, 0});
}

inline std::string ownProgram() {
  char path[PATH_MAX];
  ssize_t length = ::readlink("/proc/self/exe", path, sizeof path);
  return std::string(path, length > 0 ? static_cast<std::size_t>(length) : 0);
}

struct OwnModule {
  std::string path;
  std::string build_id;  // raw
  std::uint64_t start;
  std::uint64_t end;
  std::uint64_t bias;
};

inline std::vector<OwnModule> ownModules() {
  std::vector<OwnModule> modules;
  auto add = [](dl_phdr_info* info, std::size_t, void* target) {
    OwnModule module{info->dlpi_name, {}, UINT64_MAX, 0, info->dlpi_addr};
    if (module.path.empty()) module.path = ownProgram();
    for (int i = 0; i < info->dlpi_phnum; ++i) {
      const ElfW(Phdr)& part = info->dlpi_phdr[i];
      if (part.p_type == PT_LOAD) {
        module.start = std::min<std::uint64_t>(module.start, info->dlpi_addr + part.p_vaddr);
        module.end = std::max<std::uint64_t>(module.end, info->dlpi_addr + part.p_vaddr + part.p_memsz);
      }
      if (part.p_type != PT_NOTE) continue;
      const char* note = reinterpret_cast<const char*>(info->dlpi_addr + part.p_vaddr);
      const char* end = note + part.p_memsz;
      while (note + sizeof(ElfW(Nhdr)) < end) {
        const auto* head = reinterpret_cast<const ElfW(Nhdr)*>(note);
        const char* name = note + sizeof *head;
        const char* content = name + (head->n_namesz + 3) / 4 * 4;
        if (head->n_type == NT_GNU_BUILD_ID && std::string_view(name, 3) == "GNU")
          module.build_id.assign(content, head->n_descsz);
        note = content + (head->n_descsz + 3) / 4 * 4;
      }
    }
    static_cast<std::vector<OwnModule>*>(target)->push_back(std::move(module));
    return 0;
  };
  ::dl_iterate_phdr(add, &modules);
  return modules;
}

inline trace::AddressSpace ownAddressSpace(trace::ModuleTable& table) {
  trace::AddressSpace space;
  for (const OwnModule& module : ownModules())
    space.map(module.start, {module.end, module.bias, table.idOf(module.path, module.build_id)});
  return space;
}

}  // namespace envleak::test
