// The trace as the recorder holds it: made at full sparse size, mapped, completed and compacted at the end.
#pragma once

#include "runtime-probe/trace/format.h"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace envleak::probe {

class TraceFile {
 public:
  // `flags`: trace::TraceFlags; `settings_files`: patterns for the names of files that hold settings. Makes the file and
  // puts it in place, so that it can be read while the recording runs. Throws InputError if that is not possible; a file
  // that was there before is then untouched.
  TraceFile(std::string path, std::uint64_t limit_bytes, const std::string& preload_library, std::uint32_t flags,
            const std::vector<std::string>& settings_files);
  ~TraceFile();
  TraceFile(const TraceFile&) = delete;
  TraceFile& operator=(const TraceFile&) = delete;

  const std::string& path() const { return path_; }  // absolute
  // Of this run's hashes. The trace does not hold it.
  const std::uint8_t* key() const { return key_; }
  bool keepsValues() const;
  std::uint64_t used() const;  // up to where there can be records

  // Tells the processes to come where the strings of their environments are kept.
  void setPool(const trace::PoolPlace& place);

  // Appends one record of type T; `strings` are stored behind it and their places handed to `fill`.
  template <typename T>
  void append(trace::RecordKind kind, const std::vector<std::string>& strings,
              const std::function<void(T&, const std::vector<trace::Bytes>&)>& fill) {
    appendRaw(kind, sizeof(T), strings,
              [&](char* body, const std::vector<trace::Bytes>& places) { fill(*reinterpret_cast<T*>(body), places); });
  }

  // Every published record, in order.
  void forEach(const std::function<void(const trace::RecordHeader&)>& visit) const;
  // The first one from this offset on that is wanted; null if there is none.
  const trace::RecordHeader* find(std::uint64_t offset,
                                  const std::function<bool(const trace::RecordHeader&)>& wanted) const;
  static std::string_view bytes(const trace::RecordHeader& record, const trace::Bytes& place);

  // Removes the file, if it is still the one made here.
  void discard();

  // Marks the trace finished and puts a copy without the unused part in its place. The mapped file itself is never
  // shortened: processes that outlive the command still write to it.
  void finish();

 private:
  void appendRaw(trace::RecordKind kind, std::size_t fixed, const std::vector<std::string>& strings,
                 const std::function<void(char*, const std::vector<trace::Bytes>&)>& fill);

  trace::TraceHeader* header() const;

  std::string path_;
  std::uint8_t key_[trace::keySize];
  char* base_ = nullptr;
  std::uint64_t capacity_ = 0;
};

}  // namespace envleak::probe
