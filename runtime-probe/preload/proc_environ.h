// What /proc says about this process's environment.
#pragma once

#include <cstdint>

namespace envleak::preload {

// Where the kernel put this image, as far as its start tells.
struct StartedImage {
  std::uint64_t stack = 0;  // of argc; 0: not known
  long argc = 0;
  char** argv = nullptr;
  char** envp = nullptr;  // with all that was received
  std::uint64_t program_headers = 0, program_header_count = 0;
  bool by_interpreter = false;  // the kernel loaded the program itself, and the loader for it
  bool untouched_heap = false;  // nothing has moved the break yet
};

// Makes /proc/PID/environ end before `end`, a string in the area where the kernel laid out the environment. Needs no
// privilege; without effect where the kernel does not offer it.
void cutProcEnviron(const StartedImage& image, const char* end);

}  // namespace envleak::preload
