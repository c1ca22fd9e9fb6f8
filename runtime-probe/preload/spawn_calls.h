// A call that starts a program, around the function that does it: announced, with the probe for the child, and with its
// result.
#pragma once

#include "runtime-probe/preload/bytes.h"
#include "runtime-probe/preload/environment.h"
#include "runtime-probe/preload/spawn.h"
#include "runtime-probe/preload/spawn_progress.h"
#include "runtime-probe/preload/swap.h"

namespace envleak::preload {

// For functions that only return to say why they failed.
template <typename Execute>
int execute(const SpawnCall& call, Execute function) {
  Announced spawn = announce(call);
  const SpawnInProgress in_progress(SpawnInProgress::Runs::here);
  const int result = launch(call, spawn, function, [](int answer) { return answer == -1 ? errorNumber() : 0; });
  const int error = errorNumber();
  publishResult(spawn, error, 0);
  errorNumber() = error;
  return result;
}

template <typename Function>
int spawn(trace::SpawnApi api, const Caller& from, Function function, int* pid, const char* program,
          const void* actions, const void* attributes, Strings arguments, Strings environment, bool searches) {
  SpawnCall call{api, from, program, arguments, environment};
  call.searches = searches;
  const int error_before = errorNumber();
  Announced announced = announce(call);
  const SpawnInProgress in_progress(SpawnInProgress::Runs::in_child);
  int child = 0;
  errorNumber() = error_before;
  const int result = launch(
      call, announced,
      [&](Strings changed) { return function(&child, program, actions, attributes, arguments, changed); },
      [](int answer) { return answer; });
  if (result == 0 && pid != nullptr) *pid = child;
  publishResult(announced, result, result == 0 ? child : 0);
  return result;
}

// For system, popen and wordexp, which run /bin/sh with libc's own `environ`.
template <typename Run, typename Failed>
auto runShell(trace::SpawnApi api, const Caller& from, const char* command, Run run, Failed has_failed) {
  SpawnCall call{api, from, command, nullptr, currentEnvironment()};
  call.executed = "/bin/sh";
  const int error_before = errorNumber();
  Announced spawn = announce(call);
  errorNumber() = error_before;
  const SpawnInProgress in_progress(SpawnInProgress::Runs::in_child);
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

}  // namespace envleak::preload
