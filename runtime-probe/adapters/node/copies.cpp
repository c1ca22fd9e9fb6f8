#include "runtime-probe/adapters/node/copies.h"

#include "runtime-probe/adapters/import_slot.h"
#include "runtime-probe/adapters/node/calls.h"
#include "runtime-probe/preload/bytes.h"

#include <dlfcn.h>
#include <string.h>

extern "C" __attribute__((weak)) char** environ;

namespace envleak::node {
namespace {

const adapters::Host* host;
constexpr char ownCopy[] = "node:child_process";

// Where the names were last asked for, all at once. What is read in the same call goes into the same copy, and so does
// what its function then reads one after the other, as `for (name in process.env)` does.
Place last_listing;
std::size_t next_listed;

// The environment may be shorter by now.
const char* entryAt(std::size_t index) {
  if (environ == nullptr) return nullptr;
  for (std::size_t i = 0; i < index; ++i)
    if (environ[i] == nullptr) return nullptr;
  return environ[index];
}

bool isListed(const Place& place, const char* name) {
  const Place listing{__atomic_load_n(&last_listing.call, __ATOMIC_RELAXED),
                      __atomic_load_n(&last_listing.callers, __ATOMIC_RELAXED)};
  if (listing.call == 0 || place.callers != listing.callers) return false;
  if (place.call == listing.call) return true;
  const std::size_t next = __atomic_load_n(&next_listed, __ATOMIC_RELAXED);
  const char* entry = entryAt(next);
  if (entry == nullptr) return false;
  while (*name != '\0' && *name == *entry) ++name, ++entry;
  if (*name != '\0' || *entry != '=') return false;
  __atomic_store_n(&next_listed, environ[next + 1] == nullptr ? 0 : next + 1, __ATOMIC_RELAXED);
  return true;
}

// Is the innermost call one of child_process's? Asked of V8 once for each place. The lowest bit is the answer.
constexpr std::size_t knownPlaces = 256;
std::uint64_t known[knownPlaces];

bool isForChild(const Place& place) {
  const std::uint64_t key = place.call * 0x9E3779B97F4A7C15;
  std::uint64_t& entry = known[key >> 56];
  const std::uint64_t found = __atomic_load_n(&entry, __ATOMIC_RELAXED);
  if ((found | 1) == (key | 1)) return (found & 1) != 0;
  const bool answer = isWithin(ownCopy);
  __atomic_store_n(&entry, (key & ~std::uint64_t{1}) | (answer ? 1 : 0), __ATOMIC_RELAXED);
  return answer;
}

// What any object is asked for, process.env too: a method, not a variable.
bool isMember(const char* name) {
  static constexpr char members[][22] = {"constructor", "hasOwnProperty", "isPrototypeOf", "propertyIsEnumerable",
                                         "toJSON",      "toLocaleString", "toString",      "valueOf",
                                         "then",        "__proto__"};
  for (const char* member : members)
    if (preload::sameText(name, member)) return true;
  return false;
}

__attribute__((noinline)) void noteListing() {
  const Place place = placeNow();
  __atomic_store_n(&last_listing.call, place.call, __ATOMIC_RELAXED);
  __atomic_store_n(&last_listing.callers, place.callers, __ATOMIC_RELAXED);
  __atomic_store_n(&next_listed, 0, __ATOMIC_RELAXED);
  if (place.call != 0 && !isForChild(place)) host->copied("process.env", innermostPlace());
}

bool isFirstEntry(const char* text) {
  return environ != nullptr && *environ != nullptr && preload::sameText(text, *environ);
}

// uv_os_environ copies every entry and looks for its "=", the first one's too.
char* lookFor(const char* text, int byte) {
  if (__builtin_expect(byte == '=' && isFirstEntry(text), 0)) noteListing();
  return const_cast<char*>(strchr(text, byte));
}

}  // namespace

bool watchCopies(const adapters::Host& with) {
  host = &with;
  const void* listing = dlsym(RTLD_DEFAULT, "uv_os_environ");
  return listing != nullptr && &environ != nullptr &&
         adapters::leadImport(listing, "strchr", reinterpret_cast<const void*>(&lookFor));
}

bool isNoRead(const char* name) {
  const Place place = placeNow();
  if (place.call == 0) return false;
  if (isMember(name) && !host->received({name, preload::lengthOf(name)})) return true;
  if (isListed(place, name) || isForChild(place)) return true;
  remember(place);
  return false;
}

}  // namespace envleak::node
