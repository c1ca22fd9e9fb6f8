// libc's own execve, posix_spawn, system and their like led to the probe's, by a jump in their first bytes, for callers
// that find them past the search order: dlsym in libc, a library loaded with RTLD_DEEPBIND. A page of libc costs 9 us
// to change, in each process, so that it is done when the program first asks the loader for something of that kind.
// Left alone where getenv is (inline_patch.h), and once there are threads, which may stand in the very bytes.
#pragma once

namespace envleak::preload {

// The program may be about to call libc's functions past the interposed ones. Where they cannot be led: a blind spot.
void expectLibcSpawns();

}  // namespace envleak::preload
