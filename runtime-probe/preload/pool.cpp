#include "runtime-probe/preload/pool.h"

#include "runtime-probe/preload/bytes.h"
#include "runtime-probe/preload/limits.h"
#include "runtime-probe/preload/machine.h"
#include "runtime-probe/preload/names.h"
#include "runtime-probe/preload/siphash.h"

#include <linux/fcntl.h>
#include <linux/mman.h>
#include <linux/stat.h>

namespace envleak::preload {
namespace {

// Device and inode, so that another file of that name, in another namespace of processes, is not taken for it.
bool isAt(long descriptor, const trace::PoolPlace& place) {
  struct statx status;
  constexpr int empty_path = 0x1000;  // AT_EMPTY_PATH
  if (failed(systemCall(SYS_statx, descriptor, "", empty_path, STATX_INO | STATX_SIZE, &status))) return false;
  return status.stx_ino == place.inode && status.stx_dev_major == place.device_major &&
         status.stx_dev_minor == place.device_minor && status.stx_size == poolFileSize;
}

}  // namespace

Pool::Pool(const trace::PoolPlace& place) {
  if (place.pid == 0) return;
  char path[48] = "/proc/";
  char* end = putNumber(path + 6, place.pid);
  copyBytes(end, "/fd/", 4);
  *putNumber(end + 4, place.descriptor) = '\0';
  descriptor_ = systemCall(SYS_openat, AT_FDCWD, path, O_RDWR | O_CLOEXEC | O_NONBLOCK);
  if (failed(descriptor_) || isAt(descriptor_, place)) return;
  systemCall(SYS_close, descriptor_);
  descriptor_ = -1;
}

Pool::~Pool() {
  if (table_ != nullptr) systemCall(SYS_munmap, table_, sizeof(PoolTable));
  if (descriptor_ >= 0) systemCall(SYS_close, descriptor_);
}

bool Pool::mapTable() {
  if (table_ != nullptr) return true;
  const long address =
      systemCall(SYS_mmap, 0, sizeof(PoolTable), PROT_READ | PROT_WRITE, MAP_SHARED, descriptor_, 0);
  if (!failed(address)) table_ = reinterpret_cast<PoolTable*>(address);
  return table_ != nullptr;
}

// A hash that is being published meanwhile is not found: its low half comes last.
std::uint32_t Pool::findCopied(const StringHash& hash) {
  if (!copy_tried_) {
    copy_tried_ = true;
    if (systemCall(SYS_pread64, descriptor_, copy_, sizeof copy_, offsetof(PoolTable, hashes)) == sizeof copy_)
      copied_ = copied;
  }
  const auto is = [&](std::size_t number) { return copy_[number].low == hash.low && copy_[number].high == hash.high; };
  if (expected_ < copied_ && is(expected_)) return expected_;
  for (std::size_t number = 0; number < copied_; ++number)
    if (is(number)) return static_cast<std::uint32_t>(number);
  return none;
}

std::uint32_t Pool::find(const StringHash& hash) const {
  const auto is = [&](std::uint32_t number) {
    const StringHash& known = table_->hashes[number];
    return __atomic_load_n(&known.low, __ATOMIC_ACQUIRE) == hash.low && known.high == hash.high;
  };
  if (expected_ < PoolTable::most && is(expected_)) return expected_;
  for (std::size_t i = 0; i < PoolTable::slots; ++i) {
    const std::uint32_t found =
        __atomic_load_n(&table_->table[(hash.low + i) % PoolTable::slots], __ATOMIC_ACQUIRE);
    if (found == 0 || found > PoolTable::most) return none;
    if (is(found - 1)) return found - 1;
  }
  return none;
}

void Pool::publish(std::uint32_t number, const StringHash& hash) {
  StringHash& place = table_->hashes[number];
  place.high = hash.high;
  __atomic_store_n(&place.low, hash.low, __ATOMIC_RELEASE);
  for (std::size_t i = 0; i < PoolTable::slots; ++i) {
    std::uint16_t free = 0;
    if (__atomic_compare_exchange_n(&table_->table[(hash.low + i) % PoolTable::slots], &free,
                                    static_cast<std::uint16_t>(number + 1), false, __ATOMIC_ACQ_REL, __ATOMIC_RELAXED))
      return;
  }
}

std::uint32_t Pool::numberOf(const char* entry, std::size_t name_length, std::size_t length) {
  StringHash hash;
  hash.low = sipHash(probeNames().key, entry, length, &hash.high);
  std::uint32_t number = findCopied(hash);
  if (number == none) {
    if (!mapTable()) return none;
    number = find(hash);
  }
  if (number == none) {
    if (__atomic_load_n(&table_->used, __ATOMIC_RELAXED) >= PoolTable::most || softLimit(fileSizeLimit) < poolFileSize) return none;
    number = __atomic_fetch_add(&table_->used, 1, __ATOMIC_RELAXED);
    if (number >= PoolTable::most) return none;
    const std::size_t at = poolEntriesOffset + number * stride + window - name_length - 1;
    if (systemCall(SYS_pwrite64, descriptor_, entry, length + 1, at) != static_cast<long>(length) + 1) return none;
    publish(number, hash);
  }
  expected_ = number + 1;
  return number;
}

bool Pool::mapAt(char* address, std::uint32_t number, std::size_t count) const {
  constexpr int no_replace = 0x100000;  // MAP_FIXED_NOREPLACE: older kernels take the address for a wish
  const long got =
      systemCall(SYS_mmap, address, count * stride, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_NORESERVE | no_replace,
                 descriptor_, poolEntriesOffset + std::size_t{number} * stride);
  if (failed(got)) return false;
  if (reinterpret_cast<char*>(got) == address) return true;
  systemCall(SYS_munmap, got, count * stride);
  return false;
}

}  // namespace envleak::preload
