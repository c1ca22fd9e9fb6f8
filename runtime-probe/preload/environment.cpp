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

char* valueOf(const char* name) {
  char** environment = currentEnvironment();
  if (environment == nullptr || *name == '\0') return nullptr;
  const std::size_t length = lengthOf(name);
  const std::uint64_t start = startOfName(name, length);
  const bool may_be_ours = name[0] == 'L' || name[0] == 'E';
  for (; *environment != nullptr; ++environment) {
    char* entry = *environment;
    // The name as it was received lies in a page that is there already.
    if (const std::size_t index = spreadIndexOf(entry); index < spreadCount()) {
      const Spread& received = spreadAt(index);
      if (received.start != start || received.name_length != length || !sameBytes(received.original, name, length))
        continue;
    }
    if (sameBytes(entry, name, length) && entry[length] == '=' && !(may_be_ours && isProbeEntry(entry, probeNames())))
      return entry + length + 1;
  }
  return nullptr;
}

void publishEnvironment(trace::Purpose purpose, std::uint32_t spawn, Strings environment) {
  const trace::TraceHeader* header = traceHeader();
  if (header == nullptr) return;
  const bool values = (header->flags & trace::keepValues) != 0;
  const Residency now = askResidency();
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
