#include "runtime-probe/preload/proc_environ.h"

#include "runtime-probe/preload/bytes.h"
#include "runtime-probe/preload/machine.h"

#include <elf.h>
#include <linux/fcntl.h>
#include <linux/prctl.h>

namespace envleak::preload {
namespace {

// Positions in /proc/PID/stat, as proc(5) counts them.
enum Field : unsigned {
  state = 3,
  start_code = 26,
  end_code,
  start_stack,
  start_data = 45,
  end_data,
  start_brk,
  arg_start,
  arg_end,
  env_start,
  env_end,
  last = env_end,
};

bool readFields(std::uint64_t (&fields)[last + 1]) {
  char text[2048];
  const long descriptor = systemCall(SYS_openat, AT_FDCWD, "/proc/self/stat", O_RDONLY | O_CLOEXEC);
  if (failed(descriptor)) return false;
  const long length = systemCall(SYS_read, descriptor, text, sizeof text - 1);
  systemCall(SYS_close, descriptor);
  if (failed(length)) return false;
  // The program's name, in parentheses, may itself have some.
  long at = length;
  while (at > 0 && text[at - 1] != ')') --at;
  unsigned field = state - 1;
  for (; at < length && field < last; ++at) {
    if (text[at] == ' ')
      fields[++field] = 0;
    else if (text[at] >= '0' && text[at] <= '9')
      fields[field] = fields[field] * 10 + static_cast<unsigned>(text[at] - '0');
  }
  for (; at < length && text[at] >= '0' && text[at] <= '9'; ++at)
    fields[field] = fields[field] * 10 + static_cast<unsigned>(text[at] - '0');
  return field == last;
}

// The same without a file, which costs more than all else here: as the kernel's load_elf_binary sets them.
bool workOutFields(const StartedImage& image, std::uint64_t (&fields)[last + 1]) {
  if (image.stack == 0 || image.argc < 1 || !image.by_interpreter || !image.untouched_heap) return false;
  const auto* segments = reinterpret_cast<const Elf64_Phdr*>(image.program_headers);
  std::uint64_t bias = 0;
  bool placed = false;
  fields[start_code] = ~std::uint64_t{0};
  for (std::uint64_t i = 0; segments != nullptr && i < image.program_header_count; ++i) {
    const Elf64_Phdr& segment = segments[i];
    if (segment.p_type == PT_PHDR) {
      bias = image.program_headers - segment.p_vaddr;
      placed = true;
    }
    if (segment.p_type != PT_LOAD) continue;
    const std::uint64_t start = segment.p_vaddr, stop = segment.p_vaddr + segment.p_filesz;
    const bool code = (segment.p_flags & PF_X) != 0;
    if (code && start < fields[start_code]) fields[start_code] = start;
    if (code && stop > fields[end_code]) fields[end_code] = stop;
    if (start > fields[start_data]) fields[start_data] = start;
    if (stop > fields[end_data]) fields[end_data] = stop;
  }
  if (!placed || fields[end_code] == 0) return false;
  fields[start_code] += bias;
  fields[end_code] += bias;
  fields[start_data] += bias;
  fields[end_data] += bias;
  fields[start_brk] = static_cast<std::uint64_t>(systemCall(SYS_brk, 0));
  fields[start_stack] = image.stack;
  fields[arg_start] = reinterpret_cast<std::uint64_t>(image.argv[0]);
  const char* last_argument = image.argv[image.argc - 1];
  fields[arg_end] = fields[env_start] = reinterpret_cast<std::uint64_t>(last_argument + lengthOf(last_argument) + 1);
  return fields[env_start] == reinterpret_cast<std::uint64_t>(image.envp[0]);
}

}  // namespace

void cutProcEnviron(const StartedImage& image, const char* end) {
  std::uint64_t fields[last + 1] = {};
  const auto new_end = reinterpret_cast<std::uint64_t>(end);
  if (!workOutFields(image, fields)) {
    for (std::uint64_t& field : fields) field = 0;
    if (!readFields(fields) || new_end >= fields[env_end]) return;
  }
  if (new_end < fields[env_start]) return;
  prctl_mm_map map{};
  map.start_code = fields[start_code];
  map.end_code = fields[end_code];
  map.start_data = fields[start_data];
  map.end_data = fields[end_data];
  map.start_brk = fields[start_brk];
  map.brk = static_cast<std::uint64_t>(systemCall(SYS_brk, 0));
  map.start_stack = fields[start_stack];
  map.arg_start = fields[arg_start];
  map.arg_end = fields[arg_end];
  map.env_start = fields[env_start];
  map.env_end = new_end;
  map.exe_fd = static_cast<std::uint32_t>(-1);
  systemCall(SYS_prctl, PR_SET_MM, PR_SET_MM_MAP, &map, sizeof map, 0);
}

}  // namespace envleak::preload
