#include "runtime-probe/adapters/python/environ.h"

#include "runtime-probe/adapters/python/calls.h"

namespace envleak::python {
namespace {

PyTypeObject environType;  // what dict's slots do, told
PyMappingMethods mapping;
PySequenceMethods sequence;
PyNumberMethods number;

// --- What is told ---------------------------------------------------------------------------------------------------

// The last access to all variables. Those that follow from the same place (dict(os.environ) takes the names, then value
// by value) belong to it.
struct Whole {
  const _PyInterpreterFrame* caller;
  const _Py_CODEUNIT* instruction;
};
Whole last;

// The thread that is in a function which takes the whole environment for the program that it starts.
PyThreadState* handingOn = nullptr;

bool handsOn() { return handingOn != nullptr && handingOn == _PyThreadState_UncheckedGet(); }

bool namesProxy(adapters::Text name) {
  constexpr char wanted[] = "_proxy";
  constexpr std::size_t length = sizeof wanted - 1;
  if (name.length < length) return false;
  for (std::size_t i = 0; i < length; ++i) {
    const char letter = name.data[name.length - length + i];
    if ((letter >= 'A' && letter <= 'Z' ? letter - 'A' + 'a' : letter) != wanted[i]) return false;
  }
  return true;
}

void tellProxies(PyObject* environ, const Access& access) {
  PyObject* key;
  for (Py_ssize_t at = 0; PyDict_Next(environ, &at, &key, nullptr) != 0;) {
    if (!PyBytes_Check(key)) continue;
    const adapters::Text name = {PyBytes_AS_STRING(key), static_cast<std::size_t>(PyBytes_GET_SIZE(key))};
    if (namesProxy(name)) host->read({name, access.api, access.place(), true});
  }
}

void tellWhole(PyObject* environ) {
  if (handsOn()) return;
  const Access access = currentAccess();
  if (access.purpose == Purpose::handOn || access.purpose == Purpose::removal) return;
  last = {access.caller, access.instruction};
  const Telling telling;
  if (access.purpose == Purpose::proxies)
    tellProxies(environ, access);
  else
    host->copied(access.api, access.place());
}

void tellName(PyObject* key, bool set) {
  if (!PyBytes_Check(key) || handsOn()) return;
  const Access access = currentAccess();
  if (access.purpose != Purpose::byName) return;
  if (access.caller == last.caller && access.instruction == last.instruction) return;
  last = {};
  const Telling telling;
  host->read({{PyBytes_AS_STRING(key), static_cast<std::size_t>(PyBytes_GET_SIZE(key))}, access.api, access.place(), set});
}

// --- The type's slots -----------------------------------------------------------------------------------------------

PyObject* subscript(PyObject* self, PyObject* key) {
  PyObject* value = PyDict_Type.tp_as_mapping->mp_subscript(self, key);
  tellName(key, value != nullptr);
  return value;
}

int contains(PyObject* self, PyObject* key) {
  const int found = PyDict_Type.tp_as_sequence->sq_contains(self, key);
  tellName(key, found == 1);
  return found;
}

PyObject* iterate(PyObject* self) {
  tellWhole(self);
  return PyDict_Type.tp_iter(self);
}

PyObject* represent(PyObject* self) {
  tellWhole(self);
  return PyDict_Type.tp_repr(self);
}

PyObject* compare(PyObject* self, PyObject* other, int operation) {
  tellWhole(self);
  return PyDict_Type.tp_richcompare(self, other, operation);
}

PyObject* join(PyObject* left, PyObject* right) {
  tellWhole(left);
  return PyDict_Type.tp_as_number->nb_or(left, right);
}

// Objects made through the type are plain: there is but one environment.
PyObject* make(PyTypeObject*, PyObject* arguments, PyObject* named) {
  return PyObject_Call(reinterpret_cast<PyObject*>(&PyDict_Type), arguments, named);
}

PyObject* makeFast(PyObject*, PyObject* const* arguments, std::size_t count, PyObject* names) {
  return PyDict_Type.tp_vectorcall(reinterpret_cast<PyObject*>(&PyDict_Type), arguments, count, names);
}

PyObject* sayClass(PyObject*, void*) {
  Py_INCREF(&PyDict_Type);
  return reinterpret_cast<PyObject*>(&PyDict_Type);
}

// --- Its methods ----------------------------------------------------------------------------------------------------

using Fast = PyObject* (*)(PyObject*, PyObject* const*, Py_ssize_t);

struct Method {
  const char* name;
  int flags;
  PyCFunction ours;
  PyCFunction dicts;
};

extern Method methods[];

// The method of dict that stands at `methods[index]`.
template <int Index>
PyObject* byName(PyObject* self, PyObject* const* arguments, Py_ssize_t count) {
  bool set = false;
  if (count > 0 && PyBytes_Check(arguments[0])) set = PyDict_Type.tp_as_sequence->sq_contains(self, arguments[0]) == 1;
  PyObject* value =
      reinterpret_cast<Fast>(reinterpret_cast<void (*)()>(methods[Index].dicts))(self, arguments, count);
  if (count > 0) tellName(arguments[0], set);
  return value;
}

template <int Index>
PyObject* whole(PyObject* self, PyObject* none) {
  tellWhole(self);
  return methods[Index].dicts(self, none);
}

template <int Index>
PyCFunction byNameMethod() {
  return reinterpret_cast<PyCFunction>(reinterpret_cast<void (*)()>(&byName<Index>));
}

// Pickled and copied as the plain dict of its items.
PyObject* reduce(PyObject* self, PyObject*) {
  tellWhole(self);
  return Py_BuildValue("O(N)", &PyDict_Type, PyDict_Copy(self));
}

constexpr int noArguments = METH_NOARGS;
Method methods[] = {
    {"get", METH_FASTCALL, byNameMethod<0>(), nullptr},
    {"pop", METH_FASTCALL, byNameMethod<1>(), nullptr},
    {"setdefault", METH_FASTCALL, byNameMethod<2>(), nullptr},
    {"keys", noArguments, &whole<3>, nullptr},
    {"values", noArguments, &whole<4>, nullptr},
    {"items", noArguments, &whole<5>, nullptr},
    {"copy", noArguments, &whole<6>, nullptr},
    {"popitem", noArguments, &whole<7>, nullptr},
    {"__reversed__", noArguments, &whole<8>, nullptr},
};
constexpr int methodCount = sizeof methods / sizeof *methods;
PyMethodDef definitions[methodCount + 3];
PyGetSetDef attributes[] = {{"__class__", &sayClass, nullptr, nullptr, nullptr}, {nullptr, nullptr, nullptr, nullptr, nullptr}};

bool sameName(const char* a, const char* b) { return __builtin_strcmp(a, b) == 0; }

bool fillMethods() {
  int filled = 0;
  for (Method& method : methods)
    for (const PyMethodDef* dicts = PyDict_Type.tp_methods; dicts->ml_name != nullptr; ++dicts) {
      if (!sameName(dicts->ml_name, method.name) || dicts->ml_flags != method.flags) continue;
      method.dicts = dicts->ml_meth;
      definitions[filled] = *dicts;
      definitions[filled++].ml_meth = method.ours;
    }
  if (filled != methodCount) return false;
  definitions[filled++] = {"__reduce_ex__", &reduce, METH_O, nullptr};
  definitions[filled] = {"__reduce__", &reduce, METH_NOARGS, nullptr};
  return true;
}

// dict.__subclasses__() stays as it is.
void hideFromSubclasses() {
  PyObject* address = PyLong_FromVoidPtr(&environType);
  if (address == nullptr || PyDict_Type.tp_subclasses == nullptr ||
      PyDict_DelItem(reinterpret_cast<PyObject*>(PyDict_Type.tp_subclasses), address) != 0)
    PyErr_Clear();
  Py_XDECREF(address);
}

bool makeType() {
  if (environType.tp_name != nullptr) return true;
  if (!fillMethods()) return false;
  mapping = *PyDict_Type.tp_as_mapping;
  mapping.mp_subscript = &subscript;
  sequence = *PyDict_Type.tp_as_sequence;
  sequence.sq_contains = &contains;
  number = *PyDict_Type.tp_as_number;
  number.nb_or = &join;
  Py_SET_REFCNT(&environType, 1);
  environType.tp_base = &PyDict_Type;
  environType.tp_doc = PyDict_Type.tp_doc;
  environType.tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_IMMUTABLETYPE;
  environType.tp_as_mapping = &mapping;
  environType.tp_as_sequence = &sequence;
  environType.tp_as_number = &number;
  environType.tp_iter = &iterate;
  environType.tp_repr = &represent;
  environType.tp_richcompare = &compare;
  environType.tp_hash = PyDict_Type.tp_hash;
  environType.tp_new = &make;
  if (PyDict_Type.tp_vectorcall != nullptr) environType.tp_vectorcall = &makeFast;
  environType.tp_methods = definitions;
  environType.tp_getset = attributes;
  environType.tp_name = PyDict_Type.tp_name;
  if (PyType_Ready(&environType) != 0) {
    PyErr_Clear();
    environType.tp_name = nullptr;
    return false;
  }
  hideFromSubclasses();
  return true;
}

// --- Functions that take the environment for a program they start ---------------------------------------------------

using WithNames = PyObject* (*)(PyObject*, PyObject* const*, Py_ssize_t, PyObject*);
constexpr int handingCount = 3;
constexpr const char* handingNames[handingCount] = {"execve", "posix_spawn", "posix_spawnp"};
WithNames handingFunctions[handingCount];

template <int Index>
PyObject* handOn(PyObject* module, PyObject* const* arguments, Py_ssize_t count, PyObject* names) {
  PyThreadState* before = handingOn;
  handingOn = _PyThreadState_UncheckedGet();
  PyObject* result = handingFunctions[Index](module, arguments, count, names);
  handingOn = before;
  return result;
}

// The function objects stay as they are: what is replaced is the C function behind them.
void replaceHandingFunctions(PyObject* names) {
  static constexpr WithNames ours[handingCount] = {&handOn<0>, &handOn<1>, &handOn<2>};
  for (int i = 0; i < handingCount; ++i) {
    PyObject* function = PyDict_GetItemString(names, handingNames[i]);
    if (function == nullptr || Py_TYPE(function) != &PyCFunction_Type) continue;
    PyMethodDef* definition = reinterpret_cast<PyCFunctionObject*>(function)->m_ml;
    if (definition->ml_flags != (METH_FASTCALL | METH_KEYWORDS) || handingFunctions[i] != nullptr) continue;
    handingFunctions[i] = reinterpret_cast<WithNames>(reinterpret_cast<void (*)()>(definition->ml_meth));
    definition->ml_meth = reinterpret_cast<PyCFunction>(reinterpret_cast<void (*)()>(ours[i]));
  }
}

}  // namespace

bool watchEnviron(PyObject* module) {
  PyObject* names = PyModule_GetDict(module);
  PyObject* environ = names == nullptr ? nullptr : PyDict_GetItemString(names, "environ");
  if (environ == nullptr || Py_TYPE(environ) != &PyDict_Type || !makeType()) return false;
  replaceHandingFunctions(names);
  Py_SET_TYPE(environ, &environType);
  return true;
}

}  // namespace envleak::python
