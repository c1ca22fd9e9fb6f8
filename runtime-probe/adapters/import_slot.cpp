#include "runtime-probe/adapters/import_slot.h"

#include "runtime-probe/preload/bytes.h"
#include "runtime-probe/preload/machine.h"

#include <dlfcn.h>
#include <elf.h>
#include <link.h>

extern "C" __attribute__((weak)) int _dl_find_object(void*, struct dl_find_object*) noexcept;

namespace envleak::adapters {
namespace {

constexpr std::uint64_t page = 4096;
constexpr int readable = 1, writable = 2;

void** slotOf(const link_map& module, const char* name) {
  const Elf64_Sym* symbols = nullptr;
  const char* strings = nullptr;
  const Elf64_Rela* tables[2] = {};
  std::uint64_t sizes[2] = {};
  for (const Elf64_Dyn* entry = module.l_ld; entry->d_tag != DT_NULL; ++entry) {
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
        return reinterpret_cast<void**>(module.l_addr + relocation.r_offset);
    }
  return nullptr;
}

// The loader has write-protected it.
bool isProtected(const dl_find_object& module, const void* slot) {
  const auto* header = static_cast<const Elf64_Ehdr*>(module.dlfo_map_start);
  if (!preload::sameBytes(reinterpret_cast<const char*>(header), ELFMAG, SELFMAG)) return false;
  const auto* segment = reinterpret_cast<const Elf64_Phdr*>(reinterpret_cast<const char*>(header) + header->e_phoff);
  const std::uint64_t address = reinterpret_cast<std::uint64_t>(slot) - module.dlfo_link_map->l_addr;
  for (int i = 0; i < header->e_phnum; ++i, ++segment)
    if (segment->p_type == PT_GNU_RELRO && address >= segment->p_vaddr &&
        address < ((segment->p_vaddr + segment->p_memsz) & ~(page - 1)))
      return true;
  return false;
}

}  // namespace

bool leadImport(const void* address, const char* name, const void* function) {
  dl_find_object module;
  if (&_dl_find_object == nullptr || _dl_find_object(const_cast<void*>(address), &module) != 0) return false;
  void** slot = slotOf(*module.dlfo_link_map, name);
  if (slot == nullptr) return false;
  const bool is_protected = isProtected(module, slot);
  const std::uint64_t start = reinterpret_cast<std::uint64_t>(slot) & ~(page - 1);
  if (is_protected && preload::failed(preload::systemCall(SYS_mprotect, start, page, readable | writable))) return false;
  *slot = const_cast<void*>(function);
  if (is_protected) preload::systemCall(SYS_mprotect, start, page, readable);
  return true;
}

}  // namespace envleak::adapters
