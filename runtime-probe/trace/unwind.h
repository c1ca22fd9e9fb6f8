// From the stack words of a call to the chain of calls that led to it, by the modules' own call frame information.
#pragma once

#include "runtime-probe/trace/modules.h"

#include <memory>
#include <unordered_map>
#include <vector>

namespace envleak::trace {

struct CallChain {
  std::vector<CodeAddress> calls;  // innermost first; each is the return address minus one
  bool complete = false;           // it ends at the outermost function
  bool operator==(const CallChain&) const = default;
};

// One frame of x86-64 call frame information at one address, as far as it is used here.
struct FrameRule {
  enum class Base { none, stack_pointer, frame_pointer, saved_at_frame_pointer };
  std::uint64_t address = 0;  // the rule holds from here to the next one's
  Base base = Base::none;     // of the canonical frame address; none: not understood
  std::int64_t offset = 0;
  bool outermost = false;            // the return address is undefined: nobody called this
  std::int64_t return_address = -8;  // where it is saved, relative to the canonical frame address
  enum class FramePointer { kept, saved, saved_at_frame_pointer, lost };
  FramePointer frame_pointer = FramePointer::kept;
  std::int64_t frame_pointer_offset = 0;
};

class Unwinder {
 public:
  explicit Unwinder(ModuleTable& modules);
  ~Unwinder();
  Unwinder(const Unwinder&) = delete;
  Unwinder& operator=(const Unwinder&) = delete;

  // `own` and, where an address lies in none of its modules, `shared` say what lay where. At most `limit` frames. On
  // another machine than x86-64, or where call frame information is missing, the chain has only what is certain.
  CallChain chain(const CallSite& site, const std::vector<StackWord>& words, const AddressSpace& own,
                  const AddressSpace& shared, std::size_t limit = 64);

 private:
  class FrameInformation;
  const FrameInformation* informationOf(ModuleId module);

  ModuleTable& modules_;
  std::unordered_map<ModuleId, std::unique_ptr<FrameInformation>> information_;
};

}  // namespace envleak::trace
