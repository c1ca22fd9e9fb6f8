// What /proc says about this process's environment.
#pragma once

namespace envleak::preload {

// Makes /proc/PID/environ end before `end`, a string in the area where the kernel laid out the environment. Needs no
// privilege; without effect where the kernel does not offer it.
void cutProcEnviron(const char* end);

}  // namespace envleak::preload
