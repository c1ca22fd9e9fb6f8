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
  explicit operator bool() const { return descriptor_ >= 0; }

  // What of it is mapped last, if anything is.
  const void* lies() const { return table_; }

  static constexpr std::uint32_t none = ~std::uint32_t{0};
  // The number of this entry, which is put in if it is new; none if there is no room, or no way to put it in. `length`
  // without the NUL.
  std::uint32_t numberOf(const char* entry, std::size_t name_length, std::size_t length);
  // Puts the entries from `number` on at `address`, a multiple of the window where nothing lies yet.
  bool mapAt(char* address, std::uint32_t number, std::size_t count) const;

 private:
  // To map the table, touch it and take it away costs 30 times what it costs to copy its start, where an image finds
  // what it has received, as a rule.
  static constexpr std::size_t copied = 128;

  std::uint32_t findCopied(const StringHash& hash);
  std::uint32_t find(const StringHash& hash) const;
  bool mapTable();
  void publish(std::uint32_t number, const StringHash& hash);

  long descriptor_ = -1;
  PoolTable* table_ = nullptr;
  StringHash copy_[copied];
  std::size_t copied_ = 0;
  bool copy_tried_ = false;
  std::uint32_t expected_ = 0;  // images receive long runs of what others received
};

}  // namespace envleak::preload
