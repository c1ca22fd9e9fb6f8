#include "runtime-probe/preload/residency.h"

#include "runtime-probe/preload/bytes.h"
#include "runtime-probe/preload/channel.h"
#include "runtime-probe/preload/machine.h"
#include "runtime-probe/preload/process.h"
#include "runtime-probe/preload/spread.h"

namespace envleak::preload {
namespace {

constexpr std::size_t fewestForImport = 8;  // of fewer variables, all touched says nothing

}  // namespace

Residency askResidency() {
  Residency now{};
  constexpr std::size_t batch = 64;
  void* pages[batch];
  int status[batch];
  const std::size_t count = spreadCount();
  for (std::size_t from = 0; from < count; from += batch) {
    const std::size_t size = count - from < batch ? count - from : batch;
    for (std::size_t i = 0; i < size; ++i) {
      pages[i] = spreadValue(from + i);
      status[i] = 0;
    }
    // Not to be asked any more: then each may have been looked at.
    if (sandboxed() || failed(systemCall(SYS_move_pages, 0, size, pages, 0, status, 0)))
      for (std::size_t i = 0; i < size; ++i) status[i] = 0;
    for (std::size_t i = 0; i < size; ++i)
      if (status[i] >= 0) now.bits[from / batch] |= std::uint64_t{1} << i;
  }
  return now;
}

// Pages that the program wrote to are handed to a forked child; the others are not, so it starts clean.
void renewResidency() {
  if (spreadCount() != 0) tables()->touched_before = askResidency();
}

void publishTouched(Account account) {
  const std::size_t count = spreadCount();
  if (!allSpread() && count == 0) return;
  if (sandboxed()) return;
  const Residency now = askResidency();
  const Residency& before = tables()->touched_before;
  std::size_t touched = 0, space = 0;
  for (std::size_t i = 0; i < count; ++i)
    if (now.has(i) && !before.has(i)) {
      ++touched;
      space += spreadAt(i).name_length + 1;
    }
  RecordWriter record(trace::RecordKind::touched, sizeof(trace::TouchedRecord), space);
  if (!record) return;
  auto* body = record.body<trace::TouchedRecord>();
  const bool all = count >= fewestForImport && touched * 10 >= count * 9;
  body->all = all ? trace::TouchedAll::imported : trace::TouchedAll::some;
  body->exact = allSpread() && account == Account::last;
  char* names = record.reserve(space, 1);
  body->names = {record.offsetOf(names), static_cast<std::uint32_t>(space)};
  for (std::size_t i = 0; i < count; ++i)
    if (now.has(i) && !before.has(i)) {
      copyBytes(names, spreadAt(i).original, spreadAt(i).name_length);
      names += spreadAt(i).name_length + 1;  // the file is zeros, so the NUL is there
    }
  record.publish();
}

}  // namespace envleak::preload
