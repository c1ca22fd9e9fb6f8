// The calls in progress on this thread, read from the interpreter's memory as it lies: without references, locks or
// memory of one's own.
#pragma once

#include "runtime-probe/adapters/python/interpreter.h"

namespace envleak::python {

// The script's calls, innermost first. The library's functions by which it asks or spawns (os.getenv, subprocess.run)
// and the import system are left out, unless there is nothing else.
std::size_t frames(adapters::Frame* to, std::size_t most);
std::uint64_t place();

// What an access to the interpreter's copy of the environment is for, by the library's functions that lead to it.
enum class Purpose {
  byName,   // a value, or whether there is one
  whole,    // one of all that a loop or a copy takes
  handOn,   // for the environment of a process about to be started
  removal,  // os.environ.clear(), which takes names to remove them
  proxies,  // urllib's look through all variables for those whose names end in "_proxy"
};
struct Access {
  Purpose purpose = Purpose::byName;
  const char* api = "posix.environ";  // without a function of the library between the script and the dictionary
  const _PyInterpreterFrame* caller = nullptr;  // the script's innermost call, and where it is
  const _Py_CODEUNIT* instruction = nullptr;

  std::uint64_t place() const;
};
// With the interpreter's lock.
Access currentAccess();

// While an Access is told: whose calls frames() and place() are asked for, which may be a sub-interpreter's.
class Telling {
 public:
  Telling();
  ~Telling();
  Telling(const Telling&) = delete;
  Telling& operator=(const Telling&) = delete;
};

}  // namespace envleak::python
