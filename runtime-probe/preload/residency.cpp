#include "runtime-probe/preload/residency.h"

#include "runtime-probe/preload/bytes.h"
#include "runtime-probe/preload/channel.h"
#include "runtime-probe/preload/first_touch.h"
#include "runtime-probe/preload/machine.h"
#include "runtime-probe/preload/process.h"
#include "runtime-probe/trace/loader_variables.h"

#include <linux/mman.h>

namespace envleak::preload {
namespace {

constexpr std::size_t window = 64 * 1024;   // what one page fault maps at most, aligned
constexpr std::size_t stride = 2 * window;  // end of the name's window, and the value's
constexpr std::size_t longestName = 4000;
constexpr std::size_t longestValue = 60 * 1024;

struct Spread {
  char* original;
  std::uint32_t name_length;
};
Spread spread[maxWindows];
std::size_t count;
char* first_value;  // of spread[0]; window-aligned
bool complete;      // every received variable is spread

char* valueAt(std::size_t i) { return first_value + i * stride; }
char* entryAt(std::size_t i) { return valueAt(i) - spread[i].name_length - 1; }

// The limit on address space is the program's to use up.
bool addressSpaceIsLimited() {
  struct {
    std::uint64_t soft, hard;
  } limit;
  constexpr int address_space = 9;  // RLIMIT_AS
  return failed(systemCall(SYS_prlimit64, 0, address_space, 0, &limit)) || limit.soft != ~std::uint64_t{0};
}

// No more is to be learnt of these.
bool isOfLoader(const char* entry) {
  for (const char* name : trace::loaderVariables)
    if (startsWith(entry, name) && entry[lengthOf(name)] == '=') return true;
  return false;
}

bool canSpread(const char* entry, std::size_t& name_length, std::size_t& length) {
  const char* equals = findByte(entry, '=');
  if (equals == nullptr || startsWith(entry, "LD_")) return false;
  name_length = static_cast<std::size_t>(equals - entry);
  length = name_length + 1 + lengthOf(equals + 1);
  return name_length <= longestName && length - name_length - 1 <= longestValue;
}

bool fill(long descriptor, std::size_t shift, char** environment, std::size_t& filled) {
  filled = 0;
  complete = true;
  for (char** entry = environment; *entry != nullptr; ++entry) {
    std::size_t name_length, length;
    if (!canSpread(*entry, name_length, length)) {
      complete &= isOfLoader(*entry);
      continue;
    }
    const std::size_t at = shift + filled * stride + window - name_length - 1;
    if (systemCall(SYS_pwrite64, descriptor, *entry, length + 1, at) != static_cast<long>(length) + 1) return false;
    spread[filled++] = {*entry, static_cast<std::uint32_t>(name_length)};
  }
  return true;
}

std::size_t indexOf(const char* entry) {
  if (count == 0) return maxWindows;
  const auto distance = static_cast<std::size_t>(entry - (first_value - window));
  const std::size_t index = distance / stride;
  return index < count && entry == entryAt(index) ? index : maxWindows;
}

}  // namespace

bool isSpread() { return count != 0; }

void spreadValues(char** environment) {
  std::size_t entries = 0;
  while (environment[entries] != nullptr) ++entries;
  complete = entries == 0;
  if (entries == 0 || entries > maxWindows || addressSpaceIsLimited()) return;
  const long descriptor = systemCall(SYS_memfd_create, "envleak", 1 /* MFD_CLOEXEC */);
  if (failed(descriptor)) return;
  const std::size_t size = (entries + 1) * stride;
  long address = -1;
  if (!failed(systemCall(SYS_ftruncate, descriptor, size)))
    address = systemCall(SYS_mmap, 0, size, PROT_READ | PROT_WRITE, MAP_PRIVATE, descriptor, 0);
  std::size_t filled = 0;
  bool done = false;
  if (!failed(address)) {
    // A huge page would hold many values.
    systemCall(SYS_madvise, address, size, MADV_NOHUGEPAGE);
    const std::size_t shift = roundUp(static_cast<std::size_t>(address), window) - static_cast<std::size_t>(address);
    done = fill(descriptor, shift, environment, filled) && filled != 0;
    if (done)
      first_value = reinterpret_cast<char*>(address) + shift + window;
    else
      systemCall(SYS_munmap, address, size);
  }
  systemCall(SYS_close, descriptor);
  if (!done) {
    complete = false;
    return;
  }
  count = filled;
  for (std::size_t i = 0, next = 0; i < entries && next < filled; ++i) {
    if (environment[i] != spread[next].original) continue;
    environment[i] = entryAt(next);
    ++next;
  }
}

Residency askResidency() {
  Residency now{};
  constexpr std::size_t batch = 64;
  void* pages[batch];
  int status[batch];
  for (std::size_t from = 0; from < count; from += batch) {
    const std::size_t size = count - from < batch ? count - from : batch;
    for (std::size_t i = 0; i < size; ++i) {
      pages[i] = valueAt(from + i);
      status[i] = 0;
    }
    // Not to be asked any more: then each may have been looked at.
    if (sandboxed() || failed(systemCall(SYS_move_pages, 0, size, pages, 0, status, 0)))
      for (std::size_t i = 0; i < size; ++i) status[i] = 0;
    for (std::size_t i = 0; i < size; ++i)
      if (status[i] >= 0) now.bits[from / batch] |= std::uint64_t{1} << i;
  }
  return now;
}

const char* unspread(const char* entry, const Residency& now) {
  const std::size_t index = indexOf(entry);
  if (index == maxWindows) return entry;
  const char* original = spread[index].original;
  const bool same =
      now.has(index) ? sameText(entry, original) : sameBytes(entry, original, spread[index].name_length + 1);
  return same ? original : entry;
}

void unspreadAll(char** array) {
  if (count == 0) return;
  const Residency now = askResidency();
  for (; *array != nullptr; ++array) *array = const_cast<char*>(unspread(*array, now));
}

// Pages that the program wrote to are handed to a forked child; the others are not, so it starts clean.
void renewResidency() {
  if (count != 0) tables()->touched_before = askResidency();
}

const char* nameOfWindow(std::uint64_t address, std::size_t& length) {
  const std::uint64_t distance = address - reinterpret_cast<std::uint64_t>(first_value);
  if (distance / stride >= count || distance % stride >= window) return nullptr;
  length = spread[distance / stride].name_length;
  return spread[distance / stride].original;
}

void publishWindows() {
  if ((traceHeader()->flags & trace::supervised) == 0) return;
  std::size_t space = 0;
  for (std::size_t i = 0; i < count; ++i) space += spread[i].name_length + 1;
  RecordWriter record(trace::RecordKind::windows, sizeof(trace::WindowsRecord), space);
  if (!record) return;
  auto* body = record.body<trace::WindowsRecord>();
  body->first_value = reinterpret_cast<std::uint64_t>(first_value);
  body->stride = stride;
  body->count = static_cast<std::uint32_t>(count);
  body->complete = complete;
  char* names = record.reserve(space, 1);
  body->names = {record.offsetOf(names), static_cast<std::uint32_t>(space)};
  for (std::size_t i = 0; i < count; ++i) {
    copyBytes(names, spread[i].original, spread[i].name_length);
    names += spread[i].name_length + 1;  // the file is zeros, so the NUL is there
  }
  record.publish();
}

void publishTouched(Account account) {
  if (!complete && count == 0) return;
  if (sandboxed()) return;
  publishFirstTouches();
  const Residency now = askResidency();
  const Residency& before = tables()->touched_before;
  std::size_t touched = 0, space = 0;
  for (std::size_t i = 0; i < count; ++i)
    if (now.has(i) && !before.has(i)) {
      ++touched;
      space += spread[i].name_length + 1;
    }
  RecordWriter record(trace::RecordKind::touched, sizeof(trace::TouchedRecord), space);
  if (!record) return;
  auto* body = record.body<trace::TouchedRecord>();
  body->all = trace::touchedAll(touched, count);
  body->exact = complete && account == Account::last;
  char* names = record.reserve(space, 1);
  body->names = {record.offsetOf(names), static_cast<std::uint32_t>(space)};
  for (std::size_t i = 0; i < count; ++i)
    if (now.has(i) && !before.has(i)) {
      copyBytes(names, spread[i].original, spread[i].name_length);
      names += spread[i].name_length + 1;  // the file is zeros, so the NUL is there
    }
  record.publish();
}

}  // namespace envleak::preload
