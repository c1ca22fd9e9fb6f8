#include "runtime-probe/record/trace_file.h"

#include "facts/error.h"
#include "facts/text.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <climits>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <utility>

namespace envleak::probe {
namespace {

constexpr std::uint64_t smallestTrace = 64 * 1024;

[[noreturn]] void fail(const std::string& path, const std::string& why) {
  throw InputError("cannot write the trace '" + oneLine(path) + "': " + why + "; choose another place with -o");
}

// Absolute, with its folder resolved: processes that change their directory have to find it.
std::string resolve(const std::string& path) {
  if (path.empty()) throw InputError("the trace needs a file name; give one with -o");
  const std::size_t slash = path.rfind('/');
  const std::string folder = slash == std::string::npos ? "." : slash == 0 ? "/" : path.substr(0, slash);
  const std::string name = slash == std::string::npos ? path : path.substr(slash + 1);
  char* real = ::realpath(folder.c_str(), nullptr);
  if (real == nullptr) fail(path, std::strerror(errno));
  std::string absolute = real;
  std::free(real);
  if (name.empty() || name == "." || name == "..") fail(path, "it is a folder");
  return (absolute == "/" ? absolute : absolute + '/') + name;
}

// A new file beside `path` that nobody else has: the descriptor, and its name in `made`.
int makeBeside(const std::string& path, std::string& made) {
  for (unsigned attempt = 0; attempt < 100; ++attempt) {
    made = path + ".new-" + std::to_string(::getpid()) + '-' + std::to_string(attempt);
    const int descriptor = ::open(made.c_str(), O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (descriptor >= 0 || errno != EEXIST) return descriptor;
  }
  return -1;
}

}  // namespace

TraceFile::TraceFile(std::string path, std::uint64_t limit_bytes, const std::string& preload_library, std::uint32_t flags)
    : path_(resolve(path)) {
  struct stat status;
  if (::lstat(path_.c_str(), &status) == 0 && !S_ISREG(status.st_mode))
    fail(path, "it exists and is not a regular file");
  if (path_.size() >= PATH_MAX) fail(path, "the path is too long");
  trace::TraceHeader header{};
  std::memcpy(header.magic, trace::fileMagic, sizeof header.magic);
  if (preload_library.size() >= sizeof header.preload_library) fail(path, "the preload library's path is too long");
  if (::getrandom(header.key, sizeof header.key, 0) != sizeof header.key) fail(path, "no random numbers");

  std::string made;
  const int descriptor = makeBeside(path_, made);
  if (descriptor < 0) fail(path, std::strerror(errno));
  capacity_ = std::max(limit_bytes & ~std::uint64_t{4095}, smallestTrace);
  // The file is sparse: a disk that fills up would kill the processes that write to it.
  struct statvfs disk;
  if (::fstatvfs(descriptor, &disk) == 0) {
    const std::uint64_t half = std::uint64_t{disk.f_bavail} * disk.f_frsize / 2;
    capacity_ = std::min(capacity_, half & ~std::uint64_t{4095});
  }
  std::string why;
  if (capacity_ < smallestTrace) {
    why = "the disk is full";
  } else if (::ftruncate(descriptor, static_cast<off_t>(capacity_)) != 0) {
    why = std::strerror(errno);
  } else {
    void* address = ::mmap(nullptr, capacity_, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
    if (address == MAP_FAILED)
      why = std::strerror(errno);
    else
      base_ = static_cast<char*>(address);
  }
  ::close(descriptor);
  if (why.empty()) {
    header.version = trace::formatVersion;
    header.flags = flags;
    header.capacity = capacity_;
    header.used = trace::firstRecordOffset;
    std::memcpy(header.preload_library, preload_library.data(), preload_library.size());
    std::memcpy(base_, &header, sizeof header);
    if (::rename(made.c_str(), path_.c_str()) != 0) why = std::strerror(errno);
  }
  if (why.empty()) return;
  ::unlink(made.c_str());
  if (base_ != nullptr) ::munmap(base_, capacity_);
  fail(path, why);
}

TraceFile::~TraceFile() {
  if (base_ != nullptr) ::munmap(base_, capacity_);
}

void TraceFile::appendRaw(trace::RecordKind kind, std::size_t fixed, const std::vector<std::string>& strings,
                          const std::function<void(char*, const std::vector<trace::Bytes>&)>& fill) {
  std::size_t size = fixed;
  for (const std::string& text : strings) size += text.size();
  size = (size + trace::recordAlignment - 1) / trace::recordAlignment * trace::recordAlignment;
  auto* header = reinterpret_cast<trace::TraceHeader*>(base_);
  const std::uint64_t offset = __atomic_fetch_add(&header->used, size, __ATOMIC_RELAXED);
  if (offset % trace::recordAlignment != 0 || size > capacity_ || offset > capacity_ - size) {
    __atomic_fetch_add(&header->dropped, 1, __ATOMIC_RELAXED);
    return;
  }
  char* body = base_ + offset;
  auto* record = reinterpret_cast<trace::RecordHeader*>(body);
  __atomic_store_n(reinterpret_cast<std::uint64_t*>(body), std::uint64_t{size} << 32 | trace::recordMagic,
                   __ATOMIC_RELAXED);
  record->pid = record->tid = ::getpid();
  timespec now{};
  if (::clock_gettime(CLOCK_MONOTONIC, &now) == 0)
    record->time_ns = static_cast<std::uint64_t>(now.tv_sec) * 1000000000U + static_cast<std::uint64_t>(now.tv_nsec);
  std::vector<trace::Bytes> places;
  std::size_t next = fixed;
  for (const std::string& text : strings) {
    std::memcpy(body + next, text.data(), text.size());
    places.push_back({static_cast<std::uint32_t>(next), static_cast<std::uint32_t>(text.size())});
    next += text.size();
  }
  fill(body, places);
  __atomic_store_n(&record->kind, static_cast<std::uint32_t>(kind), __ATOMIC_RELEASE);
}

const std::uint8_t* TraceFile::key() const { return reinterpret_cast<const trace::TraceHeader*>(base_)->key; }

bool TraceFile::keepsValues() const {
  return (reinterpret_cast<const trace::TraceHeader*>(base_)->flags & trace::keepValues) != 0;
}

std::uint64_t TraceFile::used() const {
  const auto* header = reinterpret_cast<const trace::TraceHeader*>(base_);
  return std::min(__atomic_load_n(&header->used, __ATOMIC_ACQUIRE), capacity_);
}

void TraceFile::forEach(const std::function<void(const trace::RecordHeader&)>& visit) const {
  find(trace::firstRecordOffset, [&](const trace::RecordHeader& record) {
    visit(record);
    return false;
  });
}

const trace::RecordHeader* TraceFile::find(std::uint64_t offset,
                                           const std::function<bool(const trace::RecordHeader&)>& wanted) const {
  const std::uint64_t end = used();
  offset = std::max<std::uint64_t>(offset, trace::firstRecordOffset) & ~std::uint64_t{trace::recordAlignment - 1};
  while (offset + sizeof(trace::RecordHeader) <= end) {
    const auto* record = reinterpret_cast<const trace::RecordHeader*>(base_ + offset);
    // Whatever is not a whole record is passed over.
    if (record->magic != trace::recordMagic || record->size < sizeof *record || record->size > end - offset ||
        record->size % trace::recordAlignment != 0) {
      offset += trace::recordAlignment;
      continue;
    }
    if (__atomic_load_n(&record->kind, __ATOMIC_ACQUIRE) != 0 && wanted(*record)) return record;
    offset += record->size;
  }
  return nullptr;
}

std::string_view TraceFile::bytes(const trace::RecordHeader& record, const trace::Bytes& place) {
  if (place.offset > record.size || place.length > record.size - place.offset) return {};
  return {reinterpret_cast<const char*>(&record) + place.offset, place.length};
}

void TraceFile::discard() { ::unlink(path_.c_str()); }

void TraceFile::finish() {
  auto* header = reinterpret_cast<trace::TraceHeader*>(base_);
  std::memset(header->key, 0, sizeof header->key);
  const std::uint64_t used = std::min(__atomic_load_n(&header->used, __ATOMIC_ACQUIRE), capacity_);
  __atomic_store_n(&header->finished, 1U, __ATOMIC_RELEASE);
  // Without a copy the whole sparse file stays in place; it says the same.
  std::string made;
  const int descriptor = makeBeside(path_, made);
  if (descriptor < 0) return;
  bool complete = true;
  for (std::uint64_t at = 0; complete && at < used;) {
    const ssize_t written = ::write(descriptor, base_ + at, used - at);
    if (written > 0)
      at += static_cast<std::uint64_t>(written);
    else if (errno != EINTR)
      complete = false;
  }
  complete = ::close(descriptor) == 0 && complete;
  if (!complete || ::rename(made.c_str(), path_.c_str()) != 0) ::unlink(made.c_str());
}

}  // namespace envleak::probe
