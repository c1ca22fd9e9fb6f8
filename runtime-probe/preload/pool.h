// The environment strings of a recording, each kept once and laid out as windows.h says, for all its images: most of
// them receive what their parents had. It is a file in memory that the recorder makes and holds open; nothing of it
// comes to a disk, and it is gone with the recorder and the images that have mapped it. Where it cannot be opened, an
// image makes a file of its own.
#pragma once

#include "runtime-probe/preload/windows.h"
#include "runtime-probe/trace/format.h"

#include <cstddef>
#include <cstdint>

namespace envleak::preload {

struct StringHash {
  std::uint64_t low, high;
};

// What stands at the start of the file. Entries are never changed once they are published.
struct PoolTable {
  static constexpr std::size_t most = 8192;
  static constexpr std::size_t slots = 2 * most;  // a power of 2

  std::uint32_t used;  // atomic: entries given out
  std::uint32_t reserved[15];
  StringHash hashes[most];     // of the whole string; zeros: not published yet
  std::uint16_t table[slots];  // atomic: number of the entry plus one; where `low` leads to, or behind
};

inline constexpr std::size_t poolEntriesOffset = (sizeof(PoolTable) + window - 1) / window * window;
inline constexpr std::size_t poolFileSize = poolEntriesOffset + PoolTable::most * stride;

class Pool {
 public:
  explicit Pool(const trace::PoolPlace& place);
  ~Pool();
  Pool(const Pool&) = delete;
  Pool& operator=(const Pool&) = delete;
  explicit operator bool() const { return table_ != nullptr; }

  std::uintptr_t lies() const { return reinterpret_cast<std::uintptr_t>(table_); }

  static constexpr std::uint32_t none = ~std::uint32_t{0};
  // The number of this entry, which is put in if it is new; none if there is no room. `length` without the NUL.
  std::uint32_t numberOf(const char* entry, std::size_t name_length, std::size_t length);
  // Puts the entries from `number` on at `address`, a multiple of the window where nothing lies yet.
  bool mapAt(char* address, std::uint32_t number, std::size_t count) const;

 private:
  std::uint32_t find(const StringHash& hash) const;
  void publish(std::uint32_t number, const StringHash& hash);

  long descriptor_ = -1;
  PoolTable* table_ = nullptr;
  std::uint32_t expected_ = 0;  // images receive long runs of what others received
};

}  // namespace envleak::preload
