#include "runtime-probe/trace/silent_execs.h"

#include <unordered_map>

namespace envleak::trace {

SilentExecs::SilentExecs(const TraceFile& trace) {
  std::unordered_map<std::int32_t, std::uint64_t> last;  // by pid: the exec that has no answer yet
  for (const Record& record : trace.records()) {
    if (record.kind() == RecordKind::exec) {
      last[record.pid()] = record.offset();
      silent_.insert(record.offset());
    } else if (record.kind() == RecordKind::hello) {
      if (auto answered = last.extract(record.pid())) silent_.erase(answered.mapped());
    } else if (record.kind() == RecordKind::exit && record.header().by_recorder != 0) {
      last.erase(record.pid());
    }
  }
}

}  // namespace envleak::trace
