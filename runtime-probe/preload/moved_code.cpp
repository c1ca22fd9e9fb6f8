#include "runtime-probe/preload/moved_code.h"

#include "runtime-probe/preload/bytes.h"

#include <cstdint>

namespace envleak::preload {
namespace {

bool isShortBranch(unsigned char code) { return code >= 0x70 && code <= 0x7F; }

// Of an instruction as functions begin with, and that means the same at every place; 0: another one.
std::size_t sizeOfPlain(const unsigned char* at) {
  const bool extended = (*at & 0xF0) == 0x40;  // REX
  const bool wide = extended && (*at & 8) != 0;
  const std::size_t prefix = extended ? 1 : 0;
  const unsigned char code = at[prefix];
  if (code >= 0x50 && code <= 0x57) return prefix + 1;               // push register
  if (code == 0x6A) return prefix + 2;                               // push number
  if (code >= 0xB8 && code <= 0xBF) return prefix + (wide ? 9 : 5);  // number to register
  if (at[prefix + 1] < 0xC0) return 0;                               // what follows is about registers only
  constexpr unsigned char between_registers[] = {0x01, 0x03, 0x29, 0x2B, 0x31, 0x33, 0x39, 0x3B, 0x85, 0x89, 0x8B};
  for (const unsigned char known : between_registers)
    if (code == known) return prefix + 2;
  if (code == 0x83) return prefix + 3;  // register and small number
  if (code == 0x81) return prefix + 6;
  return 0;
}

unsigned char* putJump(unsigned char* to, const unsigned char* target) {
  constexpr unsigned char jump[] = {0xFF, 0x25, 0, 0, 0, 0};  // to the address that follows
  copyBytes(to, jump, sizeof jump);
  const auto address = reinterpret_cast<std::uint64_t>(target);
  copyBytes(to + sizeof jump, &address, sizeof address);
  return to + sizeof jump + sizeof address;
}

}  // namespace

bool moveCode(const unsigned char* from, unsigned char* to) {
  constexpr unsigned char around_jump = 14;
  const unsigned char* at = from;
  const unsigned char* nearest = nullptr;  // to which it branches, behind `from`
  while (at < from + jumpSize) {
    if (isShortBranch(*at)) {
      const unsigned char* branch = at + 2 + static_cast<signed char>(at[1]);
      if (branch >= from && (nearest == nullptr || branch < nearest)) nearest = branch;
      *to++ = *at ^ 1;  // the opposite
      *to++ = around_jump;
      to = putJump(to, branch);
      at += 2;
      continue;
    }
    const std::size_t size = sizeOfPlain(at);
    if (size == 0) return false;
    copyBytes(to, at, size);
    to += size;
    at += size;
  }
  if (nearest != nullptr && nearest < at) return false;
  putJump(to, at);
  return true;
}

}  // namespace envleak::preload
