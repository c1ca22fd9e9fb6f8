// setenv, putenv, unsetenv, clearenv: libc does the work, the record adds the line.
#include "runtime-probe/preload/writes.h"

#include "runtime-probe/preload/bytes.h"
#include "runtime-probe/preload/call_site.h"
#include "runtime-probe/preload/channel.h"
#include "runtime-probe/preload/environment.h"
#include "runtime-probe/preload/machine.h"
#include "runtime-probe/preload/names.h"
#include "runtime-probe/preload/process.h"
#include "runtime-probe/preload/real.h"
#include "runtime-probe/preload/script.h"
#include "runtime-probe/preload/siphash.h"

namespace envleak::preload {
namespace {

using trace::WriteApi;

__attribute__((noinline)) void publishWrite(WriteApi api, const char* name, std::size_t name_length, const char* value,
                                            const Caller& from) {
  const StackCapture capture(from, readWindow);
  const std::uint64_t script = publishScript();
  RecordWriter record(trace::RecordKind::write, sizeof(trace::WriteRecord), name_length + capture.space());
  if (!record) return;
  auto* body = record.body<trace::WriteRecord>();
  body->api = api;
  if (value != nullptr) body->hash = sipHash(probeNames().key, value, lengthOf(value));
  body->script = script;
  capture.fill(record, &body->site);
  body->name = record.append(name, name_length);
  record.publish();
}

WriteApi apiOf(adapters::ChangeKind kind) {
  switch (kind) {
    case adapters::ChangeKind::unset:
      return WriteApi::unset_by_script;
    case adapters::ChangeKind::clear:
      return WriteApi::clear_by_script;
    case adapters::ChangeKind::set:
      break;
  }
  return WriteApi::set_by_script;
}

bool isName(const char* name) { return name != nullptr && *name != '\0' && findByte(name, '=') == nullptr; }

}  // namespace

void noteChange(const adapters::Change& change) {
  const std::uint64_t script = publishScript();
  const std::size_t via_length = lengthOf(change.api);
  RecordWriter record(trace::RecordKind::write, sizeof(trace::WriteRecord), change.name.length + via_length);
  if (!record) return;
  auto* body = record.body<trace::WriteRecord>();
  body->api = apiOf(change.kind);
  if (change.kind == adapters::ChangeKind::set)
    body->hash = sipHash(probeNames().key, change.value.data, change.value.length);
  body->script = script;
  body->name = record.append(change.name.data, change.name.length);
  body->via = record.append(change.api, via_length);
  record.publish();
}

}  // namespace envleak::preload

using namespace envleak::preload;

// Published before libc acts, so that a spawn in another thread cannot come between; a call that libc refuses is no
// write.
ENVLEAK_EXPORT int setenv(const char* name, const char* value, int overwrite) {
  const Caller from = caller();
  if (isName(name) && value != nullptr && observing() && (overwrite != 0 || valueOf(name) == nullptr))
    publishWrite(WriteApi::setenv, name, lengthOf(name), value, from);
  return real().setenv(name, value, overwrite);
}

ENVLEAK_EXPORT int putenv(char* entry) {
  const Caller from = caller();
  if (entry != nullptr && *entry != '=' && *entry != '\0' && observing()) {
    const char* equals = findByte(entry, '=');
    const std::size_t length = equals == nullptr ? lengthOf(entry) : static_cast<std::size_t>(equals - entry);
    publishWrite(WriteApi::putenv, entry, length, equals == nullptr ? nullptr : equals + 1, from);
  }
  return real().putenv(entry);
}

ENVLEAK_EXPORT int unsetenv(const char* name) {
  const Caller from = caller();
  if (isName(name) && observing()) publishWrite(WriteApi::unsetenv, name, lengthOf(name), nullptr, from);
  return real().unsetenv(name);
}

ENVLEAK_EXPORT int clearenv() {
  const Caller from = caller();
  if (observing()) publishWrite(WriteApi::clearenv, "", 0, nullptr, from);
  return real().clearenv();
}
