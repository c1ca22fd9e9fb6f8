#include "runtime-probe/adapters/import_slot.h"

#include "runtime-probe/preload/bytes.h"
#include "runtime-probe/preload/machine.h"

#include <elf.h>
#include <link.h>

namespace envleak::adapters {
namespace {

constexpr std::uint64_t page = 4096;
constexpr int readable = 1, writable = 2;

void** slotOf(const Elf64_Dyn* entry, std::uint64_t base, const char* name) {
  const Elf64_Sym* symbols = nullptr;
  const char* strings = nullptr;
  const Elf64_Rela* tables[2] = {};
  std::uint64_t sizes[2] = {};
  for (; entry->d_tag != DT_NULL; ++entry) {
    const void* at = reinterpret_cast<const void*>(entry->d_un.d_ptr);  // glibc has relocated it
    if (entry->d_tag == DT_SYMTAB) symbols = static_cast<const Elf64_Sym*>(at);
    if (entry->d_tag == DT_STRTAB) strings = static_cast<const char*>(at);
    if (entry->d_tag == DT_JMPREL) tables[0] = static_cast<const Elf64_Rela*>(at);
    if (entry->d_tag == DT_RELA) tables[1] = static_cast<const Elf64_Rela*>(at);
    if (entry->d_tag == DT_PLTRELSZ) sizes[0] = entry->d_un.d_val;
    if (entry->d_tag == DT_RELASZ) sizes[1] = entry->d_un.d_val;
  }
  if (symbols == nullptr || strings == nullptr) return nullptr;
  for (int table = 0; table < 2; ++table)
    for (std::uint64_t i = 0; tables[table] != nullptr && i < sizes[table] / sizeof(Elf64_Rela); ++i) {
      const Elf64_Rela& relocation = tables[table][i];
      const auto type = ELF64_R_TYPE(relocation.r_info);
      if ((type == R_X86_64_JUMP_SLOT || type == R_X86_64_GLOB_DAT) &&
          preload::sameText(strings + symbols[ELF64_R_SYM(relocation.r_info)].st_name, name))
        return reinterpret_cast<void**>(base + relocation.r_offset);
    }
  return nullptr;
}

struct Module {
  std::uint64_t address;  // somewhere in it
  std::uint64_t base;
  const Elf64_Dyn* dynamic;
  std::uint64_t protected_start, protected_end;  // what the loader has write-protected
};

int findModule(dl_phdr_info* info, std::size_t, void* argument) {
  auto* module = static_cast<Module*>(argument);
  bool found = false;
  for (int i = 0; i < info->dlpi_phnum; ++i) {
    const Elf64_Phdr& segment = info->dlpi_phdr[i];
    const std::uint64_t start = info->dlpi_addr + segment.p_vaddr;
    if (segment.p_type == PT_LOAD && module->address - start < segment.p_memsz) found = true;
    if (segment.p_type == PT_DYNAMIC) module->dynamic = reinterpret_cast<const Elf64_Dyn*>(start);
    if (segment.p_type != PT_GNU_RELRO) continue;
    module->protected_start = start & ~(page - 1);
    module->protected_end = (start + segment.p_memsz) & ~(page - 1);
  }
  if (found)
    module->base = info->dlpi_addr;
  else
    *module = {.address = module->address, .base = 0, .dynamic = nullptr, .protected_start = 0, .protected_end = 0};
  return found ? 1 : 0;
}

}  // namespace

bool leadImport(const void* address, const char* name, const void* function) {
  Module module = {};
  module.address = reinterpret_cast<std::uint64_t>(address);
  if (dl_iterate_phdr(findModule, &module) == 0 || module.dynamic == nullptr) return false;
  void** slot = slotOf(module.dynamic, module.base, name);
  if (slot == nullptr) return false;
  const std::uint64_t start = reinterpret_cast<std::uint64_t>(slot) & ~(page - 1);
  const bool is_protected = start >= module.protected_start && start < module.protected_end;
  if (is_protected && preload::failed(preload::systemCall(SYS_mprotect, start, page, readable | writable)))
    return false;
  *slot = const_cast<void*>(function);
  if (is_protected) preload::systemCall(SYS_mprotect, start, page, readable);
  return true;
}

}  // namespace envleak::adapters
