#include "runtime-probe/adapters/perl/names.h"

namespace envleak::perl {
namespace {

constexpr std::size_t slotCount = 8192, farthest = 16;
std::uint64_t slots[slotCount];  // a hash, and Known in its lowest bits

constexpr std::uint64_t knownMask = 3;

}  // namespace

std::uint64_t hashOf(adapters::Text name) {
  std::uint64_t hash = 0xCBF29CE484222325;
  for (std::size_t i = 0; i < name.length; ++i) hash = (hash ^ static_cast<unsigned char>(name.data[i])) * 0x100000001B3;
  return (hash ^ hash >> 32) << 2 | std::uint64_t{1} << 63;
}

Known known(std::uint64_t hash) {
  for (std::size_t i = 0; i < farthest; ++i) {
    const std::uint64_t slot = __atomic_load_n(&slots[((hash >> 2) + i) % slotCount], __ATOMIC_RELAXED);
    if (slot == 0) break;
    if ((slot & ~knownMask) != hash) continue;
    return (slot & static_cast<std::uint64_t>(Known::told)) != 0 ? Known::told : Known::named;
  }
  return Known::nothing;
}

void note(std::uint64_t hash, Known what) {
  for (std::size_t i = 0; i < farthest; ++i) {
    std::uint64_t& slot = slots[((hash >> 2) + i) % slotCount];
    std::uint64_t found = __atomic_load_n(&slot, __ATOMIC_RELAXED);
    if (found == 0 && __atomic_compare_exchange_n(&slot, &found, hash | static_cast<std::uint64_t>(what), false,
                                                  __ATOMIC_RELAXED, __ATOMIC_RELAXED))
      return;
    if ((found & ~knownMask) != hash) continue;
    __atomic_fetch_or(&slot, static_cast<std::uint64_t>(what), __ATOMIC_RELAXED);
    return;
  }
}

}  // namespace envleak::perl
