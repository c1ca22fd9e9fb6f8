#include "runtime-probe/preload/environment.h"

#include "runtime-probe/preload/bytes.h"
#include "runtime-probe/preload/channel.h"
#include "runtime-probe/preload/names.h"
#include "runtime-probe/preload/shape.h"
#include "runtime-probe/preload/siphash.h"
#include "runtime-probe/preload/spread.h"

extern "C" __attribute__((weak)) char** environ;

namespace envleak::preload {
namespace {

char** kernel_environment;

struct Entry {
  const char* name;
  std::size_t name_length;
  const char* value;  // null without '='
  std::size_t value_length;
};

Entry split(const char* text) {
  const char* equals = findByte(text, '=');
  if (equals == nullptr) return {text, lengthOf(text), nullptr, 0};
  return {text, static_cast<std::size_t>(equals - text), equals + 1, lengthOf(equals + 1)};
}

std::size_t spaceFor(const Entry& entry, bool values) {
  return roundUp(sizeof(trace::EnvironmentEntry) + entry.name_length + (values ? entry.value_length : 0), 8);
}

void putEntry(RecordWriter& record, const Entry& entry, bool values) {
  auto* to = reinterpret_cast<trace::EnvironmentEntry*>(record.reserve(sizeof(trace::EnvironmentEntry), 8));
  to->name_length = static_cast<std::uint32_t>(entry.name_length);
  to->value_length = 0xFFFFFFFF;
  to->has_equals = entry.value != nullptr;
  record.append(entry.name, entry.name_length);
  if (entry.value == nullptr) return;
  to->hash = sipHash(probeNames().key, entry.value, entry.value_length);
  to->shape = shapeOf(entry.value, entry.value_length);
  if (!values) return;
  to->value_length = static_cast<std::uint32_t>(entry.value_length);
  record.append(entry.value, entry.value_length);
}

}  // namespace

char** currentEnvironment() {
  if (&environ == nullptr) return kernel_environment;
  char** now = __atomic_load_n(&environ, __ATOMIC_ACQUIRE);
  return now;
}

void setKernelEnvironment(char** environment) { kernel_environment = environment; }

char* valueOf(const char* name, const NameKey& key) {
  char** environment = currentEnvironment();
  if (environment == nullptr || key.length == 0) return nullptr;
  const bool may_be_ours = name[0] == 'L' || name[0] == 'E';
  const std::size_t known = knownEntries();
  std::size_t named = key.has_equals ? 0 : nextNamed(key.hash, 0);
  for (std::size_t position = 0;; ++position) {
    if (named < position && position < known && !key.has_equals) named = nextNamed(key.hash, position);
    // Places that still have what was received there, under other names.
    const auto as_put = [&](std::size_t at) { return environment[at] == receivedTable.at[at].as_put; };
    while (position + 4 <= named && as_put(position) && as_put(position + 1) && as_put(position + 2) &&
           as_put(position + 3))
      position += 4;
    while (position < named && as_put(position)) ++position;
    char* entry = environment[position];
    if (entry == nullptr) return nullptr;
    // The name of a spread one, to be looked at, would take a page of its own.
    if (const std::size_t received = receivedPosition(entry);
        received != maxWindows && !key.has_equals && receivedTable.at[received].hash != key.hash)
      continue;
    if (sameBytes(entry, name, key.length) && entry[key.length] == '=' &&
        !(may_be_ours && isProbeEntry(entry, probeNames())))
      return entry + key.length + 1;
  }
}

char* valueOf(const char* name) { return valueOf(name, keyOfName(name)); }

void publishEnvironment(trace::Purpose purpose, std::uint32_t spawn, Strings environment, const Residency& now) {
  const trace::TraceHeader* header = traceHeader();
  if (header == nullptr) return;
  const bool values = (header->flags & trace::keepValues) != 0;
  std::size_t space = 0;
  if (environment != nullptr)
    for (Strings at = environment; *at != nullptr; ++at)
      if (!isProbeEntry(*at, probeNames())) space += spaceFor(split(unspread(*at, now)), values);
  RecordWriter record(trace::RecordKind::environment, sizeof(trace::EnvironmentRecord), space);
  if (!record) return;
  auto* body = record.body<trace::EnvironmentRecord>();
  body->purpose = purpose;
  body->spawn = spawn;
  // Another thread may have changed the environment since it was measured: never beyond what was claimed.
  if (environment != nullptr)
    for (Strings at = environment; *at != nullptr; ++at) {
      if (isProbeEntry(*at, probeNames())) continue;
      const Entry entry = split(unspread(*at, now));
      const std::size_t needed = spaceFor(entry, values);
      if (needed > space) break;
      space -= needed;
      putEntry(record, entry, values);
      ++body->count;
    }
  record.publish();
}

}  // namespace envleak::preload
