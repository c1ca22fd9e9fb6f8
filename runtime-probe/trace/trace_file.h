// A trace file as a sequence of records. Nothing in it is trusted: every access through a Record is checked.
#pragma once

#include "runtime-probe/trace/format.h"

#include <cstdint>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace envleak::trace {

// Thrown by the accessors of Record when a size or offset in the record points outside of it.
struct DamagedRecord {};

// One published record. Valid as long as its TraceFile.
class Record {
 public:
  // `bytes` is the whole record, at least a RecordHeader.
  Record(std::string_view bytes, std::uint64_t offset) : bytes_(bytes), offset_(offset) {}

  RecordHeader header() const { return as<RecordHeader>(); }
  RecordKind kind() const { return static_cast<RecordKind>(header().kind); }
  std::int32_t pid() const { return header().pid; }
  // The position in the trace: of two records the smaller offset was claimed first.
  std::uint64_t offset() const { return offset_; }

  // The record as one of the structures of format.h.
  template <typename T>
  T as() const {
    static_assert(std::is_trivially_copyable_v<T>);
    return at<T>(0);
  }
  // A structure within the record; `offset` counts from the record's start.
  template <typename T>
  T at(std::uint64_t offset) const {
    if (offset > bytes_.size() || bytes_.size() - offset < sizeof(T)) throw DamagedRecord{};
    T value;
    std::memcpy(&value, bytes_.data() + offset, sizeof value);
    return value;
  }
  std::string_view bytes(std::uint64_t offset, std::uint64_t length) const {
    if (offset > bytes_.size() || bytes_.size() - offset < length) throw DamagedRecord{};
    return bytes_.substr(offset, length);
  }
  std::string_view bytes(Bytes range) const { return bytes(range.offset, range.length); }
  std::string text(Bytes range) const { return std::string(bytes(range)); }
  // NUL-terminated strings one behind the other. A last one without its NUL (it was cut) is taken too.
  std::vector<std::string> strings(Bytes range) const;
  std::vector<StackWord> words(Bytes range) const;
  std::size_t size() const { return bytes_.size(); }

 private:
  std::string_view bytes_;
  std::uint64_t offset_;
};

struct UnmapMemory {
  std::size_t size = 0;
  void operator()(char* memory) const;
};

class TraceFile {
 public:
  // Takes a copy of the written part of the file: a process that still writes, or a hostile one, cannot change what
  // has been checked. Throws InputError if the file cannot be read or is no trace of this version.
  static TraceFile open(const std::string& path);
  // The same for a trace in memory; `origin` names it in messages.
  static TraceFile fromMemory(std::string_view content, const std::string& origin);

  const TraceHeader& header() const { return header_; }
  const std::vector<Record>& records() const { return records_; }
  // Records claimed by a process that died (or is still) before it had published them.
  std::uint64_t torn() const { return torn_; }
  // Gives back the memory of records that nobody will look at again, from the first to the last of a row of them.
  // Whole pages only; what is left reads as zeros. Keeps the peak low: most of a large trace are reads.
  void forget(const Record& first, const Record& last) const;
  // The last time the file was written, in seconds since 1970; 0 if not known.
  std::int64_t modified() const { return modified_; }

 private:
  TraceFile() = default;
  void allocate(std::size_t size, const std::string& origin);
  void index(const std::string& origin, std::uint64_t file_size);

  TraceHeader header_{};
  std::unique_ptr<char[], UnmapMemory> content_;  // of mmap(2), so that pages of it can be given back
  std::size_t size_ = 0;
  std::vector<Record> records_;
  std::uint64_t torn_ = 0;
  std::int64_t modified_ = 0;
};

// Does this look like the beginning of a trace file?
bool hasTraceMagic(std::string_view content);

}  // namespace envleak::trace
