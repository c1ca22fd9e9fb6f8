// The interpreter's headers, and what of it this library uses: as weak references, so that it can be opened anywhere.
#pragma once

#include <Python.h>

// The frames of calls in progress, which the public headers do not lay out.
#define Py_BUILD_CORE 1
#include <internal/pycore_frame.h>
#undef Py_BUILD_CORE

#include "runtime-probe/adapters/adapter.h"

extern "C" Py_ssize_t _Py_RefTotal;  // only where objects are laid out otherwise, to count references

#pragma weak PyBytes_Type
#pragma weak PyCFunction_Type
#pragma weak PyCode_Addr2Line
#pragma weak PyDict_Copy
#pragma weak PyDict_DelItem
#pragma weak PyDict_GetItemString
#pragma weak PyDict_Next
#pragma weak PyDict_Type
#pragma weak PyErr_Clear
#pragma weak PyGILState_GetThisThreadState
#pragma weak PyImport_Inittab
#pragma weak PyLong_FromVoidPtr
#pragma weak PyModuleDef_Type
#pragma weak PyModule_GetDict
#pragma weak PyObject_Call
#pragma weak Py_BuildValue
#pragma weak PyType_Ready
#pragma weak Py_Version
#pragma weak _PyThreadState_UncheckedGet
#pragma weak _Py_Dealloc
#pragma weak _Py_RefTotal

namespace envleak::python {

extern const adapters::Host* host;

}  // namespace envleak::python
