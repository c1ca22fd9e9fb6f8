#include "runtime-probe/adapters/node/calls.h"

#include "runtime-probe/adapters/node/engine.h"
#include "runtime-probe/preload/bytes.h"
#include "runtime-probe/preload/machine.h"

extern "C" int* __errno_location();
extern "C" __attribute__((weak)) int __register_atfork(void (*prepare)(), void (*parent)(), void (*child)(), void* dso);

namespace envleak::node {
namespace {

using adapters::Frame;
using preload::sameBytes;

// Texts are copied out of V8. Threads take turns at the buffers; one is written anew when all others were.
constexpr std::size_t bufferSize = 16384, bufferCount = 8;
char buffers[bufferCount][bufferSize];
unsigned next_buffer;

Frame before_fork[adapters::mostFrames];
std::size_t count_before_fork;
std::uint64_t place_before_fork;
char texts_before_fork[bufferSize];
bool forked;

// V8 may ask the system for memory.
class KeptError {
 public:
  ~KeptError() { *__errno_location() = error_; }

 private:
  int error_ = *__errno_location();
};

bool startsWith(const char* text, std::size_t length, const char* prefix) {
  const std::size_t wanted = preload::lengthOf(prefix);
  return length >= wanted && sameBytes(text, prefix, wanted);
}

// Not node's own code, nor what it wraps around the text of -e.
bool isFile(const char* name, std::size_t length) {
  return length > 0 && !startsWith(name, length, "node:") && !startsWith(name, length, "internal/") &&
         !startsWith(name, length, "[eval]-wrapper") && !startsWith(name, length, "[worker eval]-wrapper") &&
         !startsWith(name, length, "evalmachine.");
}

int digitOf(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  c = static_cast<char>(c | 0x20);
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

// Modules are known by their URL.
std::size_t pathOfUrl(char* text, std::size_t length) {
  constexpr char scheme[] = "file://";
  constexpr std::size_t start = sizeof scheme - 1;
  if (!startsWith(text, length, scheme)) return length;
  std::size_t filled = 0;
  for (std::size_t i = start; i < length; ++i) {
    if (text[i] == '%' && i + 2 < length && digitOf(text[i + 1]) >= 0 && digitOf(text[i + 2]) >= 0) {
      text[filled++] = static_cast<char>(digitOf(text[i + 1]) * 16 + digitOf(text[i + 2]));
      i += 2;
    } else {
      text[filled++] = text[i];
    }
  }
  return filled;
}

std::size_t copyCalls(Frame* to, std::size_t most, char* texts) {
  constexpr int mostCalls = 96;  // with node's own
  std::uint64_t any;
  if (sampleCalls(&any, 1) == 0) return 0;
  const KeptError kept_error;
  const Calls calls(mostCalls);
  std::size_t filled = 0, used = 0;
  const unsigned count = calls.count();
  for (unsigned i = 0; i < count && filled < most && used < bufferSize; ++i) {
    char* file = texts + used;
    std::size_t length = calls.script(i, file, bufferSize - used);
    if (!isFile(file, length)) continue;
    length = pathOfUrl(file, length);
    char* name = file + length;
    const std::size_t name_length = calls.function(i, name, bufferSize - used - length);
    used += length + name_length;
    to[filled++] = {{file, length}, {name, name_length}, calls.line(i)};
  }
  return filled;
}

std::uint64_t placeOf(const std::uint64_t* calls, std::size_t count) {
  std::uint64_t hash = 0;
  for (std::size_t i = 0; i < count; ++i) hash = (hash ^ calls[i]) * 0x9E3779B97F4A7C15 + (hash >> 29);
  return hash;
}

Place currentCalls() {
  std::uint64_t calls[4];
  const std::size_t count = sampleCalls(calls, sizeof calls / sizeof *calls);
  return count == 0 ? Place{0, 0} : Place{calls[0], placeOf(calls + 1, count - 1)};
}

std::uint64_t numberOf(const Place& place) {
  return place.call == 0 ? 0 : place.call ^ place.callers * 0xD6E8FEB86659FD93;
}

std::uint64_t currentPlace() { return numberOf(currentCalls()); }

std::uint64_t remembered_place, remembering_thread;

void beforeFork() {
  count_before_fork = copyCalls(before_fork, adapters::mostFrames, texts_before_fork);
  place_before_fork = currentPlace();
}

void inChild() { forked = true; }

}  // namespace

std::size_t callsInProgress(Frame* to, std::size_t most) {
  if (forked) {
    std::size_t count = 0;
    for (; count < most && count < count_before_fork; ++count) to[count] = before_fork[count];
    return count;
  }
  return copyCalls(to, most, buffers[__atomic_fetch_add(&next_buffer, 1, __ATOMIC_RELAXED) % bufferCount]);
}

Place placeNow() { return forked ? Place{0, 0} : currentCalls(); }

void remember(const Place& place) {
  __atomic_store_n(&remembered_place, numberOf(place), __ATOMIC_RELAXED);
  __atomic_store_n(&remembering_thread, preload::threadPointer(), __ATOMIC_RELEASE);
}

std::uint64_t innermostPlace() {
  if (forked) return place_before_fork;
  if (__atomic_load_n(&remembering_thread, __ATOMIC_ACQUIRE) != preload::threadPointer()) return currentPlace();
  const std::uint64_t place = __atomic_load_n(&remembered_place, __ATOMIC_RELAXED);
  __atomic_store_n(&remembering_thread, 0, __ATOMIC_RELAXED);
  return place;
}

bool isWithin(const char* module) {
  std::uint64_t any;
  if (forked || sampleCalls(&any, 1) == 0) return false;
  const KeptError kept_error;
  const Calls calls(1);
  char name[64];
  const std::size_t length = calls.count() == 0 ? 0 : calls.script(0, name, sizeof name);
  return length == preload::lengthOf(module) && sameBytes(name, module, length);
}

void watchForks() {
  if (&__register_atfork != nullptr) __register_atfork(beforeFork, nullptr, inChild, nullptr);
}

}  // namespace envleak::node
