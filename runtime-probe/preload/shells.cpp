// system, popen and wordexp run /bin/sh with libc's own `environ`.
#include "runtime-probe/preload/bytes.h"
#include "runtime-probe/preload/environment.h"
#include "runtime-probe/preload/spawn.h"
#include "runtime-probe/preload/swap.h"

namespace envleak::preload {
namespace {

using trace::SpawnApi;

template <typename Run, typename Failed>
auto runShell(SpawnApi api, const Caller& from, const char* command, Run run, Failed has_failed) {
  SpawnCall call{api, from, command, nullptr, currentEnvironment()};
  call.executed = "/bin/sh";
  const int error_before = errorNumber();
  Announced spawn = announce(call);
  errorNumber() = error_before;
  decltype(run()) result;
  if (spawn.published) {
    const EnvironmentSwap swap(spawn.injected, spawn.id, spawn.first);
    if (!swap.active()) withdraw(spawn);
    result = run();
  } else {
    result = run();
  }
  const int error = errorNumber();
  publishResult(spawn, has_failed(result) ? error : 0, 0);
  errorNumber() = error;
  return result;
}

}  // namespace
}  // namespace envleak::preload

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
