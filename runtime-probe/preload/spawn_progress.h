// That this thread is within a call that has been announced: what libc's own bodies then do for it is told already.
#pragma once

#include <cstdint>

namespace envleak::preload {

class SpawnInProgress {
 public:
  // `in_child`: a child that libc makes will run the program, sharing this thread's memory and variables.
  enum class Runs { here, in_child };
  explicit SpawnInProgress(Runs runs);
  ~SpawnInProgress();
  SpawnInProgress(const SpawnInProgress&) = delete;
  SpawnInProgress& operator=(const SpawnInProgress&) = delete;

  static bool any();

 private:
  std::int32_t before_;
};

}  // namespace envleak::preload
