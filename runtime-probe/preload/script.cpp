#include "runtime-probe/preload/script.h"

#include "runtime-probe/preload/bytes.h"
#include "runtime-probe/preload/channel.h"
#include "runtime-probe/preload/process.h"
#include "runtime-probe/preload/siphash.h"

namespace envleak::preload {

const adapters::Adapter* adapter;

namespace {

// The stack published last: a script that asks for many variables asks at one place. Threads may mix them up, so the
// two halves are checked against each other.
struct LastStack {
  std::uint64_t hash;
  std::uint64_t offset_and_check;
} last;

std::uint64_t checkOf(std::uint64_t hash) { return (hash ^ static_cast<std::uint64_t>(processId())) << 40; }
constexpr std::uint64_t offsetMask = (std::uint64_t{1} << 40) - 1;

// Of the texts' bytes, not of where they lie: an interpreter may put another one there.
std::uint64_t hashOf(const adapters::Frame* frames, std::size_t count) {
  constexpr std::uint8_t no_key[16] = {};
  std::uint64_t hash = count;
  for (std::size_t i = 0; i < count; ++i) {
    hash = hash * 0x9E3779B97F4A7C15 + sipHash(no_key, frames[i].file.data, frames[i].file.length);
    hash = hash * 0x9E3779B97F4A7C15 + sipHash(no_key, frames[i].function.data, frames[i].function.length);
    hash = hash * 0x9E3779B97F4A7C15 + frames[i].line;
  }
  return hash;
}

std::uint64_t publishFrames(const adapters::Frame* frames, std::size_t count) {
  std::size_t texts = 0;
  for (std::size_t i = 0; i < count; ++i) texts += frames[i].file.length + frames[i].function.length;
  const std::size_t language_length = lengthOf(adapter->language);
  RecordWriter record(trace::RecordKind::script, sizeof(trace::ScriptRecord),
                      8 + count * sizeof(trace::ScriptFrame) + texts + language_length);
  if (!record) return 0;
  auto* body = record.body<trace::ScriptRecord>();
  auto* to = reinterpret_cast<trace::ScriptFrame*>(record.reserve(count * sizeof(trace::ScriptFrame), 8));
  body->frames = {record.offsetOf(reinterpret_cast<const char*>(to)),
                  static_cast<std::uint32_t>(count * sizeof(trace::ScriptFrame))};
  for (std::size_t i = 0; i < count; ++i) {
    to[i].file = record.append(frames[i].file.data, frames[i].file.length);
    to[i].function = record.append(frames[i].function.data, frames[i].function.length);
    to[i].line = frames[i].line;
  }
  body->language = record.append(adapter->language, language_length);
  record.publish();
  return record.offset();
}

}  // namespace

std::uint64_t publishScript() {
  if (adapter == nullptr) return 0;
  adapters::Frame frames[adapters::mostFrames];
  const std::size_t count = adapter->frames(frames, adapters::mostFrames);
  if (count == 0 || count > adapters::mostFrames) return 0;
  const std::uint64_t hash = hashOf(frames, count);
  const std::uint64_t known = __atomic_load_n(&last.offset_and_check, __ATOMIC_ACQUIRE);
  if (__atomic_load_n(&last.hash, __ATOMIC_ACQUIRE) == hash && (known & ~offsetMask) == checkOf(hash) &&
      (known & offsetMask) != 0)
    return known & offsetMask;
  const std::uint64_t offset = publishFrames(frames, count);
  if (offset > offsetMask) return offset;
  __atomic_store_n(&last.hash, hash, __ATOMIC_RELEASE);
  __atomic_store_n(&last.offset_and_check, checkOf(hash) | offset, __ATOMIC_RELEASE);
  return offset;
}

}  // namespace envleak::preload
