#include "runtime-probe/adapters/python/calls.h"

#include <pthread.h>

#include "runtime-probe/adapters/python/texts.h"

namespace envleak::python {
namespace {

using adapters::Text;
using Call = _PyInterpreterFrame;

PyThreadState* telling = nullptr;

// This thread's calls, whether or not it has the interpreter's lock: no other thread changes them.
const Call* innermost() {
  PyThreadState* thread = __atomic_load_n(&telling, __ATOMIC_RELAXED);
  if (thread == nullptr || thread->thread_id != pthread_self()) thread = PyGILState_GetThisThreadState();
  return thread == nullptr || thread->cframe == nullptr ? nullptr : thread->cframe->current_frame;
}

// `call`, or the first outside of it, that has begun.
const Call* begun(const Call* call) {
  while (call != nullptr && _PyFrame_IsIncomplete(const_cast<Call*>(call))) call = call->previous;
  return call;
}

enum class Part {
  script,
  access,  // by which scripts ask for variables and start programs
  frozen,  // others without a file of their own
  import,
};

Part partOf(Text file) {
  if (starts(file, "<frozen ")) {
    if (is(file, "<frozen os>") || is(file, "<frozen _collections_abc>") || is(file, "<frozen posixpath>"))
      return Part::access;
    return starts(file, "<frozen importlib") || is(file, "<frozen zipimport>") ? Part::import : Part::frozen;
  }
  // Not frozen with -X frozen_modules=off, save subprocess, which never is.
  constexpr Text folder = literal("/python3.11/");
  std::size_t base = file.length;
  while (base > 0 && file.data[base - 1] != '/') --base;
  if (base < folder.length || !same({file.data + base - folder.length, folder.length}, folder)) return Part::script;
  const Text name = {file.data + base, file.length - base};
  const bool access = is(name, "subprocess.py") || is(name, "os.py") || is(name, "_collections_abc.py") ||
                      is(name, "posixpath.py");
  return access ? Part::access : Part::script;
}

// The innermost call to be shown, and whether the script's alone are.
struct Shown {
  const Call* call;
  bool scriptOnly;
};

Shown shownFrom(const Call* call) {
  const Call* otherwise = nullptr;
  Room room;
  for (call = begun(call); call != nullptr; call = begun(call->previous)) {
    const Part part = partOf(room.text(call->f_code->co_filename));
    if (part == Part::script) return {call, true};
    if (part == Part::frozen && otherwise == nullptr) otherwise = call;
  }
  return {otherwise, false};
}

class Hash {
 public:
  void add(Text text) {
    std::size_t i = 0;
    for (; i + 8 <= text.length; i += 8) {
      std::uint64_t word;
      __builtin_memcpy(&word, text.data + i, 8);
      add(word);
    }
    std::uint64_t rest = text.length;
    for (; i < text.length; ++i) rest = rest << 8 | static_cast<unsigned char>(text.data[i]);
    add(rest);
  }
  void add(std::uint64_t word) {
    value_ = (value_ ^ word) * 0x9E3779B97F4A7C15;
    value_ ^= value_ >> 29;
  }
  std::uint64_t value() const { return value_; }

 private:
  std::uint64_t value_ = 0xCBF29CE484222325;
};

std::uint32_t lineOf(const Call* call) {
  const int at = _PyInterpreterFrame_LASTI(call) * static_cast<int>(sizeof(_Py_CODEUNIT));
  const int line = PyCode_Addr2Line(call->f_code, at);
  return line > 0 ? static_cast<std::uint32_t>(line) : 0;
}

// By what the code is, not where it lies: code that was freed gives its place to other code. A call that the
// interpreter has made faster, after some executions, is another place; finding its line would take longer than all else.
std::uint64_t placeOf(const Call* call) {
  if (call == nullptr) return 0;
  Room room;
  Hash hash;
  hash.add(room.text(call->f_code->co_filename));
  hash.add(room.text(call->f_code->co_qualname));
  hash.add(static_cast<std::uint64_t>(call->f_code->co_firstlineno) << 32 |
           static_cast<std::uint32_t>(_PyInterpreterFrame_LASTI(call)));
  return hash.value() == 0 ? 1 : hash.value();
}

// Notes what the library's function `function` says of an access that it leads to.
void consider(Access& access, Text function, const Call* call) {
  struct Known {
    Text function;
    const char* api;
    bool whole;
  };
  static constexpr Known known[] = {
      {literal("getenv"), "os.getenv", false},
      {literal("getenvb"), "os.getenvb", false},
      {literal("get_exec_path"), "os.get_exec_path", false},
      {literal("expandvars"), "os.path.expandvars", false},
      {literal("_Environ.copy"), "os.environ.copy", true},
      {literal("_Environ.__or__"), "os.environ", true},
      {literal("_Environ.__ror__"), "os.environ", true},
      {literal("_Environ.__repr__"), "os.environ", true},
      {literal("_Environ.__iter__"), "os.environ", true},
      {literal("KeysView.__iter__"), "os.environ", true},
      {literal("ItemsView.__iter__"), "os.environ.items", true},
      {literal("ValuesView.__iter__"), "os.environ.values", true},
      {literal("Mapping.__eq__"), "os.environ", true},
      {literal("MutableMapping.update"), "os.environ", true},
  };
  if (is(function, "_Environ.__getitem__")) {
    PyObject* key = call->localsplus[1];
    access.api = key != nullptr && PyBytes_Check(key) ? "os.environb" : "os.environ";
    return;
  }
  if (is(function, "MutableMapping.clear")) access.purpose = Purpose::removal;
  if (is(function, "Popen._execute_child") && access.purpose == Purpose::whole) access.purpose = Purpose::handOn;
  for (const Known& one : known) {
    if (!same(one.function, function)) continue;
    access.api = one.api;
    if (one.whole && access.purpose == Purpose::byName) access.purpose = Purpose::whole;
  }
}

bool looksForProxies(const Call* call) {
  Room room;
  return call != nullptr && is(room.text(call->f_code->co_qualname), "getproxies_environment") &&
         ends(room.text(call->f_code->co_filename), "/python3.11/urllib/request.py");
}

}  // namespace

std::size_t frames(adapters::Frame* to, std::size_t most) {
  const Shown shown = shownFrom(innermost());
  Room room;
  std::size_t count = 0;
  for (const Call* call = shown.call; call != nullptr && count < most; call = begun(call->previous)) {
    const Text file = room.text(call->f_code->co_filename);
    const Part part = partOf(file);
    if (part == Part::import || (part == Part::frozen && shown.scriptOnly)) continue;
    const Text function = room.text(call->f_code->co_qualname);
    to[count++] = {file, is(function, "<module>") ? Text{"", 0} : function, lineOf(call)};
  }
  return count;
}

std::uint64_t place() { return placeOf(shownFrom(innermost()).call); }

Access currentAccess() {
  Access access;
  const PyThreadState* thread = _PyThreadState_UncheckedGet();
  const Call* call = thread == nullptr || thread->cframe == nullptr ? nullptr : begun(thread->cframe->current_frame);
  Room room;
  for (; call != nullptr; call = begun(call->previous)) {
    if (partOf(room.text(call->f_code->co_filename)) != Part::access) break;
    consider(access, room.text(call->f_code->co_qualname), call);
  }
  if (access.purpose == Purpose::whole && looksForProxies(call)) access.purpose = Purpose::proxies;
  access.caller = shownFrom(call).call;
  if (access.caller != nullptr) access.instruction = access.caller->prev_instr;
  return access;
}

std::uint64_t Access::place() const { return placeOf(caller); }

Telling::Telling() { __atomic_store_n(&telling, _PyThreadState_UncheckedGet(), __ATOMIC_RELAXED); }
Telling::~Telling() { __atomic_store_n(&telling, nullptr, __ATOMIC_RELAXED); }

}  // namespace envleak::python
