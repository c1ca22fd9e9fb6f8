// Giving the probe to a program that was started by one without it (a static shell, an execve that passes by libc):
// while it is stopped after its exec, two entries are added behind those of its environment, where the probe would have
// put them. They are not in /proc/PID/environ, and the program never sees them either: its probe takes them away again.
#pragma once

#include "runtime-probe/preload/inject.h"
#include "runtime-probe/preload/target.h"

#include <string>

namespace envleak::probe {

// `environment`: what it was given, as NUL-terminated strings. False, and nothing done, where the probe cannot or must
// not be there.
bool injectLate(int pid, const std::string& environment, const preload::Target& target,
                const preload::ProbeNames& names);

}  // namespace envleak::probe
