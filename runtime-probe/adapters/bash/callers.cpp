#include "runtime-probe/adapters/bash/callers.h"

#include "runtime-probe/adapters/bash/interpreter.h"
#include "runtime-probe/preload/bytes.h"
#include "runtime-probe/preload/elf_symbols.h"

#include <dlfcn.h>
#include <link.h>

extern "C" __attribute__((weak)) int _dl_find_object(void*, struct dl_find_object*) noexcept;

namespace envleak::bash {
namespace {

struct Range {
  std::uint64_t start, end;
  bool has(std::uint64_t address) const { return address >= start && address < end; }
};

constexpr const char* finderNames[] = {"find_variable",
                                       "find_variable_noref",
                                       "find_variable_nameref",
                                       "find_variable_last_nameref",
                                       "find_variable_notempenv",
                                       "find_variable_tempenv",
                                       "find_variable_no_invisible",
                                       "find_variable_for_assignment",
                                       "find_variable_nameref_for_create",
                                       "find_variable_nameref_for_assignment",
                                       "find_global_variable",
                                       "find_global_variable_noref"};
constexpr const char* changerNames[] = {"unset_builtin", "set_var_attribute", "set_var_read_only",
                                        "make_local_variable", "assign_in_env"};
constexpr std::size_t finderCount = sizeof finderNames / sizeof *finderNames;
constexpr std::size_t changerCount = sizeof changerNames / sizeof *changerNames;
Range finders[finderCount], changers[changerCount], value_maker, code;

Range rangeOf(const link_map& program, const char* name) {
  const Elf64_Sym* symbol = preload::findDefinition(program.l_ld, program.l_addr, name);
  if (symbol == nullptr) return {};
  const std::uint64_t start = program.l_addr + symbol->st_value;
  return {start, start + symbol->st_size};
}

// Follows a call instruction with a distance.
bool isReturnAddress(std::uint64_t address) {
  constexpr unsigned char call = 0xE8;
  return code.has(address) && code.has(address - 5) && *reinterpret_cast<const unsigned char*>(address - 5) == call;
}

}  // namespace

void findCallers() {
  dl_find_object program;
  if (&_dl_find_object == nullptr || _dl_find_object(reinterpret_cast<void*>(&find_variable), &program) != 0) return;
  const link_map& map = *program.dlfo_link_map;
  for (std::size_t i = 0; i < finderCount; ++i) finders[i] = rangeOf(map, finderNames[i]);
  for (std::size_t i = 0; i < changerCount; ++i) changers[i] = rangeOf(map, changerNames[i]);
  value_maker = rangeOf(map, "make_variable_value");
  const auto* header = static_cast<const Elf64_Ehdr*>(program.dlfo_map_start);
  if (!preload::sameBytes(reinterpret_cast<const char*>(header), ELFMAG, SELFMAG)) return;
  const auto* segment = reinterpret_cast<const Elf64_Phdr*>(reinterpret_cast<const char*>(header) + header->e_phoff);
  for (int i = 0; i < header->e_phnum; ++i, ++segment)
    if (segment->p_type == PT_LOAD && (segment->p_flags & PF_X) != 0)
      code = {map.l_addr + segment->p_vaddr, map.l_addr + segment->p_vaddr + segment->p_memsz};
}

// The first caller that is no part of the lookup itself. Frames of lookups are small; where it is not found, or where
// it is another one, the lookup counts.
bool wantsNoValue(const void* frame) {
  constexpr int words = 40;
  const auto* word = static_cast<const std::uint64_t*>(frame) + 2;
  for (int i = 0; i < words; ++i) {
    if (!isReturnAddress(word[i])) continue;
    bool within_lookup = false;
    for (const Range& finder : finders) within_lookup = within_lookup || finder.has(word[i] - 1);
    if (within_lookup) continue;
    for (const Range& changer : changers)
      if (changer.has(word[i] - 1)) return true;
    return false;
  }
  return false;
}

bool makesValue(const void* return_address) { return value_maker.has(reinterpret_cast<std::uint64_t>(return_address)); }

}  // namespace envleak::bash
