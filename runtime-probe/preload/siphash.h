// SipHash-2-4 (Aumasson, Bernstein 2012): a keyed hash that does not give short values away.
#pragma once

#include <cstddef>
#include <cstdint>

namespace envleak::preload {

// With `high` it is the variant of 128 bits, and gives the lower half.
inline std::uint64_t sipHash(const std::uint8_t key[16], const char* data, std::size_t length,
                             std::uint64_t* high = nullptr) {
  const auto word = [](const void* from) {
    std::uint64_t value;
    __builtin_memcpy(&value, from, 8);
    return value;
  };
  const auto rotate = [](std::uint64_t value, int bits) { return value << bits | value >> (64 - bits); };
  const std::uint64_t k0 = word(key), k1 = word(key + 8);
  std::uint64_t a = k0 ^ 0x736f6d6570736575, b = k1 ^ 0x646f72616e646f6d;
  std::uint64_t c = k0 ^ 0x6c7967656e657261, d = k1 ^ 0x7465646279746573;
  if (high != nullptr) b ^= 0xee;
  const auto round = [&] {
    a += b, b = rotate(b, 13) ^ a, a = rotate(a, 32);
    c += d, d = rotate(d, 16) ^ c;
    a += d, d = rotate(d, 21) ^ a;
    c += b, b = rotate(b, 17) ^ c, c = rotate(c, 32);
  };
  std::size_t i = 0;
  for (; i + 8 <= length; i += 8) {
    const std::uint64_t m = word(data + i);
    d ^= m, round(), round(), a ^= m;
  }
  std::uint64_t last = static_cast<std::uint64_t>(length) << 56;
  for (int shift = 0; i < length; ++i, shift += 8)
    last |= static_cast<std::uint64_t>(static_cast<std::uint8_t>(data[i])) << shift;
  d ^= last, round(), round(), a ^= last;
  c ^= high != nullptr ? 0xee : 0xff, round(), round(), round(), round();
  const std::uint64_t low = a ^ b ^ c ^ d;
  if (high != nullptr) {
    b ^= 0xdd, round(), round(), round(), round();
    *high = a ^ b ^ c ^ d;
  }
  return low;
}

}  // namespace envleak::preload
