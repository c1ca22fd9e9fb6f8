#include "runtime-probe/record/trace_file.h"

#include "facts/error.h"
#include "facts/text.h"
#include "runtime-probe/preload/pages.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <sys/resource.h>
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

std::uint64_t nanoseconds(const timespec& time) {
  return static_cast<std::uint64_t>(time.tv_sec) * 1000000000U + static_cast<std::uint64_t>(time.tv_nsec);
}

std::string terminated(const std::vector<std::string>& texts) {
  std::string all;
  for (const std::string& text : texts) all.append(text).push_back('\0');
  return all;
}

// A file that is made whole before it gets its name. It has none until then, so that nothing is left of it if this
// process is killed; where the file system cannot do that, it has another one.
class NewFile {
 public:
  explicit NewFile(const std::string& path) : path_(path) {
    const std::size_t slash = path.rfind('/');
    if (::access("/proc/self/fd", X_OK) == 0)
      descriptor_ = ::open(path.substr(0, slash == 0 ? 1 : slash).c_str(), O_RDWR | O_TMPFILE | O_CLOEXEC, 0600);
    if (descriptor_ >= 0) return;
    withOtherName([&](const std::string& name) {
      descriptor_ = ::open(name.c_str(), O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
      return descriptor_ >= 0;
    });
  }
  ~NewFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
    if (!other_name_.empty()) ::unlink(other_name_.c_str());
  }
  NewFile(const NewFile&) = delete;
  NewFile& operator=(const NewFile&) = delete;

  int descriptor() const { return descriptor_; }  // negative, with errno, if there is none

  // False, with errno, if it is not possible. What was at `path` before is replaced.
  bool putInPlace() {
    if (other_name_.empty()) {
      const std::string link = "/proc/self/fd/" + std::to_string(descriptor_);
      const auto name = [&](const std::string& as) {
        return ::linkat(AT_FDCWD, link.c_str(), AT_FDCWD, as.c_str(), AT_SYMLINK_FOLLOW) == 0;
      };
      if (name(path_)) return true;
      if (errno != EEXIST || !withOtherName(name)) return false;
    }
    if (::rename(other_name_.c_str(), path_.c_str()) != 0) return false;
    other_name_.clear();
    return true;
  }

 private:
  // Beside `path`, one that nobody else has.
  bool withOtherName(const std::function<bool(const std::string&)>& take) {
    for (unsigned attempt = 0; attempt < 100; ++attempt) {
      const std::string name = path_ + ".new-" + std::to_string(::getpid()) + '-' + std::to_string(attempt);
      if (take(name)) {
        other_name_ = name;
        return true;
      }
      if (errno != EEXIST) return false;
    }
    return false;
  }

  std::string path_;
  std::string other_name_;  // to be removed
  int descriptor_ = -1;
};

// The largest size that the file may have: the caller's, what half of the disk has room for, and the limit of this
// process, beyond which a signal would end it.
std::uint64_t clampedSize(std::uint64_t wanted, int descriptor, std::string& why) {
  std::uint64_t size = std::max(wanted, smallestTrace);
  struct statvfs disk;
  if (::fstatvfs(descriptor, &disk) == 0)
    size = std::min(size, std::uint64_t{disk.f_bavail} * disk.f_frsize / 2);
  if (size < smallestTrace) why = "the disk is full";
  struct rlimit limit;
  if (::getrlimit(RLIMIT_FSIZE, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY && limit.rlim_cur < size) {
    size = limit.rlim_cur;
    if (size < smallestTrace) why = "the limit on the size of files (ulimit -f) is below 64 KiB";
  }
  return size & ~std::uint64_t{4095};
}

}  // namespace

TraceFile::TraceFile(std::string path, std::uint64_t limit_bytes, const std::string& preload_library,
                     std::uint32_t flags, const std::vector<std::string>& settings_files)
    : path_(resolve(path)) {
  struct stat status;
  if (::lstat(path_.c_str(), &status) == 0 && !S_ISREG(status.st_mode))
    fail(path, "it exists and is not a regular file");
  if (path_.size() >= PATH_MAX) fail(path, "the path is too long");
  trace::TraceHeader start{};
  std::memcpy(start.magic, trace::fileMagic, sizeof start.magic);
  if (preload_library.size() >= sizeof start.preload_library) fail(path, "the preload library's path is too long");
  const std::string patterns = terminated(settings_files);
  if (patterns.size() >= sizeof start.settings_files)
    throw InputError("--settings-file: the patterns are too long together; about 700 bytes are possible");
  if (::getrandom(key_, sizeof key_, 0) != sizeof key_) fail(path, "no random numbers");

  NewFile file(path_);
  if (file.descriptor() < 0) fail(path, std::strerror(errno));
  std::string why;
  capacity_ = clampedSize(limit_bytes, file.descriptor(), why);
  if (!why.empty()) fail(path, why);
  if (::ftruncate(file.descriptor(), static_cast<off_t>(capacity_)) != 0) fail(path, std::strerror(errno));
  void* address = ::mmap(nullptr, capacity_, PROT_READ | PROT_WRITE, MAP_SHARED, file.descriptor(), 0);
  if (address == MAP_FAILED) fail(path, std::strerror(errno));
  base_ = static_cast<char*>(address);
  // Else the kernel fills the cache with zeros far ahead of the first page: 3 ms, some of it for their removal.
  ::madvise(base_, capacity_, MADV_RANDOM);
  if (!preload::backPages(header(), capacity_, trace::firstRecordOffset)) {
    why = "the disk is full";
  } else {
    start.version = trace::formatVersion;
    start.flags = flags;
    start.capacity = capacity_;
    start.used = trace::firstRecordOffset;
    start.backed = header()->backed;
    timespec now{};
    ::clock_gettime(CLOCK_REALTIME_COARSE, &now);
    start.started_ns = nanoseconds(now);
    std::memcpy(start.settings_files, patterns.data(), patterns.size());
    std::memcpy(start.preload_library, preload_library.data(), preload_library.size());
    std::memcpy(base_, &start, sizeof start);
    if (!file.putInPlace()) why = std::strerror(errno);
  }
  if (why.empty()) return;
  ::munmap(base_, capacity_);
  fail(path, why);
}

TraceFile::~TraceFile() {
  if (base_ != nullptr) ::munmap(base_, capacity_);
}

void TraceFile::setPool(const trace::PoolPlace& place) { header()->pool = place; }

void TraceFile::appendRaw(trace::RecordKind kind, std::size_t fixed, const std::vector<std::string>& strings,
                          const std::function<void(char*, const std::vector<trace::Bytes>&)>& fill) {
  std::size_t size = fixed;
  for (const std::string& text : strings) size += text.size();
  size = (size + trace::recordAlignment - 1) / trace::recordAlignment * trace::recordAlignment;
  const auto room = [&](std::uint64_t end) {
    if (end > capacity_) return false;
    if (preload::isBacked(header(), end) || preload::backPages(header(), capacity_, end)) return true;
    __atomic_fetch_add(&header()->without_room, 1, __ATOMIC_RELAXED);
    return false;
  };
  const std::uint64_t used = __atomic_load_n(&header()->used, __ATOMIC_RELAXED);
  const bool fits = size <= capacity_ && used <= capacity_ - size && room(used + size);
  const std::uint64_t offset = fits ? __atomic_fetch_add(&header()->used, size, __ATOMIC_RELAXED) : capacity_;
  if (offset % trace::recordAlignment != 0 || !room(offset + size)) {
    __atomic_fetch_add(&header()->dropped, 1, __ATOMIC_RELAXED);
    return;
  }
  char* body = base_ + offset;
  auto* record = reinterpret_cast<trace::RecordHeader*>(body);
  __atomic_store_n(reinterpret_cast<std::uint64_t*>(body), std::uint64_t{size} << 32 | trace::recordMagic,
                   __ATOMIC_RELAXED);
  record->pid = record->tid = ::getpid();
  timespec now{};
  if (::clock_gettime(CLOCK_MONOTONIC, &now) == 0) record->time_ns = nanoseconds(now);
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

bool TraceFile::keepsValues() const { return (header()->flags & trace::keepValues) != 0; }

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

trace::TraceHeader* TraceFile::header() const { return reinterpret_cast<trace::TraceHeader*>(base_); }

// Beyond what is backed lies nothing but what was claimed in vain, and where the disk is full it cannot even be read.
std::uint64_t TraceFile::used() const {
  const std::uint64_t backed = __atomic_load_n(&header()->backed, __ATOMIC_RELAXED);
  return std::min({__atomic_load_n(&header()->used, __ATOMIC_ACQUIRE), backed, capacity_});
}

void TraceFile::finish() {
  __atomic_store_n(&header()->finished, 1U, __ATOMIC_RELEASE);
  // Without a copy the whole sparse file stays in place; it says the same.
  NewFile copy(path_);
  if (copy.descriptor() < 0) return;
  const std::uint64_t size = used();
  trace::TraceHeader start;
  std::memcpy(&start, base_, sizeof start);
  if (start.used > size) start.capacity = size;
  const auto write = [&](const char* from, std::uint64_t count, std::uint64_t at) {
    while (count > 0) {
      const ssize_t done = ::pwrite(copy.descriptor(), from, count, static_cast<off_t>(at));
      if (done < 0 && errno == EINTR) continue;
      if (done <= 0) return false;
      from += done, at += static_cast<std::uint64_t>(done), count -= static_cast<std::uint64_t>(done);
    }
    return true;
  };
  if (write(base_, size, 0) && write(reinterpret_cast<const char*>(&start), sizeof start, 0)) copy.putInPlace();
}

}  // namespace envleak::probe
