// V8's interface for embedders, as far as it is used: found by name when the adapter is opened, since its C++ headers
// are another version's than the program's.
#pragma once

#include <cstddef>
#include <cstdint>

namespace envleak::node {

// False: this is no V8 that the adapter knows.
bool findEngine();
const char* engineVersion();

// Where JavaScript stands on this thread, without allocating: one number for each call, innermost first, builtin
// functions left out. 0, too, where V8 runs no JavaScript or is not in a call out of it.
std::size_t sampleCalls(std::uint64_t* to, std::size_t most);

// The calls in progress, by V8's own StackTrace. Only where sampleCalls gave some.
class Calls {
 public:
  explicit Calls(int most);
  ~Calls();
  Calls(const Calls&) = delete;
  Calls& operator=(const Calls&) = delete;

  unsigned count() const;
  // UTF-8, cut to `size`. Returns the length.
  std::size_t script(unsigned call, char* to, std::size_t size) const;
  std::size_t function(unsigned call, char* to, std::size_t size) const;
  std::uint32_t line(unsigned call) const;

 private:
  void* isolate_;
  void* trace_ = nullptr;
  alignas(16) unsigned char scope_[64];  // a v8::HandleScope
};

}  // namespace envleak::node
