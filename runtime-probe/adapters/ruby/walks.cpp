#include "runtime-probe/adapters/ruby/walks.h"

#include "runtime-probe/adapters/import_slot.h"
#include "runtime-probe/adapters/ruby/interpreter.h"
#include "runtime-probe/preload/bytes.h"

#include <string.h>

extern "C" __attribute__((weak)) char** environ;

namespace envleak::ruby {
namespace {

const adapters::Host* host;
std::uint64_t (*place)();

// A spawn that is given changes to the environment makes the child's from a copy of it, of which the script gets to see
// nothing.
bool isForChild() {
  static constexpr char spawns[][8] = {"spawn", "system", "exec", "popen", "getpty"};
  Value frame;
  int line;
  if (rb_profile_frames(0, 1, &frame, &line) != 1 || line != 0) return false;
  const char* method = bytesOf(rb_profile_frame_method_name(frame));
  if (method == nullptr) return false;
  for (const char* spawn : spawns)
    if (preload::sameText(method, spawn)) return true;
  return false;
}

__attribute__((noinline)) void noteWalk() {
  if (!mayAsk()) return;
  const std::uint64_t at = place();
  if (at != 0 && !isForChild()) host->copied("ENV", at);
}

char* lookFor(const char* text, int byte) {
  if (__builtin_expect(byte == '=' && environ != nullptr && text == *environ, 0)) noteWalk();
  return const_cast<char*>(strchr(text, byte));
}

}  // namespace

bool watchWalks(const adapters::Host& with, std::uint64_t (*where)()) {
  if (&environ == nullptr) return false;
  host = &with;
  place = where;
  return adapters::leadImport(reinterpret_cast<const void*>(&rb_source_location_cstr), "strchr",
                              reinterpret_cast<const void*>(&lookFor));
}

}  // namespace envleak::ruby
