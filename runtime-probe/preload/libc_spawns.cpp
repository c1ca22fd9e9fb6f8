#include "runtime-probe/preload/libc_spawns.h"

#include "runtime-probe/preload/channel.h"
#include "runtime-probe/preload/inline_patch.h"
#include "runtime-probe/preload/moved_code.h"
#include "runtime-probe/preload/process.h"
#include "runtime-probe/preload/spawn_calls.h"

#include <linux/mman.h>

extern "C" __attribute__((weak)) char __libc_single_threaded;

namespace envleak::preload {
namespace {

using trace::SpawnApi;

std::uint32_t attempted;
RealFunctions own;  // of libc: what its functions do without the jump

int execveOfLibc(const char* path, Strings arguments, Strings environment) {
  const Caller from = caller();
  if (SpawnInProgress::any()) return own.execve(path, arguments, environment);
  return execute({SpawnApi::execve, from, path, arguments, environment},
                 [&](Strings changed) { return own.execve(path, arguments, changed); });
}

int fexecveOfLibc(int descriptor, Strings arguments, Strings environment) {
  const Caller from = caller();
  if (SpawnInProgress::any()) return own.fexecve(descriptor, arguments, environment);
  return execute({SpawnApi::fexecve, from, "", arguments, environment, descriptor},
                 [&](Strings changed) { return own.fexecve(descriptor, arguments, changed); });
}

int execveatOfLibc(int directory, const char* path, Strings arguments, Strings environment, int flags) {
  const Caller from = caller();
  if (SpawnInProgress::any()) return own.execveat(directory, path, arguments, environment, flags);
  return execute({SpawnApi::execveat, from, path, arguments, environment, directory},
                 [&](Strings changed) { return own.execveat(directory, path, arguments, changed, flags); });
}

int posixSpawnOfLibc(int* pid, const char* path, const void* actions, const void* attributes, Strings arguments,
                     Strings environment) {
  const Caller from = caller();
  if (SpawnInProgress::any()) return own.posix_spawn(pid, path, actions, attributes, arguments, environment);
  return spawn(SpawnApi::posix_spawn, from, own.posix_spawn, pid, path, actions, attributes, arguments, environment,
               false);
}

int posixSpawnpOfLibc(int* pid, const char* name, const void* actions, const void* attributes, Strings arguments,
                      Strings environment) {
  const Caller from = caller();
  if (SpawnInProgress::any()) return own.posix_spawnp(pid, name, actions, attributes, arguments, environment);
  return spawn(SpawnApi::posix_spawnp, from, own.posix_spawnp, pid, name, actions, attributes, arguments, environment,
               true);
}

int systemOfLibc(const char* command) {
  const Caller from = caller();
  if (command == nullptr) {  // only asks whether there is a shell
    const SpawnInProgress in_progress(SpawnInProgress::Runs::in_child);
    return own.system(command);
  }
  if (SpawnInProgress::any()) return own.system(command);
  return runShell(
      SpawnApi::system, from, command, [&] { return own.system(command); }, [](int result) { return result == -1; });
}

_IO_FILE* popenOfLibc(const char* command, const char* mode) {
  const Caller from = caller();
  if (SpawnInProgress::any()) return own.popen(command, mode);
  return runShell(
      SpawnApi::popen, from, command, [&] { return own.popen(command, mode); },
      [](const _IO_FILE* result) { return result == nullptr; });
}

// What starts programs in libc ends in the first of them; the others know the place in the program.
struct Led {
  const char* name;
  const void* target;
  void** own;
};
const Led functions[] = {
    {"execve", reinterpret_cast<const void*>(&execveOfLibc), reinterpret_cast<void**>(&own.execve)},
    {"fexecve", reinterpret_cast<const void*>(&fexecveOfLibc), reinterpret_cast<void**>(&own.fexecve)},
    {"execveat", reinterpret_cast<const void*>(&execveatOfLibc), reinterpret_cast<void**>(&own.execveat)},
    {"posix_spawn", reinterpret_cast<const void*>(&posixSpawnOfLibc), reinterpret_cast<void**>(&own.posix_spawn)},
    {"posix_spawnp", reinterpret_cast<const void*>(&posixSpawnpOfLibc), reinterpret_cast<void**>(&own.posix_spawnp)},
    {"system", reinterpret_cast<const void*>(&systemOfLibc), reinterpret_cast<void**>(&own.system)},
    {"popen", reinterpret_cast<const void*>(&popenOfLibc), reinterpret_cast<void**>(&own.popen)},
};
constexpr std::size_t functionCount = sizeof functions / sizeof *functions;
constexpr std::size_t pageSize = 4096;
static_assert(functionCount * movedCodeSize <= pageSize);

#define ENVLEAK_UNSEEN "programs that it starts past the probe's functions are not seen: "

// Null: all is led.
const char* lead() {
  switch (reasonToLeaveCode()) {
    case LeaveCode::sanitizer:
      return ENVLEAK_UNSEEN "it has a sanitizer";
    case LeaveCode::filter:
      return ENVLEAK_UNSEEN "a seccomp filter is in force";
    case LeaveCode::other_libc:
      return ENVLEAK_UNSEEN "its libc is not glibc";
    case LeaveCode::no:
      break;
  }
  if (&__libc_single_threaded == nullptr || __libc_single_threaded == 0) return ENVLEAK_UNSEEN "it has threads";
  Code code[functionCount];
  for (std::size_t i = 0; i < functionCount; ++i) code[i] = codeToLead(functions[i].name);
  const long memory = systemCall(SYS_mmap, 0, pageSize, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (failed(memory)) return ENVLEAK_UNSEEN "there is no memory";
  auto* moved = reinterpret_cast<unsigned char*>(memory);
  bool known[functionCount];
  for (std::size_t i = 0; i < functionCount; ++i) {
    known[i] = code[i].size >= jumpSize && moveCode(code[i].start, moved + i * movedCodeSize);
    *functions[i].own = moved + i * movedCodeSize;
  }
  if (!known[0]) return ENVLEAK_UNSEEN "libc's code is not as the probe knows it";
  if (failed(systemCall(SYS_mprotect, memory, pageSize, PROT_READ | PROT_EXEC)))
    return ENVLEAK_UNSEEN "no code may be added";
  for (std::size_t i = 0; i < functionCount; ++i)
    if (known[i] && !leadTo(code[i], functions[i].target) && i == 0)
      return ENVLEAK_UNSEEN "libc's code may not be changed";
  return nullptr;
}

}  // namespace

void expectLibcSpawns() {
  if (__atomic_load_n(&attempted, __ATOMIC_RELAXED) != 0 || !observing() || inVforkChild()) return;
  if (__atomic_exchange_n(&attempted, 1, __ATOMIC_ACQ_REL) != 0) return;
  if (const char* why = lead()) publishNote("libc-spawns", why);
}

}  // namespace envleak::preload
