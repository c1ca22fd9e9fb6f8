#include "runtime-probe/preload/residency.h"

#include "runtime-probe/preload/bytes.h"
#include "runtime-probe/preload/channel.h"
#include "runtime-probe/preload/first_touch.h"
#include "runtime-probe/preload/machine.h"
#include "runtime-probe/preload/process.h"
#include "runtime-probe/preload/script_values.h"
#include "runtime-probe/preload/spread.h"

namespace envleak::preload {
Residency askResidency() { return askResidencyAt(spreadValue(0)); }

Residency askResidencyAt(char* first) {
  Residency now{};
  constexpr std::size_t batch = 64;
  void* pages[batch];
  int status[batch];
  const std::size_t count = spreadCount();
  for (std::size_t from = 0; from < count; from += batch) {
    const std::size_t size = count - from < batch ? count - from : batch;
    for (std::size_t i = 0; i < size; ++i) {
      pages[i] = first + (from + i) * stride;
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
  if (spreadCount() == 0) return;
  tables()->touched_before = askResidency();
  if (char* values = scriptValues()) tables()->script_touched_before = askResidencyAt(values);
}

const char* nameOfWindow(std::uint64_t address, std::size_t& length) {
  if (spreadCount() == 0) return nullptr;
  const std::uint64_t distance = address - reinterpret_cast<std::uint64_t>(spreadValue(0));
  if (distance / stride >= spreadCount() || distance % stride >= window) return nullptr;
  length = spreadAt(distance / stride).name_length;
  return spreadAt(distance / stride).original;
}

void publishWindows() {
  if ((traceHeader()->flags & trace::supervised) == 0) return;
  const std::size_t count = spreadCount();
  std::size_t space = 0;
  for (std::size_t i = 0; i < count; ++i) space += spreadAt(i).name_length + 1;
  RecordWriter record(trace::RecordKind::windows, sizeof(trace::WindowsRecord), space);
  if (!record) return;
  auto* body = record.body<trace::WindowsRecord>();
  body->first_value = reinterpret_cast<std::uint64_t>(spreadValue(0));
  body->stride = stride;
  body->count = static_cast<std::uint32_t>(count);
  body->complete = allSpread();
  char* names = record.reserve(space, 1);
  body->names = {record.offsetOf(names), static_cast<std::uint32_t>(space)};
  for (std::size_t i = 0; i < count; ++i) {
    copyBytes(names, spreadAt(i).original, spreadAt(i).name_length);
    names += spreadAt(i).name_length + 1;  // the file is zeros, so the NUL is there
  }
  record.publish();
}

namespace {

void publishNames(const Residency& now, const Residency& before, Account account, bool by_script) {
  const std::size_t count = spreadCount();
  std::size_t touched = 0, space = 0;
  for (std::size_t i = 0; i < count; ++i)
    if (now.has(i) && !before.has(i)) {
      ++touched;
      space += spreadAt(i).name_length + 1;
    }
  RecordWriter record(trace::RecordKind::touched, sizeof(trace::TouchedRecord), space);
  if (!record) return;
  auto* body = record.body<trace::TouchedRecord>();
  body->all = trace::touchedAll(touched, count);
  body->exact = allSpread() && account == Account::last;
  body->by_script = by_script;
  char* names = record.reserve(space, 1);
  body->names = {record.offsetOf(names), static_cast<std::uint32_t>(space)};
  for (std::size_t i = 0; i < count; ++i)
    if (now.has(i) && !before.has(i)) {
      copyBytes(names, spreadAt(i).original, spreadAt(i).name_length);
      names += spreadAt(i).name_length + 1;  // the file is zeros, so the NUL is there
    }
  record.publish();
}

}  // namespace

void publishTouched(Account account) {
  if (!allSpread() && spreadCount() == 0) return;
  if (sandboxed()) return;
  publishFirstTouches();
  publishNames(askResidency(), tables()->touched_before, account, false);
  if (char* values = scriptValues())
    publishNames(askResidencyAt(values), tables()->script_touched_before, account, true);
}

}  // namespace envleak::preload
