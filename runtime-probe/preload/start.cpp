#include "runtime-probe/preload/start.h"

#include "runtime-probe/preload/bytes.h"
#include "runtime-probe/preload/channel.h"
#include "runtime-probe/preload/environment.h"
#include "runtime-probe/preload/exits.h"
#include "runtime-probe/preload/first_touch.h"
#include "runtime-probe/preload/inline_patch.h"
#include "runtime-probe/preload/machine.h"
#include "runtime-probe/preload/modules.h"
#include "runtime-probe/preload/names.h"
#include "runtime-probe/preload/own_getenv.h"
#include "runtime-probe/preload/proc_environ.h"
#include "runtime-probe/preload/process.h"
#include "runtime-probe/preload/real.h"
#include "runtime-probe/preload/script.h"
#include "runtime-probe/preload/spread.h"

#include <elf.h>
#include <linux/fcntl.h>

extern "C" __attribute__((weak)) void* __libc_stack_end;
extern "C" __attribute__((weak)) char** environ;

namespace envleak::preload {

namespace {

struct InitialStack {
  long argc = 0;
  char** argv = nullptr;
  char** envp = nullptr;
};

// glibc tells where the kernel put argc; elsewhere (musl) environ still points behind argv when this runs.
InitialStack findStack() {
  if (&__libc_stack_end != nullptr && __libc_stack_end != nullptr) {
    auto* top = static_cast<long*>(__libc_stack_end);
    auto** argv = reinterpret_cast<char**>(top + 1);
    if (*top >= 0 && *top < (1L << 30) && argv[*top] == nullptr) return {*top, argv, argv + *top + 1};
  }
  if (&environ == nullptr || environ == nullptr) return {};
  char** envp = environ;
  for (long count = 0; count < (1L << 20); ++count)
    if (reinterpret_cast<long>(envp[-2 - count]) == count) return {count, envp - 1 - count, envp};
  return {0, nullptr, envp};
}

InitialStack stack;
std::uint32_t spawn_id;
std::uint64_t program_headers, program_header_count, program_entry, interpreter;
bool constructing;  // nothing of the program or of a library has run yet

// The probe was put back by a program that is not observed itself and that rebuilt the environment, such as a static
// shell: its entries may be anywhere, and the list of preloads may have become one with the program's own.
void cutPreload(char** entry, const char* library) {
  char* list = *entry + 11;
  const std::size_t length = lengthOf(library);
  for (char* element = list; *element != '\0';) {
    char* end = element;
    while (*end != '\0' && *end != ':' && *end != ' ') ++end;
    if (static_cast<std::size_t>(end - element) == length && sameBytes(element, library, length)) {
      if (*end != '\0') ++end;
      const std::size_t rest = lengthOf(end) + 1;
      for (std::size_t i = 0; i < rest; ++i) element[i] = end[i];
      if (*element == '\0' && element > list) element[-1] = '\0';
      return;
    }
    element = *end == '\0' ? end : end + 1;
  }
}

// Takes the entries out and closes the gap. Programs that look for the auxiliary vector walk envp to its end and go on
// from there, so the two slots that got free become an auxiliary entry that everyone has to ignore.
void removeEntries(const StartedImage& image, char** end) {
  char** envp = image.envp;
  char** to = envp;
  bool preload_seen = false;
  for (char** from = envp; from != end; ++from) {
    if (startsWith(*from, "LD_PRELOAD=") && isProbeEntry(*from, probeNames())) {
      if (from + 2 == end) {
        cutProcEnviron(image, *from);
        continue;
      }
      if (preload_seen) continue;
      cutPreload(from, probeNames().library);
      if ((*from)[11] == '\0') continue;
      preload_seen = true;
    } else if (isProbeEntry(*from, probeNames())) {
      continue;
    }
    *to++ = *from;
  }
  // An odd number cannot be filled; a second copy of an entry is what harms least.
  if ((end - to) % 2 != 0 && to != envp) {
    *to = to[-1];
    ++to;
  }
  *to = nullptr;
  for (char** slot = to + 1; slot + 1 <= end; slot += 2) {
    slot[0] = reinterpret_cast<char*>(AT_IGNORE);
    slot[1] = nullptr;
  }
}

void readAuxiliary(char** end) {
  for (auto* entry = reinterpret_cast<Elf64_auxv_t*>(end + 1); entry->a_type != AT_NULL; ++entry) {
    if (entry->a_type == AT_PHDR) program_headers = entry->a_un.a_val;
    if (entry->a_type == AT_BASE) interpreter = entry->a_un.a_val;
    if (entry->a_type == AT_ENTRY) program_entry = entry->a_un.a_val;
    if (entry->a_type == AT_PHNUM) program_header_count = entry->a_un.a_val;
  }
}

// Libraries of LD_AUDIT run before all others, and may allocate.
StartedImage startedImage() {
  StartedImage image{.argc = stack.argc,
                     .argv = stack.argv,
                     .envp = stack.envp,
                     .program_headers = program_headers,
                     .program_header_count = program_header_count,
                     .by_interpreter = interpreter != 0,
                     .untouched_heap = constructing};
  if (&__libc_stack_end != nullptr) image.stack = reinterpret_cast<std::uint64_t>(__libc_stack_end);
  for (char** entry = stack.envp; *entry != nullptr; ++entry)
    if (startsWith(*entry, "LD_AUDIT=")) image.untouched_heap = false;
  return image;
}

std::size_t argumentsLength(std::size_t limit) {
  std::size_t length = 0;
  for (long i = 0; i < stack.argc && length < limit; ++i) length += lengthOf(stack.argv[i]) + 1;
  return length < limit ? length : limit;
}

void publishHello() {
  constexpr std::size_t longest = 65536;
  char program[4096];
  const long got = systemCall(SYS_readlink, "/proc/self/exe", program, sizeof program);
  const std::size_t program_length = failed(got) ? 0 : static_cast<std::size_t>(got);
  const std::size_t arguments_length = argumentsLength(longest);
  RecordWriter record(trace::RecordKind::hello, sizeof(trace::HelloRecord), program_length + arguments_length);
  if (!record) return;
  auto* hello = record.body<trace::HelloRecord>();
  hello->spawn = spawn_id;
  hello->parent_pid = static_cast<std::int32_t>(systemCall(SYS_getppid));
  hello->program = record.append(program, program_length);
  char* arguments = record.reserve(arguments_length, 1);
  hello->arguments = {record.offsetOf(arguments), static_cast<std::uint32_t>(arguments_length)};
  for (long i = 0; i < stack.argc && arguments_length > 0; ++i) {
    const std::size_t used = static_cast<std::size_t>(arguments - record.body<char>()) - hello->arguments.offset;
    std::size_t length = lengthOf(stack.argv[i]) + 1;
    if (length > arguments_length - used) length = arguments_length - used;
    copyBytes(arguments, stack.argv[i], length);
    arguments += length;
  }
  record.stampTime();
  record.publish();
  setProgramPath(record.body<char>() + hello->program.offset, program_length);
}

std::size_t lengthOfSame(const char* entry, adapters::Text name) {
  std::size_t length = 0;
  while (length < name.length && entry[length] != '\0' && entry[length] == name.data[length]) ++length;
  return length;
}

void atExit(int status, void*) { publishExit(status); }

__attribute__((constructor(101))) void construct() {
  constructing = true;
  const auto on_exit = real().on_exit;
  const bool observed = observing();
  constructing = false;
  if (!observed) return;
  if (on_exit != nullptr) on_exit(atExit, nullptr);
  patchGetenv();
  openAdapter();
}

}  // namespace

const char* hideProbe() {
  stack = findStack();
  if (stack.envp == nullptr) return nullptr;
  setKernelEnvironment(stack.envp);
  constexpr std::size_t handle_length = sizeof trace::handleVariable - 1;
  const char* handle = nullptr;
  char** end = stack.envp;
  for (; *end != nullptr; ++end)
    if (startsWith(*end, trace::handleVariable) && (*end)[handle_length] == '=') handle = *end + handle_length + 1;
  readAuxiliary(end);
  if (handle == nullptr) return nullptr;
  const Handle parts = parseHandle(handle);
  if (parts.trace == nullptr) return nullptr;
  spawn_id = parts.spawn;
  setTrace(parts);
  nameOwnLibrary();
  removeEntries(startedImage(), end);
  return probeNames().trace;
}

bool wasReceived(adapters::Text name) {
  for (char** entry = stack.envp; entry != nullptr && *entry != nullptr; ++entry)
    if (std::size_t same = lengthOfSame(*entry, name); same == name.length && (*entry)[same] == '=') return true;
  return false;
}

void publishStart() {
  publishHello();
  publishEnvironment(trace::Purpose::received, 0, stack.envp, Residency{});  // nothing is spread yet
  isCode(program_entry);  // publishes the program's own file
  if (exportsGetenv(program_headers, program_header_count))
    publishNote("own-getenv", "the program brings its own getenv: its reads are not seen");
  spreadValues(stack.envp);
  publishWindows(spreadValue(0), false);
  watchFirstTouches();
}

}  // namespace envleak::preload
