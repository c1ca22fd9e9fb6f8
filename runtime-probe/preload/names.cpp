#include "runtime-probe/preload/names.h"

#include "runtime-probe/preload/bytes.h"

#include <dlfcn.h>

namespace envleak::preload {
namespace {

char library[2048];
char trace_path[4096];
ProbeNames names{library, trace_path};

void keep(const char* text, char* to, std::size_t size) {
  const std::size_t length = lengthOf(text);
  if (length < size) copyBytes(to, text, length + 1);
}

}  // namespace

const ProbeNames& probeNames() { return names; }

void setTraceName(const char* path) { keep(path, trace_path, sizeof trace_path); }

void nameOwnLibrary() {
  Dl_info info;
  if (dladdr(library, &info) != 0 && info.dli_fname != nullptr) keep(info.dli_fname, library, sizeof library);
}

}  // namespace envleak::preload
