#include "runtime-probe/preload/real.h"

#include <dlfcn.h>

namespace envleak::preload {
namespace {

RealFunctions functions;
bool resolved;

template <typename Function>
void resolve(Function& function, const char* name, bool& missing) {
  void* address = dlsym(RTLD_NEXT, name);
  if (address == nullptr) missing = true;
  __atomic_store_n(&function, reinterpret_cast<Function>(address), __ATOMIC_RELAXED);
}

// Two threads may do this at once: both store the same.
void resolveAll() {
  bool missing = false;
  resolve(functions.setenv, "setenv", missing);
  resolve(functions.putenv, "putenv", missing);
  resolve(functions.unsetenv, "unsetenv", missing);
  resolve(functions.clearenv, "clearenv", missing);
  resolve(functions.fork, "fork", missing);
  resolve(functions._Fork, "_Fork", missing);
  resolve(functions.execv, "execv", missing);
  resolve(functions.execve, "execve", missing);
  resolve(functions.execvp, "execvp", missing);
  resolve(functions.execvpe, "execvpe", missing);
  resolve(functions.fexecve, "fexecve", missing);
  resolve(functions.execveat, "execveat", missing);
  resolve(functions.posix_spawn, "posix_spawn", missing);
  resolve(functions.posix_spawnp, "posix_spawnp", missing);
  resolve(functions.system, "system", missing);
  resolve(functions.popen, "popen", missing);
  resolve(functions.wordexp, "wordexp", missing);
  resolve(functions.syscall, "syscall", missing);
  resolve(functions.open, "open", missing);
  resolve(functions.open64, "open64", missing);
  resolve(functions.openat, "openat", missing);
  resolve(functions.openat64, "openat64", missing);
  resolve(functions.open_2, "__open_2", missing);
  resolve(functions.open64_2, "__open64_2", missing);
  resolve(functions.openat_2, "__openat_2", missing);
  resolve(functions.openat64_2, "__openat64_2", missing);
  resolve(functions.fopen, "fopen", missing);
  resolve(functions.fopen64, "fopen64", missing);
  resolve(functions.creat, "creat", missing);
  resolve(functions.creat64, "creat64", missing);
  resolve(functions.rename, "rename", missing);
  resolve(functions.renameat, "renameat", missing);
  resolve(functions.renameat2, "renameat2", missing);
  resolve(functions._exit, "_exit", missing);
  resolve(functions._Exit, "_Exit", missing);
  // Called early: that of a sanitizer in the program is not ready then.
  resolve(functions.on_exit, "on_exit", missing);
  resolve(functions.prctl, "prctl", missing);
  if (missing) dlerror();  // the program must not find an error that it did not make
  __atomic_store_n(&resolved, true, __ATOMIC_RELEASE);
}

}  // namespace

const RealFunctions& real() {
  if (!__atomic_load_n(&resolved, __ATOMIC_ACQUIRE)) resolveAll();
  return functions;
}

}  // namespace envleak::preload
