#include "runtime-probe/preload/spread.h"

#include "runtime-probe/preload/bytes.h"
#include "runtime-probe/preload/channel.h"
#include "runtime-probe/preload/limits.h"
#include "runtime-probe/preload/machine.h"
#include "runtime-probe/preload/pool.h"
#include "runtime-probe/trace/loader_variables.h"

#include <linux/mman.h>

namespace envleak::preload {
namespace {

Spread spread[maxWindows];
std::size_t count;
char* first;  // start of the windows of spread[0]
bool complete;

char* entryAt(std::size_t i) { return spreadValue(i) - spread[i].name_length - 1; }

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

Spread describe(char* entry, std::size_t name_length, std::size_t position) {
  return {entry, startOfName(entry, name_length), static_cast<std::uint32_t>(name_length), Pool::none,
          static_cast<std::uint32_t>(position)};
}

// In the pool's order; the table is nearly in order as it comes. False: the pool is full.
bool collectFromPool(Pool& pool, char** environment, std::size_t& found) {
  found = 0;
  for (std::size_t position = 0; environment[position] != nullptr; ++position) {
    std::size_t name_length, value_length;
    if (!canSpread(environment[position], name_length, value_length)) continue;
    Spread entry = describe(environment[position], name_length, position);
    entry.number = pool.numberOf(entry.original, name_length, name_length + 1 + value_length);
    if (entry.number == Pool::none) return false;
    std::size_t to = found;
    while (to > 0 && spread[to - 1].number > entry.number) --to;
    // Twice the same string: changed in place, one must not change with the other.
    if (to > 0 && spread[to - 1].number == entry.number) return false;
    for (std::size_t i = found; i > to; --i) spread[i] = spread[i - 1];
    spread[to] = entry;
    ++found;
  }
  return found != 0;
}

// Below what was mapped last, where there is room as a rule.
char* placeFor(const Pool& pool, std::size_t size) {
  auto top = reinterpret_cast<std::uintptr_t>(traceHeader());
  if (pool.lies() < top) top = pool.lies();
  return reinterpret_cast<char*>((top - size) / window * window - window);
}

// A run of entries that lie side by side there is one mapping here.
bool mapFromPool(const Pool& pool, std::size_t found) {
  char* place = placeFor(pool, found * stride);
  for (std::size_t from = 0; from < found;) {
    std::size_t to = from + 1;
    while (to < found && spread[to].number == spread[to - 1].number + 1) ++to;
    if (!pool.mapAt(place + from * stride, spread[from].number, to - from)) {
      if (from != 0) systemCall(SYS_munmap, place, from * stride);
      return false;
    }
    from = to;
  }
  first = place;
  return true;
}

bool spreadByPool(char** environment, std::size_t& found) {
  Pool pool(traceHeader()->pool);
  return pool && collectFromPool(pool, environment, found) && mapFromPool(pool, found);
}

bool fillOwnFile(long descriptor, std::size_t shift, char** environment, std::size_t& found) {
  found = 0;
  for (std::size_t position = 0; environment[position] != nullptr; ++position) {
    char* entry = environment[position];
    std::size_t name_length, value_length;
    if (!canSpread(entry, name_length, value_length)) continue;
    const std::size_t at = shift + found * stride + window - name_length - 1;
    const std::size_t size = name_length + 1 + value_length + 1;
    if (systemCall(SYS_pwrite64, descriptor, entry, size, at) != static_cast<long>(size)) return false;
    spread[found++] = describe(entry, name_length, position);
  }
  return found != 0;
}

bool spreadByOwnFile(char** environment, std::size_t entries, std::size_t& found) {
  const std::size_t size = (entries + 1) * stride;
  if (softLimit(fileSizeLimit) < size) return false;
  const long descriptor = systemCall(SYS_memfd_create, "envleak", 1 /* MFD_CLOEXEC */);
  if (failed(descriptor)) return false;
  long address = -1;
  if (!failed(systemCall(SYS_ftruncate, descriptor, size)))
    address = systemCall(SYS_mmap, 0, size, PROT_READ | PROT_WRITE, MAP_PRIVATE, descriptor, 0);
  bool done = false;
  if (!failed(address)) {
    const std::size_t shift = roundUp(static_cast<std::size_t>(address), window) - static_cast<std::size_t>(address);
    done = fillOwnFile(descriptor, shift, environment, found);
    if (done)
      first = reinterpret_cast<char*>(address) + shift;
    else
      systemCall(SYS_munmap, address, size);
  }
  systemCall(SYS_close, descriptor);
  return done;
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
  for (std::size_t i = 0; i < count; ++i) environment[spread[i].position] = entryAt(i);
}

std::size_t spreadCount() { return count; }
bool allSpread() { return complete; }
const Spread& spreadAt(std::size_t i) { return spread[i]; }
char* spreadValue(std::size_t i) { return first + i * stride + window; }

std::size_t spreadIndexOf(const char* entry) {
  const auto index = static_cast<std::size_t>(entry - first) / stride;
  return index < count && entry == entryAt(index) ? index : maxWindows;
}

std::uint64_t startOfName(const char* name, std::size_t length) {
  std::uint64_t start = 0;
  const std::size_t known = length < 8 ? length : 8;
  for (std::size_t i = 0; i < known; ++i) start |= std::uint64_t{static_cast<unsigned char>(name[i])} << 8 * i;
  return length < 8 ? start | std::uint64_t{'='} << 8 * length : start;
}

const char* unspread(const char* entry, const Residency& now) {
  const std::size_t index = spreadIndexOf(entry);
  if (index >= count) return entry;
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

}  // namespace envleak::preload
