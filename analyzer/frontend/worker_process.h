// One worker process: given a command, it answers with the unit's summary, or is lost.
#pragma once

#include "analyzer/analyzer.h"
#include "analyzer/frontend/closure.h"
#include "analyzer/frontend/compile_commands.h"

#include <sys/types.h>

#include <chrono>
#include <string>

namespace envleak::analyzer {

struct Analysed {
  std::string summary;  // encoded
  Closure closure;
  bool crashed = false;  // the parser crashed and was caught: the process is not to be used again
};

class WorkerProcess {
 public:
  using Clock = std::chrono::steady_clock;

  // Throws InputError if it cannot be started.
  explicit WorkerProcess(const ScanOptions& options)
      : program_(options.program), models_file_(options.models_file), relative_to_(options.relative_to) {
    start();
  }
  WorkerProcess(const WorkerProcess&) = delete;
  WorkerProcess& operator=(const WorkerProcess&) = delete;
  ~WorkerProcess() { stop(); }

  bool busy() const { return busy_; }
  std::size_t unit() const { return unit_; }
  int output() const { return output_; }
  // The soonest that the unit may be overdue.
  Clock::duration leeway() const;
  // Why the unit is given up: it took its limit of CPU time (a busy machine loses none), or waits for something. Empty:
  // it may go on.
  std::string overdue();

  // False if the worker is gone.
  bool give(std::size_t unit, const CompileCommand& command, std::chrono::seconds limit);

  enum class Outcome { nothing, answer, lost };
  // Reads what is there; to be called when output() is readable.
  Outcome receive(Analysed& analysed);
  // Ends the process; says how it ended.
  std::string stop();
  // How a worker that closed its output ended; it is given a moment to do so by itself.
  std::string reap();
  // After stop(). Throws InputError.
  void start();

 private:
  std::chrono::nanoseconds spent() const;

  std::string program_, models_file_, relative_to_;
  pid_t process_ = -1;
  int input_ = -1;
  int output_ = -1;
  bool busy_ = false;
  std::size_t unit_ = 0;
  std::chrono::seconds limit_{};
  std::chrono::nanoseconds spent_before_{}, seen_spent_{};  // CPU time
  Clock::time_point seen_at_;                               // when it had last taken some
  std::string buffer_;
};

}  // namespace envleak::analyzer
