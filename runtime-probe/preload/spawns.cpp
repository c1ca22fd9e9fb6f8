// The exec family, posix_spawn and the raw system call. Calls within libc bypass the interposed functions, so each
// has its own.
#include "runtime-probe/preload/config_files.h"
#include "runtime-probe/preload/environment.h"
#include "runtime-probe/preload/exits.h"
#include "runtime-probe/preload/machine.h"
#include "runtime-probe/preload/process.h"
#include "runtime-probe/preload/residency.h"
#include "runtime-probe/preload/spawn_calls.h"

#include <stdarg.h>

namespace envleak::preload {
namespace {

using trace::SpawnApi;

int executePath(SpawnApi api, const Caller& from, const char* path, Strings arguments, Strings environment) {
  return execute({api, from, path, arguments, environment},
                 [&](Strings changed) { return real().execve(path, arguments, changed); });
}

int executeName(SpawnApi api, const Caller& from, const char* name, Strings arguments, Strings environment) {
  SpawnCall call{api, from, name, arguments, environment};
  call.searches = true;
  return execute(call, [&](Strings changed) { return real().execvpe(name, arguments, changed); });
}

constexpr long openat2 = 437;

void noteOpening(int directory, long path, long descriptor) {
  const auto* text = reinterpret_cast<const char*>(path);
  if (descriptor < 0) return;
  const FileKind kind = kindOf(text);
  if (kind != FileKind::other && observing()) noteOpened(kind, directory, text, static_cast<int>(descriptor));
}

// What was looked at until now can be told now only.
void enterSandbox() {
  if (observing() && !sandboxed() && !inVforkChild()) {
    publishTouched(Account::soFar);
    provideForSandbox();
  }
  setSandboxed(true);
}

// The arguments of an execl function, which end with a null pointer. `list` is left behind it.
std::size_t countArguments(va_list list) {
  std::size_t count = 1;
  while (va_arg(list, char*) != nullptr) ++count;
  return count;
}

}  // namespace
}  // namespace envleak::preload

using namespace envleak::preload;
using envleak::trace::SpawnApi;

ENVLEAK_EXPORT int execve(const char* path, Strings arguments, Strings environment) {
  const Caller from = caller();
  return executePath(SpawnApi::execve, from, path, arguments, environment);
}

ENVLEAK_EXPORT int execv(const char* path, Strings arguments) {
  const Caller from = caller();
  return executePath(SpawnApi::execv, from, path, arguments, currentEnvironment());
}

ENVLEAK_EXPORT int execvp(const char* name, Strings arguments) {
  const Caller from = caller();
  return executeName(SpawnApi::execvp, from, name, arguments, currentEnvironment());
}

ENVLEAK_EXPORT int execvpe(const char* name, Strings arguments, Strings environment) {
  const Caller from = caller();
  return executeName(SpawnApi::execvpe, from, name, arguments, environment);
}

// Collects the variable arguments into an array on the stack, as libc does it.
#define ENVLEAK_COLLECT(array, first, after)                                         \
  va_list list;                                                                      \
  va_start(list, first);                                                             \
  const std::size_t count = countArguments(list);                                    \
  va_end(list);                                                                      \
  auto** array = static_cast<char**>(__builtin_alloca((count + 1) * sizeof(char*))); \
  va_start(list, first);                                                             \
  array[0] = const_cast<char*>(first);                                               \
  for (std::size_t i = 1; i <= count; ++i) array[i] = va_arg(list, char*);           \
  after;                                                                             \
  va_end(list)

ENVLEAK_EXPORT int execl(const char* path, const char* argument, ...) {
  const Caller from = caller();
  ENVLEAK_COLLECT(arguments, argument, (void)0);
  return executePath(SpawnApi::execl, from, path, arguments, currentEnvironment());
}

ENVLEAK_EXPORT int execlp(const char* name, const char* argument, ...) {
  const Caller from = caller();
  ENVLEAK_COLLECT(arguments, argument, (void)0);
  return executeName(SpawnApi::execlp, from, name, arguments, currentEnvironment());
}

ENVLEAK_EXPORT int execle(const char* path, const char* argument, ...) {
  const Caller from = caller();
  Strings environment;
  ENVLEAK_COLLECT(arguments, argument, environment = va_arg(list, Strings));
  return executePath(SpawnApi::execle, from, path, arguments, environment);
}

ENVLEAK_EXPORT int fexecve(int descriptor, Strings arguments, Strings environment) {
  const Caller from = caller();
  return execute({SpawnApi::fexecve, from, "", arguments, environment, descriptor},
                 [&](Strings changed) { return real().fexecve(descriptor, arguments, changed); });
}

ENVLEAK_EXPORT int execveat(int directory, const char* path, Strings arguments, Strings environment, int flags) {
  const Caller from = caller();
  return execute({SpawnApi::execveat, from, path, arguments, environment, directory}, [&](Strings changed) {
    if (real().execveat != nullptr) return real().execveat(directory, path, arguments, changed, flags);
    return static_cast<int>(real().syscall(SYS_execveat, directory, reinterpret_cast<long>(path),
                                           reinterpret_cast<long>(arguments), reinterpret_cast<long>(changed), flags,
                                           0));
  });
}

ENVLEAK_EXPORT int posix_spawn(int* pid, const char* path, const void* actions, const void* attributes,
                               Strings arguments, Strings environment) {
  const Caller from = caller();
  return spawn(SpawnApi::posix_spawn, from, real().posix_spawn, pid, path, actions, attributes, arguments, environment,
               false);
}

ENVLEAK_EXPORT int posix_spawnp(int* pid, const char* name, const void* actions, const void* attributes,
                                Strings arguments, Strings environment) {
  const Caller from = caller();
  return spawn(SpawnApi::posix_spawnp, from, real().posix_spawnp, pid, name, actions, attributes, arguments,
               environment, true);
}

ENVLEAK_EXPORT long syscall(long number, ...) {
  const Caller from = caller();
  va_list list;
  va_start(list, number);
  long a[6];
  for (long& argument : a) argument = va_arg(list, long);
  va_end(list);
  const auto strings = [](long argument) { return reinterpret_cast<Strings>(argument); };
  if (number == SYS_execve)
    return execute({SpawnApi::syscall_execve, from, reinterpret_cast<const char*>(a[0]), strings(a[1]), strings(a[2])},
                   [&](Strings changed) {
                     return static_cast<int>(
                         real().syscall(number, a[0], a[1], reinterpret_cast<long>(changed), a[3], a[4], a[5]));
                   });
  if (number == SYS_execveat)
    return execute({SpawnApi::syscall_execveat, from, reinterpret_cast<const char*>(a[1]), strings(a[2]), strings(a[3]),
                    static_cast<int>(a[0])},
                   [&](Strings changed) {
                     return static_cast<int>(
                         real().syscall(number, a[0], a[1], a[2], reinterpret_cast<long>(changed), a[4], a[5]));
                   });
  if (number == SYS_exit_group) publishExit(static_cast<int>(a[0]));
  constexpr long set_strict = 0, set_filter = 1;
  const bool restricts = number == SYS_seccomp && (a[0] == set_strict || a[0] == set_filter);
  const bool before = sandboxed();
  if (restricts) enterSandbox();
  const long result = real().syscall(number, a[0], a[1], a[2], a[3], a[4], a[5]);
  if (restricts && result < 0) setSandboxed(before);
  const int error = errorNumber();
  if (number == SYS_open) noteOpening(currentDirectory, a[0], result);
  if (number == SYS_openat || number == openat2) noteOpening(static_cast<int>(a[0]), a[1], result);
  errorNumber() = error;
  return result;
}

ENVLEAK_EXPORT int prctl(int option, ...) {
  va_list list;
  va_start(list, option);
  unsigned long a[4];
  for (unsigned long& argument : a) argument = va_arg(list, unsigned long);
  va_end(list);
  constexpr int set_seccomp = 22;
  const bool before = sandboxed();
  if (option == set_seccomp) enterSandbox();
  const int result = real().prctl(option, a[0], a[1], a[2], a[3]);
  if (option == set_seccomp && result != 0) setSandboxed(before);
  return result;
}
