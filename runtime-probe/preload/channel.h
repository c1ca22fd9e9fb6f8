// Publishing records into the trace: see trace/format.h for the order of stores.
#pragma once

#include "runtime-probe/trace/format.h"

#include <cstddef>
#include <cstdint>

namespace envleak::preload {

// Maps the trace whole and closes the descriptor. False: not there, not ours, already finished, or no room for it.
bool attachTrace(const char* path);

// The mapped trace; null before attachTrace and where it failed.
trace::TraceHeader* traceHeader();

inline std::size_t roundUp(std::size_t size, std::size_t to) { return (size + to - 1) & ~(to - 1); }

// For those who may ask the kernel nothing from now on: room for what they still have to tell.
void provideForSandbox();

// One record being written. Claims its space at once; false if the trace or its disk is full (which is then counted).
class RecordWriter {
 public:
  RecordWriter(trace::RecordKind kind, std::size_t fixed, std::size_t variable);
  explicit operator bool() const { return base_ != nullptr; }

  template <typename T>
  T* body() {
    return reinterpret_cast<T*>(base_);
  }
  trace::Bytes append(const void* data, std::size_t length);
  char* reserve(std::size_t length, std::size_t alignment);  // within the space claimed
  std::uint32_t offsetOf(const char* place) const { return static_cast<std::uint32_t>(place - base_); }
  std::uint64_t offset() const { return offset_; }  // in the trace
  void stampTime();
  void publish();

 private:
  char* base_ = nullptr;
  std::size_t next_ = 0;
  std::uint64_t offset_ = 0;
  trace::RecordKind kind_;
};

// A reason why this image is not fully observed.
void publishNote(const char* kind, const char* detail);

}  // namespace envleak::preload
