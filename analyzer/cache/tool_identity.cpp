#include "analyzer/cache/summary_cache.h"

#include "facts/version.h"

#include <link.h>

#include <cstring>

namespace envleak::analyzer {
namespace {

// The linker's build-id of a loaded file, as it stands in its notes; empty if it has none.
std::string buildId(const dl_phdr_info& module) {
  for (unsigned i = 0; i < module.dlpi_phnum; ++i) {
    const ElfW(Phdr)& header = module.dlpi_phdr[i];
    if (header.p_type != PT_NOTE) continue;
    const char* at = reinterpret_cast<const char*>(module.dlpi_addr + header.p_vaddr);
    std::size_t left = header.p_memsz;
    while (left >= sizeof(ElfW(Nhdr))) {
      ElfW(Nhdr) note;
      std::memcpy(&note, at, sizeof note);
      auto padded = [](std::size_t size) { return (size + 3) & ~std::size_t{3}; };
      std::size_t name = padded(note.n_namesz), size = sizeof note + name + padded(note.n_descsz);
      if (size > left) break;
      if (note.n_type == NT_GNU_BUILD_ID && note.n_namesz == 4 && std::memcmp(at + sizeof note, "GNU", 4) == 0)
        return {at + sizeof note + name, note.n_descsz};
      at += size;
      left -= size;
    }
  }
  return {};
}

}  // namespace

std::string toolIdentity() {
  std::string identity(version);
  ::dl_iterate_phdr(
      [](dl_phdr_info* module, std::size_t, void* data) {
        std::string_view name = module->dlpi_name ? module->dlpi_name : "";
        bool itself = name.empty();
        if (itself || name.find("libclang") != name.npos || name.find("libLLVM") != name.npos)
          *static_cast<std::string*>(data) += "|" + buildId(*module);
        return 0;
      },
      &identity);
  return identity;
}

}  // namespace envleak::analyzer
