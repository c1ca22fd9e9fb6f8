#include "runtime-probe/preload/spread.h"

#include "runtime-probe/preload/bytes.h"
#include "runtime-probe/preload/channel.h"
#include "runtime-probe/preload/limits.h"
#include "runtime-probe/preload/machine.h"
#include "runtime-probe/preload/name_key.h"
#include "runtime-probe/preload/pool.h"
#include "runtime-probe/trace/loader_variables.h"

#include <emmintrin.h>
#include <linux/mman.h>

namespace envleak::preload {

alignas(4096) ReceivedTable receivedTable;

namespace {

std::size_t known;
std::size_t count;
char* first;  // start of the first pair of windows
bool complete;
bool of_pool;

std::uint8_t tagOf(std::uint64_t hash) { return static_cast<std::uint8_t>(hash); }

// No more is to be learnt of these.
bool isOfLoader(const char* entry) {
  for (const char* name : trace::loaderVariables)
    if (startsWith(entry, name) && entry[lengthOf(name)] == '=') return true;
  return false;
}

bool canSpread(const char* entry, std::size_t& name_length, std::size_t& value_length) {
  const char* equals = findByte(entry, '=');
  if (equals == nullptr || startsWith(entry, "LD_")) return false;
  name_length = static_cast<std::size_t>(equals - entry);
  value_length = lengthOf(equals + 1);
  return name_length <= longestName && value_length <= longestValue;
}

void describe(char* entry, std::size_t name_length, std::size_t position) {
  Received& place = receivedTable.at[position];
  place.original = entry;
  place.name_length = static_cast<std::uint16_t>(name_length);
}

// Windows in the pool's order; the table is nearly in order as it comes. False: the pool is full.
bool collectFromPool(Pool& pool, char** environment, std::size_t& found) {
  found = 0;
  for (std::size_t position = 0; environment[position] != nullptr; ++position) {
    std::size_t name_length, value_length;
    if (!canSpread(environment[position], name_length, value_length)) continue;
    describe(environment[position], name_length, position);
    const std::uint32_t number = pool.numberOf(environment[position], name_length, name_length + 1 + value_length);
    if (number == Pool::none) return false;
    receivedTable.at[position].number = number;
    std::size_t to = found;
    while (to > 0 && receivedTable.at[receivedTable.order[to - 1]].number > number) --to;
    // Twice the same string: changed in place, one must not change with the other.
    if (to > 0 && receivedTable.at[receivedTable.order[to - 1]].number == number) return false;
    for (std::size_t i = found; i > to; --i) receivedTable.order[i] = receivedTable.order[i - 1];
    receivedTable.order[to] = static_cast<std::uint16_t>(position);
    ++found;
  }
  return found != 0;
}

// Below what was mapped last, where there is room as a rule.
char* placeFor(const Pool& pool, std::size_t size) {
  auto top = reinterpret_cast<std::uintptr_t>(traceHeader());
  const auto table = reinterpret_cast<std::uintptr_t>(pool.lies());
  if (table != 0 && table < top) top = table;
  return reinterpret_cast<char*>((top - size) / window * window - window);
}

std::uint32_t numberAt(std::size_t i) { return receivedTable.at[receivedTable.order[i]].number; }

// A run of entries that lie side by side there is one mapping here.
bool mapFromPool(const Pool& pool, std::size_t found, char* place) {
  for (std::size_t from = 0; from < found;) {
    std::size_t to = from + 1;
    while (to < found && numberAt(to) == numberAt(to - 1) + 1) ++to;
    if (!pool.mapAt(place + from * stride, numberAt(from), to - from)) {
      if (from != 0) systemCall(SYS_munmap, place, from * stride);
      return false;
    }
    from = to;
  }
  return true;
}

bool spreadByPool(char** environment, std::size_t& found) {
  Pool pool(traceHeader()->pool);
  if (!pool || !collectFromPool(pool, environment, found)) return false;
  char* place = placeFor(pool, found * stride);
  if (!mapFromPool(pool, found, place)) return false;
  first = place;
  of_pool = true;
  return true;
}

// Maps a file of its own for `most` values, which fill(descriptor, shift) writes: the first pair of windows begins
// behind `shift` bytes. Null: it failed.
template <typename Fill>
char* mapOwnFile(std::size_t most, Fill fill) {
  const std::size_t size = (most + 1) * stride;
  if (softLimit(fileSizeLimit) < size) return nullptr;
  const long descriptor = systemCall(SYS_memfd_create, "envleak", 1 /* MFD_CLOEXEC */);
  if (failed(descriptor)) return nullptr;
  long address = -1;
  if (!failed(systemCall(SYS_ftruncate, descriptor, size)))
    address = systemCall(SYS_mmap, 0, size, PROT_READ | PROT_WRITE, MAP_PRIVATE, descriptor, 0);
  char* place = nullptr;
  if (!failed(address)) {
    const std::size_t shift = roundUp(static_cast<std::size_t>(address), window) - static_cast<std::size_t>(address);
    if (fill(descriptor, shift))
      place = reinterpret_cast<char*>(address) + shift;
    else
      systemCall(SYS_munmap, address, size);
  }
  systemCall(SYS_close, descriptor);
  return place;
}

bool writeEntry(long descriptor, std::size_t pair, const char* entry, std::size_t name_length) {
  const std::size_t size = lengthOf(entry) + 1, at = pair + window - name_length - 1;
  return systemCall(SYS_pwrite64, descriptor, entry, size, at) == static_cast<long>(size);
}

bool spreadByOwnFile(char** environment, std::size_t entries, std::size_t& found) {
  found = 0;
  char* place = mapOwnFile(entries, [&](long descriptor, std::size_t shift) {
    for (std::size_t position = 0; environment[position] != nullptr; ++position) {
      char* entry = environment[position];
      std::size_t name_length, value_length;
      if (!canSpread(entry, name_length, value_length)) continue;
      if (!writeEntry(descriptor, shift + found * stride, entry, name_length)) return false;
      describe(entry, name_length, position);
      receivedTable.order[found++] = static_cast<std::uint16_t>(position);
    }
    return found != 0;
  });
  if (place != nullptr) first = place;
  return place != nullptr;
}

char* roomFor(std::size_t size) {
  const long address =
      systemCall(SYS_mmap, 0, size + window, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (failed(address)) return nullptr;
  systemCall(SYS_munmap, address, size + window);
  return reinterpret_cast<char*>(roundUp(static_cast<std::size_t>(address), window));
}

char* mapPoolAgain() {
  const Pool pool(traceHeader()->pool);
  char* place = roomFor(count * stride);
  return pool && place != nullptr && mapFromPool(pool, count, place) ? place : nullptr;
}

}  // namespace

void spreadValues(char** environment) {
  std::size_t entries = 0;
  bool rest_is_of_loader = true;
  for (; environment[entries] != nullptr; ++entries) {
    std::size_t name_length, value_length;
    if (!canSpread(environment[entries], name_length, value_length))
      rest_is_of_loader &= isOfLoader(environment[entries]);
  }
  complete = entries == 0;
  // A limited address space is the program's to use up.
  if (entries == 0 || entries > maxWindows || softLimit(addressSpaceLimit) != unlimited) return;
  std::size_t found = 0;
  if (!spreadByPool(environment, found) && !spreadByOwnFile(environment, entries, found)) return;
  // A huge page would hold many values.
  systemCall(SYS_madvise, first, found * stride, MADV_NOHUGEPAGE);
  complete = rest_is_of_loader;
  count = found;
  for (std::size_t position = 0; position < entries; ++position) {
    receivedTable.at[position].hash = keyOfName(environment[position], '=').hash;
    receivedTable.tags[position] = tagOf(receivedTable.at[position].hash);
  }
  for (std::size_t i = 0; i < count; ++i) {
    Received& place = receivedTable.at[receivedTable.order[i]];
    place.window = static_cast<std::uint16_t>(i);
    environment[receivedTable.order[i]] = spreadValue(i) - place.name_length - 1;
  }
  for (std::size_t position = 0; position < entries; ++position) receivedTable.at[position].as_put = environment[position];
  known = entries;
}

char* mapValuesAgain() {
  if (count == 0) return nullptr;
  char* place = of_pool ? mapPoolAgain() : nullptr;
  if (place == nullptr)
    place = mapOwnFile(count, [](long descriptor, std::size_t shift) {
      for (std::size_t i = 0; i < count; ++i)
        if (!writeEntry(descriptor, shift + i * stride, spreadAt(i).original, spreadAt(i).name_length)) return false;
      return true;
    });
  if (place != nullptr) systemCall(SYS_madvise, place, count * stride, MADV_NOHUGEPAGE);
  return place;
}

std::size_t spreadCount() { return count; }
bool allSpread() { return complete; }
std::size_t knownEntries() { return known; }

std::size_t windowAt(std::size_t position) {
  return receivedPosition(receivedTable.at[position].as_put) == position ? receivedTable.at[position].window : maxWindows;
}

std::size_t nextNamed(std::uint64_t hash, std::size_t from) {
  const __m128i wanted = _mm_set1_epi8(static_cast<char>(tagOf(hash)));
  for (std::size_t block = from / 16 * 16; block < known; block += 16) {
    const __m128i found = _mm_cmpeq_epi8(_mm_load_si128(reinterpret_cast<const __m128i*>(receivedTable.tags + block)), wanted);
    auto places = static_cast<unsigned>(_mm_movemask_epi8(found));
    if (block < from) places &= ~0U << (from - block);
    for (; places != 0; places &= places - 1) {
      const std::size_t position = block + static_cast<unsigned>(__builtin_ctz(places));
      if (position >= known) return known;
      if (receivedTable.at[position].hash == hash) return position;
    }
  }
  return known;
}

const Received& spreadAt(std::size_t i) { return receivedTable.at[receivedTable.order[i]]; }
char* spreadValue(std::size_t i) { return first + i * stride + window; }

std::size_t receivedPosition(const char* entry) {
  const auto i = static_cast<std::size_t>(entry - first) / stride;
  return i < count && receivedTable.at[receivedTable.order[i]].as_put == entry ? receivedTable.order[i] : maxWindows;
}

const char* unspread(const char* entry, const Residency& now) {
  const std::size_t position = receivedPosition(entry);
  if (position == maxWindows) return entry;
  const Received& place = receivedTable.at[position];
  const char* original = place.original;
  const bool same = now.has(place.window) ? sameText(entry, original) : sameBytes(entry, original, place.name_length + 1);
  return same ? original : entry;
}

void unspreadAll(char** array, const Residency& now) {
  if (count == 0) return;
  for (; *array != nullptr; ++array) *array = const_cast<char*>(unspread(*array, now));
}

}  // namespace envleak::preload
