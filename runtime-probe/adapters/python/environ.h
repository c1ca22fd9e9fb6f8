// The interpreter's copy of the environment: the dictionary posix.environ, on which os.environ and os.environb stand.
#pragma once

#include "runtime-probe/adapters/python/interpreter.h"

namespace envleak::python {

// From now on accesses to `module`'s environ are told. The dictionary stays the same object with the same contents; it
// gets a type of its own, a kind of dict that differs in nothing else. False: not as expected, nothing was changed.
bool watchEnviron(PyObject* module);

}  // namespace envleak::python
