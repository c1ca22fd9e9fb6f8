// libc's own getenv led to the probe's, by a jump in its first bytes: so are seen, with their caller, the reads that
// libc makes itself (setlocale, tzset, execvp's PATH, getopt's POSIXLY_CORRECT) and those of callers that found libc's
// function past the search order (dlsym in libc, RTLD_DEEPBIND). Left alone under sanitizers and seccomp filters, with
// another libc than glibc, and where the kernel or a security module refuses to have code changed: what the interposed
// functions and the residency of values tell remains.
#pragma once

#include <cstdint>

namespace envleak::preload {

struct Code {
  unsigned char* start;  // null: there is no such function
  std::uint64_t size;
};

// A function of libc's, from where a jump may be put.
Code codeToLead(const char* name);
// Puts it there. To be called while nobody can stand in these bytes. False: the code may not be changed.
bool leadTo(const Code& function, const void* target);
enum class LeaveCode { no, sanitizer, filter, other_libc };
LeaveCode reasonToLeaveCode();

// To be called once, in the constructor, before the program has threads.
void patchGetenv();

}  // namespace envleak::preload
