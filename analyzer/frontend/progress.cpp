#include "analyzer/frontend/progress.h"

#include <cstdio>

namespace envleak::analyzer {

Progress::~Progress() {
  if (written_) std::fputs("\r\033[K", stderr);
}

void Progress::step() {
  ++done_;
  Clock::time_point now = Clock::now();
  if (!shown_ || (done_ < total_ && now - last_ < std::chrono::milliseconds(100))) return;
  last_ = now;
  written_ = true;
  double seconds = std::chrono::duration<double>(now - started_).count();
  double rate = seconds > 0 ? static_cast<double>(done_) / seconds : 0;
  auto left = static_cast<unsigned>(rate > 0 ? static_cast<double>(total_ - done_) / rate : 0);
  std::fprintf(stderr, "\r\033[K%zu/%zu units, %.1f/s, %u:%02u left", done_, total_, rate, left / 60, left % 60);
}

}  // namespace envleak::analyzer
