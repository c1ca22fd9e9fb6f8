#include "runtime-probe/preload/swap.h"

#include "runtime-probe/preload/channel.h"
#include "runtime-probe/preload/environment.h"
#include "runtime-probe/preload/machine.h"
#include "runtime-probe/preload/names.h"
#include "runtime-probe/preload/spread.h"

#include <linux/mman.h>

extern "C" __attribute__((weak)) char** environ;

namespace envleak::preload {

struct Slot {
  std::uint32_t busy;
  char** array;
  std::size_t size;  // bytes mapped
  char** original;
};

namespace {

Slot slots[8];

Slot* slotOf(char** array) {
  for (Slot& slot : slots)
    if (array != nullptr && __atomic_load_n(&slot.array, __ATOMIC_ACQUIRE) == array) return &slot;
  return nullptr;
}

bool reserve(Slot& slot, std::size_t size) {
  if (slot.size >= size) return true;
  size = roundUp(size, 4096);
  const long address = systemCall(SYS_mmap, 0, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (failed(address)) return false;
  __atomic_store_n(&slot.array, reinterpret_cast<char**>(address), __ATOMIC_RELEASE);  // the smaller one stays mapped
  slot.size = size;
  return true;
}

Slot* takeSlot(std::size_t size) {
  for (Slot& slot : slots) {
    if (__atomic_exchange_n(&slot.busy, 1, __ATOMIC_ACQ_REL) != 0) continue;
    if (reserve(slot, size)) return &slot;
    __atomic_store_n(&slot.busy, 0, __ATOMIC_RELEASE);
    return nullptr;
  }
  return nullptr;
}

// Somebody made a new environment out of ours meanwhile.
void removeInPlace(char** array) {
  if (array == nullptr) return;
  char** to = array;
  for (char** from = array; *from != nullptr; ++from)
    if (!isProbeEntry(*from, probeNames())) *to++ = *from;
  *to = nullptr;
}

}  // namespace

EnvironmentSwap::EnvironmentSwap(bool with_probe, std::uint32_t spawn, const char* first) {
  if (&environ == nullptr) return;
  char** original = currentEnvironment();
  if (const Slot* other = slotOf(original)) original = other->original;
  InjectionSize size = injectionSize(original, probeNames(), first);
  size.entries += 16;  // the environment may grow meanwhile, by another thread
  Slot* slot = takeSlot(size.entries * sizeof(char*) + size.text);
  if (slot == nullptr) return;
  slot->original = original;
  if (with_probe)
    inject(original, probeNames(), first, spawn, slot->array, reinterpret_cast<char*>(slot->array + size.entries));
  else
    copyEnvironment(original, probeNames(), slot->array);
  unspreadAll(slot->array, askResidency());
  __atomic_store_n(&environ, slot->array, __ATOMIC_RELEASE);
  slot_ = slot;
}

EnvironmentSwap::~EnvironmentSwap() {
  if (slot_ == nullptr) return;
  char** mine = slot_->array;
  if (!__atomic_compare_exchange_n(&environ, &mine, slot_->original, false, __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE) &&
      slotOf(mine) == nullptr && mine != slot_->original)
    removeInPlace(mine);
  __atomic_store_n(&slot_->busy, 0, __ATOMIC_RELEASE);
}

void dropSwap() {
  if (&environ == nullptr) return;
  if (const Slot* slot = slotOf(environ)) environ = slot->original;
  for (Slot& slot : slots) slot.busy = 0;
}

}  // namespace envleak::preload
