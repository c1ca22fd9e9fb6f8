// The probe's readers of dotenv and settings files, which runs in the observed process, and what it publishes of one.
#include "runtime-probe/preload/channel.h"
#include "runtime-probe/preload/config_files.h"
#include "runtime-probe/preload/environment.h"
#include "runtime-probe/preload/names.h"
#include "runtime-probe/preload/process.h"
#include "target.h"

#include <cstdlib>
#include <cstring>

namespace envleak::preload {

// The rest of the probe, as far as the reader asks for it.
bool sandboxed() { return false; }
std::int32_t processId() { return 1; }
std::int32_t threadId() { return 1; }
char* valueOf(const char*) {
  static char every[] = "set";
  return every;
}
const ProbeNames& probeNames() {
  static const std::uint8_t key[trace::keySize] = {};
  static const ProbeNames names{"", "", key};
  return names;
}

}  // namespace envleak::preload

using namespace envleak;

namespace {

constexpr std::uint64_t capacity = 16 << 20;

trace::TraceHeader* attach() {
  char path[] = "/tmp/envleak-fuzz-XXXXXX";
  const int descriptor = ::mkstemp(path);
  trace::TraceHeader header{};
  std::memcpy(header.magic, trace::fileMagic, sizeof header.magic);
  header.version = trace::formatVersion;
  header.capacity = capacity;
  if (::ftruncate(descriptor, capacity) != 0 || ::write(descriptor, &header, sizeof header) < 0) std::abort();
  if (!preload::attachTrace(path)) std::abort();
  ::unlink(path);
  ::close(descriptor);
  return preload::traceHeader();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static trace::TraceHeader* const header = attach();
  const fuzz::MemoryFile file(fuzz::textOf(data, size));
  const int descriptor = std::atoi(file.path().c_str() + std::strlen("/proc/self/fd/"));
  header->used = trace::firstRecordOffset;
  constexpr int here = -100;  // AT_FDCWD
  preload::noteOpened(preload::FileKind::dotenv, here, "/.env", descriptor);
  preload::noteOpened(preload::FileKind::settings, here, "/settings.json", descriptor);
  preload::noteOpened(preload::FileKind::settings, here, "/config.php", descriptor);
  if (header->dropped != 0 || header->used > capacity) __builtin_trap();
  return 0;
}
