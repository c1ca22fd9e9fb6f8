#include "runtime-probe/preload/elf_symbols.h"

#include "runtime-probe/preload/bytes.h"

namespace envleak::preload {

const Elf64_Sym* findDefinition(const Elf64_Dyn* dynamic, std::uint64_t bias, const char* name) {
  const std::uint32_t* table = nullptr;
  const Elf64_Sym* symbols = nullptr;
  const char* strings = nullptr;
  for (; dynamic->d_tag != DT_NULL; ++dynamic) {
    // glibc has relocated these addresses, other loaders leave them as they are in the file.
    const std::uint64_t address = dynamic->d_un.d_ptr >= bias ? dynamic->d_un.d_ptr : dynamic->d_un.d_ptr + bias;
    if (dynamic->d_tag == DT_GNU_HASH) table = reinterpret_cast<const std::uint32_t*>(address);
    if (dynamic->d_tag == DT_SYMTAB) symbols = reinterpret_cast<const Elf64_Sym*>(address);
    if (dynamic->d_tag == DT_STRTAB) strings = reinterpret_cast<const char*>(address);
  }
  if (table == nullptr || symbols == nullptr || strings == nullptr) return nullptr;
  std::uint32_t hash = 5381;
  for (const char* at = name; *at != '\0'; ++at) hash = hash * 33 + static_cast<unsigned char>(*at);
  const std::uint32_t bucket_count = table[0], first = table[1], bloom_words = table[2];
  if (bucket_count == 0) return nullptr;
  const std::uint32_t* buckets = table + 4 + 2 * bloom_words;
  const std::uint32_t* chain = buckets + bucket_count;
  std::uint32_t index = buckets[hash % bucket_count];
  if (index < first) return nullptr;
  for (;; ++index) {
    const std::uint32_t entry = chain[index - first];
    const Elf64_Sym& symbol = symbols[index];
    if ((entry | 1) == (hash | 1) && symbol.st_shndx != SHN_UNDEF && sameText(strings + symbol.st_name, name))
      return &symbol;
    if ((entry & 1) != 0) return nullptr;
  }
}

}  // namespace envleak::preload
