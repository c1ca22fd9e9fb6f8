// getenv and its siblings: answered here, as libc does it, because before the constructors nothing else can be called.
#include "runtime-probe/preload/reads.h"

#include "runtime-probe/preload/bytes.h"
#include "runtime-probe/preload/call_site.h"
#include "runtime-probe/preload/channel.h"
#include "runtime-probe/preload/environment.h"
#include "runtime-probe/preload/machine.h"
#include "runtime-probe/preload/process.h"
#include "runtime-probe/preload/script.h"

#include <sys/auxv.h>

namespace envleak::preload {
namespace {

using trace::ReadApi;

constexpr char searched[] = "PATH";
std::uint64_t libc_start, libc_end;
bool search_noted;

std::uint64_t keyOf(const NameKey& name, std::uint64_t place) {
  const std::uint64_t hash = name.hash ^ place * 0x9E3779B97F4A7C15;
  return hash == 0 ? 1 : hash;
}

// One place of the interpreter is many of the script.
std::uint64_t placeOf(const Caller& from) { return from.return_address ^ placeInScript() * 0xD6E8FEB86659FD93; }

void addToRecord(std::uint64_t offset, std::uint64_t reads) {
  if (offset == noRecord || reads == 0) return;
  auto* record = reinterpret_cast<trace::ReadRecord*>(reinterpret_cast<char*>(traceHeader()) + offset);
  __atomic_fetch_add(&record->count, reads, __ATOMIC_RELAXED);
}

void drainEarly(ReadSlot& slot, std::uint64_t offset) {
  addToRecord(offset, __atomic_exchange_n(&slot.early, 0, __ATOMIC_ACQ_REL));
}

void countAgain(ReadSlot& slot) {
  std::uint64_t offset = __atomic_load_n(&slot.record, __ATOMIC_ACQUIRE);
  if (__builtin_expect(offset != 0, 1)) return addToRecord(offset, 1);
  // Its first read is just being published, perhaps by the very thread that this signal handler interrupted.
  __atomic_fetch_add(&slot.early, 1, __ATOMIC_ACQ_REL);
  offset = __atomic_load_n(&slot.record, __ATOMIC_ACQUIRE);
  if (offset != 0) drainEarly(slot, offset);
}

__attribute__((noinline)) std::uint64_t publishRead(ReadApi api, const char* name, bool set,
                                                    const Caller& from) {
  const StackCapture capture(from, readWindow);
  const std::uint64_t script = publishScript();
  const std::size_t length = lengthOf(name);
  RecordWriter record(trace::RecordKind::read, sizeof(trace::ReadRecord), length + capture.space());
  if (!record) return noRecord;
  auto* body = record.body<trace::ReadRecord>();
  body->api = api;
  body->set = set;
  body->count = 1;
  body->script = script;
  capture.fill(record, &body->site);
  body->name = record.append(name, length);
  record.publish();
  return record.offset();
}

// `publish` gives the offset of the record it made for the first of equal reads.
template <typename Publish>
ENVLEAK_INLINE void countRead(std::uint64_t key, Publish publish) {
  const auto note = [&](ReadSlot* slots, std::size_t count, std::size_t farthest) {
    for (std::size_t i = 0; i < farthest; ++i) {
      ReadSlot& slot = slots[(key + i) % count];
      std::uint64_t found = __atomic_load_n(&slot.key, __ATOMIC_RELAXED);
      if (found == 0 &&
          __atomic_compare_exchange_n(&slot.key, &found, key, false, __ATOMIC_ACQ_REL, __ATOMIC_RELAXED)) {
        const std::uint64_t offset = publish();
        __atomic_store_n(&slot.record, offset, __ATOMIC_RELEASE);
        drainEarly(slot, offset);
        return true;
      }
      if (found == key) {
        countAgain(slot);
        return true;
      }
    }
    return false;
  };
  if (note(tables()->first_reads, firstReadSlots, 8) || note(tables()->more_reads, moreReadSlots, 32)) return;
  publish();  // the tables are full here: every read is a record of its own
}

ENVLEAK_INLINE void noteRead(ReadApi api, const char* name, const NameKey& name_key, bool set, const Caller& from) {
  countRead(keyOf(name_key, placeOf(from)), [&] { return publishRead(api, name, set, from); });
}

std::uint64_t publishAccess(ReadApi api, const adapters::Access& access) {
  const std::uint64_t script = publishScript();
  const std::size_t via_length = lengthOf(access.api);
  RecordWriter record(trace::RecordKind::read, sizeof(trace::ReadRecord), access.name.length + via_length);
  if (!record) return noRecord;
  auto* body = record.body<trace::ReadRecord>();
  body->api = api;
  body->set = access.set;
  body->count = 1;
  body->script = script;
  body->name = record.append(access.name.data, access.name.length);
  body->via = record.append(access.api, via_length);
  record.publish();
  return record.offset();
}

ENVLEAK_INLINE char* read(ReadApi api, const char* name, const Caller& from) {
  const NameKey key = keyOfName(name);
  char* value = valueOf(name, key);
  if (observing() && !isWithheld(name)) noteRead(api, name, key, value != nullptr, from);
  return value;
}

}  // namespace

char* readOfLibc(const char* name) {
  const Caller from = caller();
  // The search itself, of which the place in the program is known.
  if (__atomic_load_n(&search_noted, __ATOMIC_RELAXED) && from.return_address >= libc_start &&
      from.return_address < libc_end && sameText(name, searched))
    return valueOf(name);
  return read(ReadApi::getenv, name, from);
}

void noteAccess(const adapters::Access& access) {
  const NameKey name = keyOfBytes(access.name.data, access.name.length);
  const std::uint64_t place = access.place ^ reinterpret_cast<std::uint64_t>(access.api);
  countRead(keyOf(name, place), [&] { return publishAccess(ReadApi::by_script, access); });
}

void noteCopy(const char* api, std::uint64_t place) {
  countRead(keyOf({}, place ^ reinterpret_cast<std::uint64_t>(api)),
            [&] { return publishAccess(ReadApi::all_by_script, {{nullptr, 0}, api, place, true}); });
}

void setLibcRange(std::uint64_t start, std::uint64_t end) {
  libc_start = start;
  libc_end = end;
}

void noteSearch(const Caller& from) {
  const NameKey key = keyOfName(searched);
  noteRead(ReadApi::getenv, searched, key, valueOf(searched, key) != nullptr, from);
  __atomic_store_n(&search_noted, true, __ATOMIC_RELAXED);
}

}  // namespace envleak::preload

using namespace envleak::preload;
using envleak::trace::ReadApi;

ENVLEAK_EXPORT char* getenv(const char* name) {
  const Caller from = caller();
  return read(ReadApi::getenv, name, from);
}

ENVLEAK_EXPORT char* secure_getenv(const char* name) {
  const Caller from = caller();
  if (getauxval(AT_SECURE) == 0) return read(ReadApi::secure_getenv, name, from);
  if (observing()) noteRead(ReadApi::secure_getenv, name, keyOfName(name), false, from);
  return nullptr;
}

ENVLEAK_EXPORT char* __secure_getenv(const char* name) {
  const Caller from = caller();
  if (getauxval(AT_SECURE) == 0) return read(ReadApi::secure_getenv, name, from);
  if (observing()) noteRead(ReadApi::secure_getenv, name, keyOfName(name), false, from);
  return nullptr;
}
