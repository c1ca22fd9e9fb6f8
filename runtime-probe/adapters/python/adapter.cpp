// CPython 3.11 copies the environment into a dictionary when its built-in module posix is initialised; os.environ and
// os.environb are views of that dictionary. The module is given one more step of initialisation, in which the dictionary
// is put under watch: no Python code has run with it then.
#include "runtime-probe/adapters/python/calls.h"
#include "runtime-probe/adapters/python/environ.h"
#include "runtime-probe/adapters/python/interpreter.h"

namespace envleak::python {

const adapters::Host* host = nullptr;

namespace {

using Initialiser = PyObject* (*)();
Initialiser initialisePosix = nullptr;

char version[16];  // "3.11.2"

void putVersion() {
  char* to = version;
  const auto number = [&to](unsigned long value) {
    if (value >= 10) *to++ = static_cast<char>('0' + value / 10 % 10);
    *to++ = static_cast<char>('0' + value % 10);
  };
  number(Py_Version >> 24 & 0xFF);
  *to++ = '.';
  number(Py_Version >> 16 & 0xFF);
  *to++ = '.';
  number(Py_Version >> 8 & 0xFF);
  *to = '\0';
}

int watchModule(PyObject* module) {
  if (watchEnviron(module)) host->covers(version);
  else host->note("adapter-mismatch", "the adapter does not know this Python's posix.environ");
  return 0;
}

// The module's own steps and ours.
constexpr int mostSteps = 8;
PyModuleDef_Slot steps[mostSteps];

PyObject* initialise() {
  PyObject* made = initialisePosix();
  if (made == nullptr || Py_TYPE(made) != &PyModuleDef_Type) return made;
  auto* definition = reinterpret_cast<PyModuleDef*>(made);
  if (definition->m_slots == steps || definition->m_slots == nullptr) return made;
  int count = 0;
  for (const PyModuleDef_Slot* step = definition->m_slots; step->slot != 0; ++step) {
    if (count + 2 == mostSteps) return made;
    steps[count++] = *step;
  }
  steps[count++] = {Py_mod_exec, reinterpret_cast<void*>(&watchModule)};
  steps[count] = {0, nullptr};
  definition->m_slots = steps;
  return made;
}

bool replaceInitialiser() {
  for (_inittab* entry = PyImport_Inittab; entry != nullptr && entry->name != nullptr; ++entry) {
    if (__builtin_strcmp(entry->name, "posix") != 0) continue;
    initialisePosix = entry->initfunc;
    entry->initfunc = &initialise;
    return true;
  }
  return false;
}

// All that is used; null where the interpreter does not have it.
bool complete() {
  const void* const used[] = {
      &PyBytes_Type, &PyCFunction_Type, reinterpret_cast<void*>(&PyCode_Addr2Line), reinterpret_cast<void*>(&PyDict_Copy),
      reinterpret_cast<void*>(&PyDict_DelItem), reinterpret_cast<void*>(&PyDict_GetItemString),
      reinterpret_cast<void*>(&PyDict_Next), &PyDict_Type, reinterpret_cast<void*>(&PyErr_Clear), reinterpret_cast<void*>(&PyGILState_GetThisThreadState), &PyImport_Inittab,
      reinterpret_cast<void*>(&PyLong_FromVoidPtr), &PyModuleDef_Type, reinterpret_cast<void*>(&PyModule_GetDict),
      reinterpret_cast<void*>(&PyObject_Call), reinterpret_cast<void*>(&PyType_Ready),
      reinterpret_cast<void*>(&Py_BuildValue), reinterpret_cast<void*>(&_PyThreadState_UncheckedGet),
      reinterpret_cast<void*>(&_Py_Dealloc)};
  for (const void* one : used)
    if (one == nullptr) return false;
  return true;
}

constexpr adapters::Adapter adapter = {adapters::interfaceVersion, "Python", &frames, &place};

}  // namespace
}  // namespace envleak::python

extern "C" const envleak::adapters::Adapter* envleak_adapter(const envleak::adapters::Host* from) {
  using namespace envleak::python;
  host = from;
  // Py_Version came with 3.11.
  if (&Py_Version == nullptr || Py_Version >> 16 != PY_VERSION_HEX >> 16) {
    host->note("adapter-version", "this Python is not 3.11, for which the adapter was built");
    return nullptr;
  }
  if (&_Py_RefTotal != nullptr || !complete()) {
    host->note("adapter-version", "this Python is built in a way that the adapter does not know");
    return nullptr;
  }
  putVersion();
  if (!replaceInitialiser()) host->note("adapter-version", "this Python has no built-in module posix");
  return &adapter;
}
