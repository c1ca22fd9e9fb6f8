#include "runtime-probe/preload/own_getenv.h"

#include "runtime-probe/preload/bytes.h"

#include <elf.h>

namespace envleak::preload {
namespace {

struct Tables {
  const std::uint32_t* hash = nullptr;
  const Elf64_Sym* symbols = nullptr;
  const char* strings = nullptr;
};

// Read from the tables themselves rather than by dlsym: the address of a function that the program only takes looks
// to dlsym like a definition.
Tables findTables(const Elf64_Dyn* dynamic, std::uint64_t bias) {
  Tables tables;
  for (; dynamic->d_tag != DT_NULL; ++dynamic) {
    // glibc has relocated these addresses, other loaders leave them as they are in the file.
    const std::uint64_t address = dynamic->d_un.d_ptr >= bias ? dynamic->d_un.d_ptr : dynamic->d_un.d_ptr + bias;
    if (dynamic->d_tag == DT_GNU_HASH) tables.hash = reinterpret_cast<const std::uint32_t*>(address);
    if (dynamic->d_tag == DT_SYMTAB) tables.symbols = reinterpret_cast<const Elf64_Sym*>(address);
    if (dynamic->d_tag == DT_STRTAB) tables.strings = reinterpret_cast<const char*>(address);
  }
  return tables;
}

bool defines(const Tables& tables, const char* name) {
  std::uint32_t hash = 5381;
  for (const char* at = name; *at != '\0'; ++at) hash = hash * 33 + static_cast<unsigned char>(*at);
  const std::uint32_t bucket_count = tables.hash[0], first = tables.hash[1], bloom_words = tables.hash[2];
  if (bucket_count == 0) return false;
  const std::uint32_t* buckets = tables.hash + 4 + 2 * bloom_words;
  const std::uint32_t* chain = buckets + bucket_count;
  std::uint32_t index = buckets[hash % bucket_count];
  if (index < first) return false;
  for (;; ++index) {
    const std::uint32_t entry = chain[index - first];
    const Elf64_Sym& symbol = tables.symbols[index];
    if ((entry | 1) == (hash | 1) && symbol.st_shndx != SHN_UNDEF && sameText(tables.strings + symbol.st_name, name))
      return true;
    if ((entry & 1) != 0) return false;
  }
}

}  // namespace

bool exportsGetenv(std::uint64_t headers, std::uint64_t count) {
  const auto* segments = reinterpret_cast<const Elf64_Phdr*>(headers);
  const Elf64_Phdr* dynamic = nullptr;
  std::uint64_t bias = 0;
  for (std::uint64_t i = 0; segments != nullptr && i < count; ++i) {
    if (segments[i].p_type == PT_PHDR) bias = headers - segments[i].p_vaddr;
    if (segments[i].p_type == PT_DYNAMIC) dynamic = &segments[i];
  }
  if (dynamic == nullptr) return false;
  const Tables tables = findTables(reinterpret_cast<const Elf64_Dyn*>(bias + dynamic->p_vaddr), bias);
  return tables.hash != nullptr && tables.symbols != nullptr && tables.strings != nullptr && defines(tables, "getenv");
}

}  // namespace envleak::preload
