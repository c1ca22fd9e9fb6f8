// What happened in each run, in the order in which it was published.
#pragma once

#include "reports/crosscheck/report.h"

namespace envleak::reports {

struct Event {
  enum class Kind { start, spawn, read, write, file, exit } kind = Kind::start;
  std::uint64_t order = 0;
  Index image = 0;  // that did it; of a spawn the parent
  // Into reads, writes or files of the image; of a spawn into the edges of the runs.
  std::size_t index = 0;
};

std::string_view toString(Event::Kind kind);

struct Timeline {
  std::vector<std::vector<Event>> runs;  // by run
  std::optional<NameId> name;            // only what concerns it
  std::uint64_t ends_unknown = 0;        // images whose end was seen, and when is not known
};

// `name`: none for all. Of a name: its reads and writes, changes of the whole environment in images that had it, files
// that define it, spawns that handed it on, added, changed or dropped it, and first images that came with it.
Timeline timelineOf(const Report& report, const std::vector<bool>& selected, std::optional<NameId> name);

}  // namespace envleak::reports
