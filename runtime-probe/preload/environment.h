// Environments: the one that the program has, without the probe's entries, and how one is published.
#pragma once

#include "runtime-probe/preload/name_key.h"
#include "runtime-probe/preload/real.h"
#include "runtime-probe/preload/residency.h"
#include "runtime-probe/trace/format.h"

namespace envleak::preload {

// libc's `environ`; before libc has set it, the kernel's array. May be null.
char** currentEnvironment();
void setKernelEnvironment(char** environment);

// The value as getenv(3) gives it.
char* valueOf(const char* name);
char* valueOf(const char* name, const NameKey& key);  // of that name

// Entries that the probe put there are left out. `now` says which of those received may have been changed.
void publishEnvironment(trace::Purpose purpose, std::uint32_t spawn, Strings environment, const Residency& now);

}  // namespace envleak::preload
