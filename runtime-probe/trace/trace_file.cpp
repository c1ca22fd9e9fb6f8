#include "runtime-probe/trace/trace_file.h"

#include "facts/error.h"
#include "facts/text.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <optional>

namespace envleak::trace {
namespace {

constexpr std::string_view remedy = "; record it anew with 'envleak record -o FILE -- COMMAND'";

[[noreturn]] void refuse(const std::string& origin, std::string_view problem) {
  throw InputError(oneLine(origin) + ": " + std::string(problem) + std::string(remedy));
}

class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int number() const { return number_; }

 private:
  int number_;
};

// Reads up to `size` bytes; fewer if the file ends before.
std::size_t readUpTo(int descriptor, char* target, std::size_t size, const std::string& path) {
  std::size_t done = 0;
  while (done < size) {
    ssize_t count = ::read(descriptor, target + done, size - done);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) refuse(path, std::string("cannot read the trace: ") + std::strerror(errno));
    if (count == 0) break;
    done += static_cast<std::size_t>(count);
  }
  return done;
}

TraceHeader checkedHeader(std::string_view start, const std::string& origin) {
  if (start.empty()) refuse(origin, "the trace is empty");
  if (!hasTraceMagic(start)) refuse(origin, "this is not a trace of envleak");
  TraceHeader header;
  if (start.size() < sizeof header) refuse(origin, "the trace is cut off within its header");
  std::memcpy(&header, start.data(), sizeof header);
  if (header.version > formatVersion)
    refuse(origin, "the trace was written by a newer envleak (format " + std::to_string(header.version) +
                       ", this one reads up to " + std::to_string(formatVersion) + ")");
  if (header.version != formatVersion)
    refuse(origin, "the trace has the unknown format " + std::to_string(header.version));
  return header;
}

// How much of the file the writers have claimed.
std::uint64_t writtenSize(const TraceHeader& header) { return std::min(header.used, header.capacity); }

// The size of the record at `position` of `content` if there is a credible one.
std::optional<std::uint64_t> recordSizeAt(std::string_view content, std::uint64_t position) {
  if (content.size() - position < sizeof(RecordHeader)) return std::nullopt;
  RecordHeader header;
  std::memcpy(&header, content.data() + position, sizeof header);
  if (header.magic != recordMagic || header.size < sizeof header || header.size % recordAlignment != 0)
    return std::nullopt;
  if (header.size > content.size() - position) return std::nullopt;
  return header.size;
}

}  // namespace

std::vector<std::string> Record::strings(Bytes range) const {
  std::string_view rest = bytes(range);
  std::vector<std::string> list;
  while (!rest.empty()) {
    std::size_t end = rest.find('\0');
    list.emplace_back(rest.substr(0, end));
    if (end == std::string_view::npos) break;
    rest.remove_prefix(end + 1);
  }
  return list;
}

std::vector<StackWord> Record::words(Bytes range) const {
  std::string_view raw = bytes(range);
  std::vector<StackWord> list(raw.size() / sizeof(StackWord));
  if (!list.empty()) std::memcpy(list.data(), raw.data(), list.size() * sizeof(StackWord));
  return list;
}

bool hasTraceMagic(std::string_view content) {
  return content.size() >= sizeof fileMagic && std::memcmp(content.data(), fileMagic, sizeof fileMagic) == 0;
}

void UnmapMemory::operator()(char* memory) const { ::munmap(memory, size); }

void TraceFile::allocate(std::size_t size, const std::string& origin) {
  void* memory = ::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) throw InputError(oneLine(origin) + ": the memory does not hold the trace's " +
                                             std::to_string(size >> 20) + " MiB; record fewer programs at a time");
  content_ = {static_cast<char*>(memory), UnmapMemory{size}};
}

void TraceFile::forget(const Record& first, const Record& last) const {
  constexpr std::uint64_t page = 4096;
  const std::uint64_t start = (first.offset() + page - 1) / page * page;
  const std::uint64_t end = (last.offset() + last.size()) / page * page;
  if (start < end) ::madvise(content_.get() + start, end - start, MADV_DONTNEED);
}

TraceFile TraceFile::open(const std::string& path) {
  Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.number() < 0) refuse(path, std::string("cannot open the trace: ") + std::strerror(errno));
  struct stat status{};
  if (::fstat(file.number(), &status) != 0) refuse(path, std::string("cannot read the trace: ") + std::strerror(errno));
  if (S_ISDIR(status.st_mode)) refuse(path, "this is a directory, not a trace");

  TraceFile trace;
  trace.modified_ = status.st_mtime;
  std::string start(sizeof(TraceHeader), '\0');
  start.resize(readUpTo(file.number(), start.data(), start.size(), path));
  trace.header_ = checkedHeader(start, path);
  // The file has been made at its full size, with a hole behind the last record: only what is claimed is read.
  std::uint64_t written = writtenSize(trace.header_);
  std::uint64_t available = S_ISREG(status.st_mode) ? static_cast<std::uint64_t>(status.st_size) : written;
  std::uint64_t wanted = std::min(written, available);
  if (wanted > start.size()) {
    trace.allocate(wanted, path);
    std::copy(start.begin(), start.end(), trace.content_.get());
    trace.size_ =
        start.size() + readUpTo(file.number(), trace.content_.get() + start.size(), wanted - start.size(), path);
  } else {
    trace.size_ = std::min<std::uint64_t>(start.size(), available);
  }
  trace.index(path, trace.size_);
  return trace;
}

TraceFile TraceFile::fromMemory(std::string_view content, const std::string& origin) {
  TraceFile trace;
  trace.header_ = checkedHeader(content, origin);
  trace.size_ = std::min<std::uint64_t>(content.size(), writtenSize(trace.header_));
  trace.allocate(std::max<std::size_t>(trace.size_, 1), origin);
  std::copy(content.begin(), content.begin() + static_cast<std::ptrdiff_t>(trace.size_), trace.content_.get());
  trace.index(origin, content.size());
  return trace;
}

void TraceFile::index(const std::string& origin, std::uint64_t file_size) {
  std::uint64_t written = writtenSize(header_);
  if (written < firstRecordOffset) refuse(origin, "the trace's header is damaged");
  if (file_size < written)
    refuse(origin, "the trace is cut off: " + std::to_string(file_size) + " of " + std::to_string(written) +
                       " bytes are there");
  if (written == firstRecordOffset) return;

  std::string_view content(content_.get(), size_);
  std::uint64_t position = firstRecordOffset;
  bool within_lost = false;
  while (position < content.size()) {
    std::optional<std::uint64_t> size = recordSizeAt(content, position);
    if (!size) {
      // Its writer died between claiming the space and marking it: the next magic shows where it ends. Behind the
      // last record of a full trace lies what was claimed and did not fit; that is counted in the header.
      if (!within_lost) ++torn_;
      within_lost = true;
      position += std::min<std::uint64_t>(recordAlignment, content.size() - position);
      continue;
    }
    within_lost = false;
    Record record(content.substr(position, *size), position);
    if (record.kind() == RecordKind::unpublished)
      ++torn_;
    else
      records_.push_back(record);
    position += *size;
  }
  if (within_lost && header_.used > header_.capacity) --torn_;
}

}  // namespace envleak::trace
