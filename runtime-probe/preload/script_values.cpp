#include "runtime-probe/preload/script_values.h"

#include "runtime-probe/preload/bytes.h"
#include "runtime-probe/preload/name_key.h"
#include "runtime-probe/preload/process.h"
#include "runtime-probe/preload/spread.h"

namespace envleak::preload {
namespace {

char* first;

bool isEntry(const char* entry, const Received& place, adapters::Text name, adapters::Text value) {
  if (place.name_length != name.length || !sameBytes(entry, name.data, name.length)) return false;
  entry += name.length + 1;
  for (std::size_t i = 0; i < value.length; ++i)
    if (entry[i] != value.data[i] || entry[i] == '\0') return false;
  return entry[value.length] == '\0';
}

}  // namespace

char* scriptValues() { return __atomic_load_n(&first, __ATOMIC_ACQUIRE); }

bool makeScriptWindows() {
  if (scriptValues() == nullptr && observing() && !sandboxed())
    if (char* made = mapValuesAgain()) __atomic_store_n(&first, made + window, __ATOMIC_RELEASE);
  return scriptValues() != nullptr;
}

char* scriptWindow(adapters::Text name, adapters::Text value) {
  char* values = scriptValues();
  if (values == nullptr) return nullptr;
  const std::uint64_t hash = keyOfBytes(name.data, name.length).hash;
  for (std::size_t at = nextNamed(hash, 0); at < knownEntries(); at = nextNamed(hash, at + 1)) {
    const std::size_t i = windowAt(at);
    // The string as the kernel made it: nothing is looked at by this.
    if (i < spreadCount() && isEntry(spreadAt(i).original, spreadAt(i), name, value)) return values + i * stride;
  }
  return nullptr;
}

}  // namespace envleak::preload
