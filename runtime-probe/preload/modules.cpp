#include "runtime-probe/preload/modules.h"

#include "runtime-probe/preload/bytes.h"
#include "runtime-probe/preload/channel.h"
#include "runtime-probe/preload/machine.h"
#include "runtime-probe/preload/process.h"

#include <dlfcn.h>
#include <elf.h>
#include <link.h>
#include <sys/auxv.h>

// Takes no lock and may be called in a signal handler; not every libc has it.
extern "C" __attribute__((weak)) int _dl_find_object(void*, struct dl_find_object*) noexcept;

namespace envleak::preload {
namespace {

const char* program_path;
std::size_t program_path_length;

struct Layout {
  std::uint64_t start = 0;
  std::uint64_t end = 0;
  std::uint64_t code_start = ~std::uint64_t{0};
  std::uint64_t code_end = 0;
  const unsigned char* build_id = nullptr;
  std::uint32_t build_id_length = 0;
};

void findBuildId(std::uint64_t notes, std::uint64_t size, Layout& layout) {
  for (std::uint64_t at = 0; at + sizeof(Elf64_Nhdr) <= size;) {
    const auto* note = reinterpret_cast<const Elf64_Nhdr*>(notes + at);
    const std::uint64_t name = at + sizeof *note;
    const std::uint64_t description = name + roundUp(note->n_namesz, 4);
    if (note->n_type == NT_GNU_BUILD_ID && note->n_namesz == 4 && description + note->n_descsz <= size &&
        sameBytes(reinterpret_cast<const char*>(notes + name), "GNU", 4)) {
      layout.build_id = reinterpret_cast<const unsigned char*>(notes + description);
      layout.build_id_length = note->n_descsz;
      return;
    }
    at = description + roundUp(note->n_descsz, 4);
  }
}

struct Headers {
  const Elf64_Phdr* table = nullptr;
  std::uint64_t count = 0;
};

// They lie at the start of the first mapping.
Headers headersAt(std::uint64_t start) {
  const auto* header = reinterpret_cast<const Elf64_Ehdr*>(start);
  if (!sameBytes(reinterpret_cast<const char*>(header), ELFMAG, SELFMAG)) return {};
  const std::uint64_t table = start + header->e_phoff;
  if (header->e_phentsize != sizeof(Elf64_Phdr) || table + header->e_phnum * sizeof(Elf64_Phdr) > start + 4096)
    return {};
  return {reinterpret_cast<const Elf64_Phdr*>(table), header->e_phnum};
}

// Of a program whose segments the kernel mapped with gaps between them, glibc tells one segment, not all of it.
Headers headersOfProgram(std::uint64_t bias, Layout& layout) {
  const Headers headers{reinterpret_cast<const Elf64_Phdr*>(getauxval(AT_PHDR)), getauxval(AT_PHNUM)};
  layout.start = ~std::uint64_t{0};
  layout.end = 0;
  for (std::uint64_t i = 0; headers.table != nullptr && i < headers.count; ++i) {
    const Elf64_Phdr& segment = headers.table[i];
    if (segment.p_type != PT_LOAD) continue;
    const std::uint64_t from = bias + segment.p_vaddr;
    if (from < layout.start) layout.start = from;
    if (from + segment.p_memsz > layout.end) layout.end = from + segment.p_memsz;
  }
  return headers;
}

bool readLayout(const dl_find_object& found, Layout& layout) {
  const link_map& map = *found.dlfo_link_map;
  layout.start = reinterpret_cast<std::uint64_t>(found.dlfo_map_start);
  layout.end = reinterpret_cast<std::uint64_t>(found.dlfo_map_end);
  Headers headers = headersAt(layout.start);
  if (headers.count == 0 && (map.l_name == nullptr || *map.l_name == '\0'))
    headers = headersOfProgram(map.l_addr, layout);
  for (std::uint64_t i = 0; i < headers.count; ++i) {
    const Elf64_Phdr& segment = headers.table[i];
    const std::uint64_t from = map.l_addr + segment.p_vaddr;
    const std::uint64_t to = from + segment.p_memsz;
    if (from < layout.start || to > layout.end) continue;
    if (segment.p_type == PT_LOAD && (segment.p_flags & PF_X) != 0) {
      if (from < layout.code_start) layout.code_start = from;
      if (to > layout.code_end) layout.code_end = to;
    }
    if (segment.p_type == PT_NOTE && layout.build_id == nullptr) findBuildId(from, segment.p_memsz, layout);
  }
  return layout.code_end != 0;
}

// Absolute path of the file; 0 for what is none, such as the kernel's vdso.
std::size_t pathOf(const link_map& map, char* path, std::size_t size) {
  const char* name = map.l_name == nullptr ? "" : map.l_name;
  long length = 0;
  if (*name == '\0' && program_path_length != 0) {
    copyBytes(path, program_path, program_path_length);
    return program_path_length;
  }
  if (*name == '\0') {
    length = systemCall(SYS_readlink, "/proc/self/exe", path, size);
    return failed(length) ? 0 : static_cast<std::size_t>(length);
  }
  if (findByte(name, '/') == nullptr) return 0;
  if (*name != '/') {
    length = systemCall(SYS_getcwd, path, size);
    if (failed(length)) return 0;
    path[length - 1] = '/';
  }
  const std::size_t name_length = lengthOf(name);
  if (static_cast<std::size_t>(length) + name_length > size) return 0;
  copyBytes(path + length, name, name_length);
  return static_cast<std::size_t>(length) + name_length;
}

__attribute__((noinline)) bool publishModule(const link_map& map, const Layout& layout) {
  char path[4096];
  const std::size_t length = sandboxed() ? 0 : pathOf(map, path, sizeof path);
  if (length == 0) return false;
  RecordWriter record(trace::RecordKind::module_map, sizeof(trace::ModuleRecord), length + layout.build_id_length);
  if (!record) return false;
  auto* module = record.body<trace::ModuleRecord>();
  module->start = layout.start;
  module->end = layout.end;
  module->bias = map.l_addr;
  module->path = record.append(path, length);
  module->build_id = record.append(layout.build_id, layout.build_id_length);
  record.publish();
  return true;
}

const CodeRange* addModule(std::uint64_t address) {
  dl_find_object found;
  if (&_dl_find_object == nullptr || _dl_find_object(reinterpret_cast<void*>(address), &found) != 0) return nullptr;
  ProcessTables* process = tables();
  // Data of a module that is already known.
  const std::uint32_t known = __atomic_load_n(&process->module_count, __ATOMIC_ACQUIRE);
  for (std::uint32_t i = 0; i < known && i < maxModules; ++i)
    if (process->modules[i].link_map == found.dlfo_link_map && process->modules[i].bias == found.dlfo_link_map->l_addr)
      return nullptr;
  Layout layout;
  if (!readLayout(found, layout) || !publishModule(*found.dlfo_link_map, layout)) return nullptr;
  const std::uint32_t index = __atomic_fetch_add(&process->module_count, 1, __ATOMIC_ACQ_REL);
  if (index >= maxModules) return nullptr;  // will be published again; nothing is lost but space
  CodeRange& range = process->modules[index];
  range.start = layout.code_start;
  range.end = layout.code_end;
  range.bias = found.dlfo_link_map->l_addr;
  range.link_map = found.dlfo_link_map;
  __atomic_store_n(&range.ready, 1, __ATOMIC_RELEASE);
  return &range;
}

}  // namespace

void setProgramPath(const char* path, std::size_t length) {
  program_path = path;
  program_path_length = length;
}

bool isCode(std::uint64_t address) {
  ProcessTables* process = tables();
  std::uint32_t count = __atomic_load_n(&process->module_count, __ATOMIC_ACQUIRE);
  if (count > maxModules) count = maxModules;
  for (std::uint32_t i = 0; i < count; ++i) {
    const CodeRange& range = process->modules[i];
    if (__atomic_load_n(&range.ready, __ATOMIC_ACQUIRE) != 0 && address >= range.start && address < range.end)
      return true;
  }
  const CodeRange* added = addModule(address);
  return added != nullptr && address >= added->start && address < added->end;
}

}  // namespace envleak::preload
