// system, popen and wordexp run /bin/sh with libc's own `environ`.
#include "runtime-probe/preload/spawn_calls.h"

using namespace envleak::preload;
using envleak::trace::SpawnApi;

ENVLEAK_EXPORT int system(const char* command) {
  const Caller from = caller();
  if (command == nullptr) return real().system(command);  // only asks whether there is a shell
  return runShell(
      SpawnApi::system, from, command, [&] { return real().system(command); }, [](int result) { return result == -1; });
}

ENVLEAK_EXPORT _IO_FILE* popen(const char* command, const char* mode) {
  const Caller from = caller();
  return runShell(
      SpawnApi::popen, from, command, [&] { return real().popen(command, mode); },
      [](const _IO_FILE* result) { return result == nullptr; });
}

ENVLEAK_EXPORT int wordexp(const char* words, void* result, int flags) {
  const Caller from = caller();
  constexpr int no_commands = 4;  // WRDE_NOCMD
  bool runs = false;
  for (const char* at = words; *at != '\0'; ++at) runs = runs || *at == '`' || (at[0] == '$' && at[1] == '(');
  if (!runs || (flags & no_commands) != 0) return real().wordexp(words, result, flags);
  return runShell(
      SpawnApi::wordexp, from, words, [&] { return real().wordexp(words, result, flags); }, [](int) { return false; });
}
