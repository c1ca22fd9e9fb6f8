// Opens a language adapter, and is what it talks to.
#include "runtime-probe/preload/bytes.h"
#include "runtime-probe/preload/channel.h"
#include "runtime-probe/preload/elf_symbols.h"
#include "runtime-probe/preload/names.h"
#include "runtime-probe/preload/process.h"
#include "runtime-probe/preload/reads.h"
#include "runtime-probe/preload/script.h"
#include "runtime-probe/preload/script_values.h"
#include "runtime-probe/preload/spawn.h"
#include "runtime-probe/preload/start.h"
#include "runtime-probe/preload/writes.h"

#include <dlfcn.h>
#include <link.h>

#pragma weak _r_debug

namespace envleak::preload {
namespace {

// A language's interpreter is known by what it exports: the executable itself does, or a library of such a name.
struct Language {
  const char* adapter;
  const char* marker;
  const char* library;
};
constexpr Language languages[] = {
    {"php", "zend_get_executed_lineno", "libphp"},
    {"python", "PyEval_GetFrame", "libpython3"},
    {"perl", "Perl_mess", "libperl"},
    {"ruby", "rb_source_location_cstr", "libruby"},
    {"node", "node_module_register", "libnode"},
    {"bash", "executing_line_number", "libbash"},
};

const char* baseName(const char* path) {
  const char* base = path;
  for (; *path != '\0'; ++path)
    if (*path == '/') base = path + 1;
  return base;
}

const Language* languageOfProgram() {
  if (&_r_debug == nullptr) return nullptr;
  bool program = true;
  for (const link_map* map = _r_debug.r_map; map != nullptr; map = map->l_next, program = false)
    for (const Language& language : languages)
      if ((program || startsWith(baseName(map->l_name), language.library)) && map->l_ld != nullptr &&
          findDefinition(map->l_ld, map->l_addr, language.marker) != nullptr)
        return &language;
  return nullptr;
}

// Beside the preload library. False: it does not fit.
bool pathOf(const Language& language, char* to, std::size_t size) {
  const char* library = probeNames().library;
  const char* base = baseName(library);
  const auto folder = static_cast<std::size_t>(base - library);
  constexpr char start[] = "adapters/libenvleak-";
  const std::size_t name = lengthOf(language.adapter);
  if (folder + sizeof start + name + 4 > size) return false;
  copyBytes(to, library, folder);
  copyBytes(to + folder, start, sizeof start - 1);
  copyBytes(to + folder + sizeof start - 1, language.adapter, name);
  copyBytes(to + folder + sizeof start - 1 + name, ".so", 4);
  return true;
}

const adapters::Adapter* opened;  // in use or not

void publishAdapter(const char* version, bool covers) {
  const std::size_t language_length = lengthOf(opened->language), version_length = lengthOf(version);
  RecordWriter record(trace::RecordKind::adapter, sizeof(trace::AdapterRecord), language_length + version_length);
  if (!record) return;
  auto* body = record.body<trace::AdapterRecord>();
  body->covers = covers;
  body->language = record.append(opened->language, language_length);
  body->version = record.append(version, version_length);
  record.publish();
}

const char* covered_version;

bool ready() { return observing() && adapter != nullptr; }

void read(const adapters::Access& access) {
  if (ready()) noteAccess(access);
}

void write(const adapters::Change& change) {
  if (ready()) noteChange(change);
}

// An adapter may know that from its start, before its language is known here.
void covers(const char* version) {
  if (ready())
    publishAdapter(version, true);
  else
    covered_version = version;
}

void copied(const char* api, std::uint64_t place) {
  if (ready()) noteCopy(api, place);
}

void note(const char* kind, const char* detail) {
  if (observing()) publishNote(kind, detail);
}

constexpr adapters::Host host{adapters::interfaceVersion, read, write, covers, copied, note, wasReceived,
                              makeScriptWindows, scriptWindow};

}  // namespace

void openAdapter() {
  // Opening makes system calls that a filter may not allow.
  if (sandboxed() || startedFiltered()) return;
  const Language* language = languageOfProgram();
  char path[4096];
  if (language == nullptr || !pathOf(*language, path, sizeof path)) return;
  if (systemCall(SYS_access, path, 4 /* R_OK */) != 0) return;
  const int error_before = errorNumber();
  void* library = dlopen(path, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
  void* entry = library == nullptr ? nullptr : dlsym(library, "envleak_adapter");
  if (entry == nullptr) {
    dlerror();  // the program must not find an error that it did not make
    publishNote("adapter", "the adapter of its language could not be loaded");
  } else {
    const adapters::Adapter* found = reinterpret_cast<decltype(&envleak_adapter)>(entry)(&host);
    if (found != nullptr && found->version == adapters::interfaceVersion) {
      opened = found;
      __atomic_store_n(&adapter, found, __ATOMIC_RELEASE);
      publishAdapter(covered_version == nullptr ? "" : covered_version, covered_version != nullptr);
    }
  }
  errorNumber() = error_before;
}

}  // namespace envleak::preload
