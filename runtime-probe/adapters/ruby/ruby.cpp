// Ruby asks libc's getenv for ENV["X"] each time, so what is read is known; where in the script is told here.
#include "runtime-probe/adapters/adapter.h"
#include "runtime-probe/adapters/ruby/interpreter.h"
#include "runtime-probe/adapters/ruby/walks.h"
#include "runtime-probe/preload/bytes.h"

namespace envleak::ruby {
namespace {

using adapters::Frame;
using preload::lengthOf;
using preload::startsWith;

constexpr int mostRawFrames = 96;  // with those of functions in C

adapters::Text textOf(const char* bytes) { return {bytes, bytes == nullptr ? 0 : lengthOf(bytes)}; }

// <internal:kernel> is a part of Ruby, (eval) has no file.
bool isFile(const char* path) {
  return path != nullptr && !startsWith(path, "<internal:") && !startsWith(path, "(eval");
}

std::size_t callsInProgress(Frame* to, std::size_t most) {
  if (!mayAsk()) return 0;
  Value frames[mostRawFrames];
  int lines[mostRawFrames];
  const int count = rb_profile_frames(0, mostRawFrames, frames, lines);
  std::size_t filled = 0;
  for (int i = 0; i < count && filled < most; ++i) {
    if (lines[i] <= 0) continue;  // a function in C
    const char* path = bytesOf(rb_profile_frame_absolute_path(frames[i]));
    if (path == nullptr) path = bytesOf(rb_profile_frame_path(frames[i]));
    if (!isFile(path)) continue;
    const char* function = bytesOf(rb_profile_frame_base_label(frames[i]));
    if (function != nullptr && (startsWith(function, "<main>") || startsWith(function, "<top "))) function = nullptr;
    to[filled++] = {textOf(path), textOf(function), static_cast<std::uint32_t>(lines[i])};
  }
  return filled;
}

// Of the path's bytes: the collector may move the string, or put another one in its place.
std::uint64_t hashOf(const char* path, std::size_t line) {
  std::uint64_t hash = 0xCBF29CE484222325 ^ line * 0x9E3779B97F4A7C15;
  for (; *path != '\0'; ++path) hash = (hash ^ static_cast<unsigned char>(*path)) * 0x100000001B3;
  return hash == 0 ? 1 : hash;
}

std::uint64_t innermostPlace() {
  if (!mayAsk()) return 0;
  int line = 0;
  const char* path = rb_source_location_cstr(&line);
  if (path == nullptr) return 0;
  if (isFile(path)) return hashOf(path, static_cast<std::size_t>(line));
  Frame frame;
  return callsInProgress(&frame, 1) == 0 ? 0 : hashOf(frame.file.data, frame.line);
}

constexpr adapters::Adapter adapter{adapters::interfaceVersion, "Ruby", callsInProgress, innermostPlace};

bool isKnown() {
  return &ruby_thread_has_gvl_p != nullptr && &rb_during_gc != nullptr && &rb_source_location_cstr != nullptr &&
         &rb_profile_frames != nullptr && &rb_profile_frame_path != nullptr &&
         &rb_profile_frame_absolute_path != nullptr && &rb_profile_frame_base_label != nullptr &&
         &rb_profile_frame_method_name != nullptr && &rb_string_value_ptr != nullptr && &ruby_version != nullptr &&
         startsWith(ruby_version, "3.");
}

}  // namespace
}  // namespace envleak::ruby

const envleak::adapters::Adapter* envleak_adapter(const envleak::adapters::Host* host) {
  using namespace envleak::ruby;
  if (host->version != envleak::adapters::interfaceVersion) return nullptr;
  if (!isKnown()) {
    host->note("adapter-version", "the adapter knows Ruby 3.1");
    return nullptr;
  }
  if (watchWalks(*host, innermostPlace)) host->covers(ruby_version);
  return &adapter;
}
