#include "runtime-probe/trace/unwind.h"

#include <llvm/DebugInfo/DWARF/DWARFDataExtractor.h>
#include <llvm/DebugInfo/DWARF/DWARFDebugFrame.h>
#include <llvm/DebugInfo/DWARF/DWARFExpression.h>
#include <llvm/Support/LEB128.h>

#include <algorithm>

namespace envleak::trace {
namespace {

namespace dwarf = llvm::dwarf;

constexpr std::uint32_t framePointer = 6;  // numbers of the System V ABI for x86-64
constexpr std::uint32_t stackPointer = 7;
constexpr std::uint32_t returnAddress = 16;

// "The value at OFFSET(%rbp)", as compilers write it where they realign the stack: DW_OP_breg6 OFFSET, and
// DW_OP_deref where `dereferenced`.
std::optional<std::int64_t> offsetFromFramePointer(const dwarf::UnwindLocation& location, bool dereferenced) {
  std::optional<llvm::DWARFExpression> expression = location.getDWARFExpressionBytes();
  if (!expression) return std::nullopt;
  llvm::StringRef bytes = expression->getData();
  if (bytes.empty() || static_cast<std::uint8_t>(bytes[0]) != dwarf::DW_OP_breg6) return std::nullopt;
  unsigned length = 0;
  const char* problem = nullptr;
  std::int64_t offset = llvm::decodeSLEB128(bytes.bytes_begin() + 1, &length, bytes.bytes_end(), &problem);
  if (problem != nullptr) return std::nullopt;
  llvm::StringRef rest = bytes.drop_front(1 + length);
  bool has_deref = rest.size() == 1 && static_cast<std::uint8_t>(rest[0]) == dwarf::DW_OP_deref;
  if (dereferenced ? !has_deref : !rest.empty()) return std::nullopt;
  return offset;
}

// Saved in memory at an offset from the canonical frame address (not: equal to that address).
bool isSavedInFrame(const dwarf::UnwindLocation& location) {
  return location == dwarf::UnwindLocation::createAtCFAPlusOffset(location.getOffset());
}

FrameRule ruleOf(const dwarf::UnwindRow& row) {
  using Location = dwarf::UnwindLocation;
  FrameRule rule;
  rule.address = row.getAddress();
  const Location& base = row.getCFAValue();
  rule.offset = base.getOffset();
  if (base.getLocation() == Location::RegPlusOffset && base.getRegister() == stackPointer) {
    rule.base = FrameRule::Base::stack_pointer;
  } else if (base.getLocation() == Location::RegPlusOffset && base.getRegister() == framePointer) {
    rule.base = FrameRule::Base::frame_pointer;
  } else if (auto offset = offsetFromFramePointer(base, true)) {
    rule.base = FrameRule::Base::saved_at_frame_pointer;
    rule.offset = *offset;
  }

  const dwarf::RegisterLocations& registers = row.getRegisterLocations();
  if (auto saved = registers.getRegisterLocation(returnAddress)) {
    if (saved->getLocation() == Location::Undefined)
      rule.outermost = true;
    else if (isSavedInFrame(*saved))
      rule.return_address = saved->getOffset();
    else
      rule.base = FrameRule::Base::none;
  }
  if (auto saved = registers.getRegisterLocation(framePointer)) {
    if (isSavedInFrame(*saved)) {
      rule.frame_pointer = FrameRule::FramePointer::saved;
      rule.frame_pointer_offset = saved->getOffset();
    } else if (auto offset = offsetFromFramePointer(*saved, false)) {
      rule.frame_pointer = FrameRule::FramePointer::saved_at_frame_pointer;
      rule.frame_pointer_offset = *offset;
    } else if (saved->getLocation() != Location::Same && saved->getLocation() != Location::Unspecified) {
      rule.frame_pointer = FrameRule::FramePointer::lost;
    }
  }
  return rule;
}

// The words of the stack that were kept, by address.
class Stack {
 public:
  Stack(std::uint64_t stack_pointer, const std::vector<StackWord>& words) : base_(stack_pointer), words_(words) {
    auto lower = [](const StackWord& a, const StackWord& b) { return a.slot < b.slot; };
    if (!std::is_sorted(words_.begin(), words_.end(), lower)) std::sort(words_.begin(), words_.end(), lower);
  }
  std::optional<std::uint64_t> at(std::uint64_t address) const {
    std::uint64_t distance = address - base_;
    if (address < base_ || distance % 8 != 0 || distance / 8 > UINT32_MAX) return std::nullopt;
    auto slot = static_cast<std::uint32_t>(distance / 8);
    auto found = std::lower_bound(words_.begin(), words_.end(), slot,
                                  [](const StackWord& word, std::uint32_t wanted) { return word.slot < wanted; });
    if (found == words_.end() || found->slot != slot) return std::nullopt;
    return found->value;
  }

 private:
  std::uint64_t base_;
  std::vector<StackWord> words_;
};

std::uint64_t moved(std::uint64_t address, std::int64_t by) { return address + static_cast<std::uint64_t>(by); }

struct Registers {
  std::uint64_t return_address;
  std::uint64_t stack_pointer;
  std::uint64_t frame_pointer;
  bool frame_pointer_known;
};

// Sets `value` if the word is there.
bool load(const Stack& stack, std::uint64_t address, std::uint64_t& value) {
  std::optional<std::uint64_t> word = stack.at(address);
  if (word) value = *word;
  return word.has_value();
}

// The canonical frame address.
bool frameAddress(const Registers& registers, const FrameRule& rule, const Stack& stack, std::uint64_t& frame) {
  switch (rule.base) {
    case FrameRule::Base::none:
      return false;
    case FrameRule::Base::stack_pointer:
      frame = moved(registers.stack_pointer, rule.offset);
      return true;
    case FrameRule::Base::frame_pointer:
      frame = moved(registers.frame_pointer, rule.offset);
      return registers.frame_pointer_known;
    case FrameRule::Base::saved_at_frame_pointer:
      return registers.frame_pointer_known && load(stack, moved(registers.frame_pointer, rule.offset), frame);
  }
  return false;
}

// From a function to its caller. False if a word that is needed was not kept.
bool stepOut(Registers& registers, const FrameRule& rule, const Stack& stack) {
  std::uint64_t frame = 0;
  // The stack grows downwards: a caller's frame lies above, or the chain is damaged.
  if (!frameAddress(registers, rule, stack, frame) || frame <= registers.stack_pointer) return false;
  if (!load(stack, moved(frame, rule.return_address), registers.return_address) || registers.return_address == 0)
    return false;
  std::uint64_t saved_at = 0;
  switch (rule.frame_pointer) {
    case FrameRule::FramePointer::kept:
      break;
    case FrameRule::FramePointer::lost:
      registers.frame_pointer_known = false;
      break;
    case FrameRule::FramePointer::saved:
    case FrameRule::FramePointer::saved_at_frame_pointer:
      saved_at = rule.frame_pointer == FrameRule::FramePointer::saved ? frame : registers.frame_pointer;
      registers.frame_pointer_known =
          (rule.frame_pointer == FrameRule::FramePointer::saved || registers.frame_pointer_known) &&
          load(stack, moved(saved_at, rule.frame_pointer_offset), registers.frame_pointer);
      break;
  }
  registers.stack_pointer = frame;
  return true;
}

}  // namespace

// The call frame information of one module. Rules are worked out per function when first asked for.
class Unwinder::FrameInformation {
 public:
  explicit FrameInformation(const llvm::object::ObjectFile& file)
      : frames_(llvm::Triple::x86_64, /*IsEH=*/true, address(file)) {
    for (const llvm::object::SectionRef& section : file.sections()) {
      if (!isFrameSection(section)) continue;
      auto content = section.getContents();
      if (!content) {
        llvm::consumeError(content.takeError());
        continue;
      }
      // What was parsed before an error stays usable.
      llvm::consumeError(frames_.parse(llvm::DWARFDataExtractor(*content, /*IsLittleEndian=*/true, /*AddressSize=*/8)));
      break;
    }
    for (const dwarf::FrameEntry& entry : frames_)
      if (const auto* function = llvm::dyn_cast<dwarf::FDE>(&entry);
          function != nullptr && function->getLinkedCIE() != nullptr)
        functions_.push_back(function);
    std::sort(functions_.begin(), functions_.end(), [](const dwarf::FDE* a, const dwarf::FDE* b) {
      return a->getInitialLocation() < b->getInitialLocation();
    });
  }

  std::optional<FrameRule> ruleAt(std::uint64_t offset) const {
    auto after =
        std::upper_bound(functions_.begin(), functions_.end(), offset,
                         [](std::uint64_t wanted, const dwarf::FDE* f) { return wanted < f->getInitialLocation(); });
    if (after == functions_.begin()) return std::nullopt;
    const dwarf::FDE* function = *std::prev(after);
    if (offset - function->getInitialLocation() >= function->getAddressRange()) return std::nullopt;
    const std::vector<FrameRule>& rules = rulesOf(function);
    auto next = std::upper_bound(rules.begin(), rules.end(), offset,
                                 [](std::uint64_t wanted, const FrameRule& rule) { return wanted < rule.address; });
    if (next == rules.begin()) return std::nullopt;
    return *std::prev(next);
  }

 private:
  static bool isFrameSection(const llvm::object::SectionRef& section) {
    auto name = section.getName();
    if (!name) {
      llvm::consumeError(name.takeError());
      return false;
    }
    return *name == ".eh_frame";
  }
  static std::uint64_t address(const llvm::object::ObjectFile& file) {
    for (const llvm::object::SectionRef& section : file.sections())
      if (isFrameSection(section)) return section.getAddress();
    return 0;
  }

  const std::vector<FrameRule>& rulesOf(const dwarf::FDE* function) const {
    auto [entry, added] = rules_.try_emplace(function);
    if (!added) return entry->second;
    auto table = dwarf::UnwindTable::create(function);
    if (!table) {
      llvm::consumeError(table.takeError());
      return entry->second;
    }
    for (const dwarf::UnwindRow& row : *table)
      if (row.hasAddress()) entry->second.push_back(ruleOf(row));
    return entry->second;
  }

  llvm::DWARFDebugFrame frames_;
  std::vector<const dwarf::FDE*> functions_;
  mutable std::unordered_map<const dwarf::FDE*, std::vector<FrameRule>> rules_;
};

Unwinder::Unwinder(ModuleTable& modules) : modules_(modules) {}
Unwinder::~Unwinder() = default;

const Unwinder::FrameInformation* Unwinder::informationOf(ModuleId module) {
  auto [entry, added] = information_.try_emplace(module);
  if (added && modules_.state(module) == Module::State::same &&
      modules_[module].file().getArch() == llvm::Triple::x86_64)
    entry->second = std::make_unique<FrameInformation>(modules_[module].file());
  return entry->second.get();
}

CallChain Unwinder::chain(const CallSite& site, const std::vector<StackWord>& words, const AddressSpace& own,
                          const AddressSpace& shared, std::size_t limit) {
  CallChain result;
  Stack stack(site.stack_pointer, words);
  Registers registers{site.return_address, site.stack_pointer, site.frame_pointer, true};
  while (result.calls.size() < limit) {
    std::optional<CodeAddress> call = own.find(registers.return_address - 1);
    if (!call) call = shared.find(registers.return_address - 1);
    if (!call) break;
    result.calls.push_back(*call);
    const FrameInformation* information = informationOf(call->module);
    std::optional<FrameRule> rule = information != nullptr ? information->ruleAt(call->offset) : std::nullopt;
    if (!rule) break;
    result.complete = rule->outermost;
    if (rule->outermost || !stepOut(registers, *rule, stack)) break;
  }
  return result;
}

}  // namespace envleak::trace
