#include "runtime-probe/preload/channel.h"

#include "runtime-probe/preload/bytes.h"
#include "runtime-probe/preload/limits.h"
#include "runtime-probe/preload/machine.h"
#include "runtime-probe/preload/pages.h"
#include "runtime-probe/preload/process.h"

#include <linux/fcntl.h>
#include <linux/mman.h>
#include <linux/time.h>

namespace envleak::preload {
namespace {

trace::TraceHeader* mapped;
std::uint64_t capacity;
bool module_dropped;

// False is counted where the disk is to blame.
bool hasRoom(trace::TraceHeader* header, std::uint64_t end) {
  if (end > capacity) end = capacity;
  if (__builtin_expect(isBacked(header, end), 1)) return true;
  if (sandboxed()) return false;
  if (backPages(header, capacity, end)) return true;
  __atomic_fetch_add(&header->without_room, 1, __ATOMIC_RELAXED);
  return false;
}

// Every mapping would set the time of the last access anew; only the owner may have it left alone.
long openTrace(const char* path) {
  constexpr int flags = O_RDWR | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK;
  const long descriptor = systemCall(SYS_openat, AT_FDCWD, path, flags | O_NOATIME);
  return failed(descriptor) ? systemCall(SYS_openat, AT_FDCWD, path, flags) : descriptor;
}

// Of this version, and still recorded. Read, not mapped: what is not such a trace must not be touched.
bool isOpenTrace(long descriptor, long size) {
  alignas(trace::TraceHeader) char start[offsetof(trace::TraceHeader, backed)];
  if (systemCall(SYS_pread64, descriptor, start, sizeof start, 0) != sizeof start) return false;
  const auto* header = reinterpret_cast<const trace::TraceHeader*>(start);
  return size > static_cast<long>(trace::firstRecordOffset) &&
         sameBytes(header->magic, trace::fileMagic, sizeof header->magic) && header->version == trace::formatVersion &&
         header->capacity == static_cast<std::uint64_t>(size) && header->finished == 0;
}

}  // namespace

bool attachTrace(const char* path) {
  const long descriptor = openTrace(path);
  if (failed(descriptor)) return false;
  const long size = systemCall(SYS_lseek, descriptor, 0, 2 /* SEEK_END */);
  long address = -1;
  // A program whose address space is limited must not run out of it because of the trace.
  constexpr std::uint64_t leave = 8;
  if (!failed(size) && softLimit(addressSpaceLimit) / leave > static_cast<std::uint64_t>(size) && isOpenTrace(descriptor, size))
    address = systemCall(SYS_mmap, 0, size, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
  systemCall(SYS_close, descriptor);
  if (failed(address)) return false;
  auto* header = reinterpret_cast<trace::TraceHeader*>(address);
  // A core dump of the program keeps its size.
  systemCall(SYS_madvise, address, size, MADV_DONTDUMP);
  // The first touch is a write: one page fault instead of two.
  __asm__ volatile("lock addq $0, %0" : "+m"(header->used));
  capacity = static_cast<std::uint64_t>(size);
  __atomic_store_n(&mapped, header, __ATOMIC_RELEASE);
  return true;
}

trace::TraceHeader* traceHeader() { return __atomic_load_n(&mapped, __ATOMIC_ACQUIRE); }

void provideForSandbox() {
  constexpr std::uint64_t enough = 1 << 20;
  trace::TraceHeader* header = traceHeader();
  if (header != nullptr) backPages(header, capacity, __atomic_load_n(&header->used, __ATOMIC_RELAXED) + enough);
}

RecordWriter::RecordWriter(trace::RecordKind kind, std::size_t fixed, std::size_t variable) : kind_(kind) {
  trace::TraceHeader* header = traceHeader();
  if (header == nullptr) return;
  const std::size_t size = roundUp(fixed + variable, trace::recordAlignment);
  const std::uint64_t used = __atomic_load_n(&header->used, __ATOMIC_RELAXED);
  const bool fits = size < capacity && used <= capacity && hasRoom(header, used + size);
  const std::uint64_t offset = fits ? __atomic_fetch_add(&header->used, size, __ATOMIC_RELAXED) : capacity;
  // Another writer may have claimed what there was room for.
  if (offset < trace::firstRecordOffset || offset % trace::recordAlignment != 0 || offset + size > capacity ||
      !hasRoom(header, offset + size)) {
    // A module is tried again with each call that comes from it: once says it.
    if (kind != trace::RecordKind::module_map || !__atomic_exchange_n(&module_dropped, true, __ATOMIC_RELAXED))
      __atomic_fetch_add(&header->dropped, 1, __ATOMIC_RELAXED);
    return;
  }
  base_ = reinterpret_cast<char*>(header) + offset;
  offset_ = offset;
  next_ = fixed;
  const std::uint64_t start = static_cast<std::uint64_t>(size) << 32 | trace::recordMagic;
  __atomic_store_n(reinterpret_cast<std::uint64_t*>(base_), start, __ATOMIC_RELAXED);
  auto* record = body<trace::RecordHeader>();
  record->pid = processId();
  record->tid = threadId();
}

trace::Bytes RecordWriter::append(const void* data, std::size_t length) {
  char* place = reserve(length, 1);
  copyBytes(place, data, length);
  return {offsetOf(place), static_cast<std::uint32_t>(length)};
}

char* RecordWriter::reserve(std::size_t length, std::size_t alignment) {
  next_ = roundUp(next_, alignment);
  char* place = base_ + next_;
  next_ += length;
  return place;
}

void RecordWriter::stampTime() {
  __kernel_timespec now{};
  if (!sandboxed() && systemCall(SYS_clock_gettime, 1 /* CLOCK_MONOTONIC */, &now) == 0)
    body<trace::RecordHeader>()->time_ns =
        static_cast<std::uint64_t>(now.tv_sec) * 1000000000U + static_cast<std::uint64_t>(now.tv_nsec);
}

void RecordWriter::publish() {
  __atomic_store_n(&body<trace::RecordHeader>()->kind, static_cast<std::uint32_t>(kind_), __ATOMIC_RELEASE);
}

void publishNote(const char* kind, const char* detail) {
  const std::size_t kind_length = lengthOf(kind), detail_length = lengthOf(detail);
  RecordWriter record(trace::RecordKind::note, sizeof(trace::NoteRecord), kind_length + detail_length);
  if (!record) return;
  record.body<trace::NoteRecord>()->kind = record.append(kind, kind_length);
  record.body<trace::NoteRecord>()->detail = record.append(detail, detail_length);
  record.publish();
}

}  // namespace envleak::preload
