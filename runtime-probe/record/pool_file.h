// The memory file that holds the environment strings of a recording (preload/pool.h), as long as the recorder lives.
#pragma once

#include "runtime-probe/trace/format.h"

namespace envleak::probe {

class PoolFile {
 public:
  // Without one, where the limit on the size of files is too small or memory is short, every image keeps its own.
  PoolFile();
  ~PoolFile();
  PoolFile(const PoolFile&) = delete;
  PoolFile& operator=(const PoolFile&) = delete;

  const trace::PoolPlace& place() const { return place_; }  // pid 0: there is none

 private:
  int descriptor_ = -1;
  trace::PoolPlace place_{};
};

}  // namespace envleak::probe
