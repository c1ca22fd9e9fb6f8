// How far the scan is, on one line of the terminal.
#pragma once

#include <chrono>
#include <cstddef>

namespace envleak::analyzer {

class Progress {
 public:
  using Clock = std::chrono::steady_clock;

  // Says nothing if `shown` is false.
  explicit Progress(bool shown) : shown_(shown) {}
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  ~Progress();

  // So many more units are to be analysed.
  void expect(std::size_t units) { total_ += units; }
  void step();

 private:
  bool shown_;
  bool written_ = false;
  std::size_t done_ = 0, total_ = 0;
  Clock::time_point started_ = Clock::now();
  Clock::time_point last_;
};

}  // namespace envleak::analyzer
