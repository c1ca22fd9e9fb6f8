#include "runtime-probe/preload/names.h"

#include "runtime-probe/preload/bytes.h"
#include "runtime-probe/trace/format.h"

#include <dlfcn.h>

namespace envleak::preload {
namespace {

char library[2048];
char trace_path[4096];
std::uint8_t key[trace::keySize];
ProbeNames names{library, trace_path, key};

void keep(const char* text, char* to, std::size_t size) {
  const std::size_t length = lengthOf(text);
  if (length < size) copyBytes(to, text, length + 1);
}

unsigned digit(char text) { return static_cast<unsigned>(text <= '9' ? text - '0' : text - 'a' + 10); }

}  // namespace

const ProbeNames& probeNames() { return names; }

void setTrace(const Handle& handle) {
  keep(handle.trace, trace_path, sizeof trace_path);
  for (std::size_t i = 0; i < sizeof key; ++i)
    key[i] = static_cast<std::uint8_t>(digit(handle.key[2 * i]) << 4 | digit(handle.key[2 * i + 1]));
}

void nameOwnLibrary() {
  Dl_info info;
  if (dladdr(library, &info) != 0 && info.dli_fname != nullptr) keep(info.dli_fname, library, sizeof library);
}

}  // namespace envleak::preload
