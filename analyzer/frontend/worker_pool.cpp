#include "analyzer/frontend/worker_pool.h"

#include "analyzer/frontend/archive.h"
#include "analyzer/frontend/message.h"
#include "analyzer/frontend/paths.h"
#include "analyzer/frontend/summary_codec.h"
#include "analyzer/frontend/summary_fields.h"
#include "facts/error.h"
#include "facts/text.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <memory>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

namespace envleak::analyzer {
namespace {

using Clock = std::chrono::steady_clock;

// The compiler reads CPATH and the like from its environment, which would make the result depend on who runs it.
std::vector<std::string> workerEnvironment() {
  std::vector<std::string> environment;
  for (const char* name : {"LD_LIBRARY_PATH", "TMPDIR", "ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS"})
    if (const char* value = std::getenv(name)) environment.push_back(std::string(name) + "=" + value);
  return environment;
}

class Worker {
 public:
  explicit Worker(const ScanOptions& options) { start(options); }
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;
  ~Worker() { stop(); }

  bool busy() const { return busy_; }
  std::size_t unit() const { return unit_; }
  int output() const { return output_; }
  Clock::time_point deadline() const { return deadline_; }

  // False if the worker is gone.
  bool give(std::size_t unit, const CompileCommand& command, std::chrono::seconds limit) {
    unit_ = unit;
    busy_ = true;
    deadline_ = Clock::now() + limit;
    Encoder encoder;
    encoder(command);
    return writeAll(input_, encodeMessage(encoder.take()));
  }

  enum class Outcome { nothing, answer, lost };
  Outcome receive(UnitSummary& summary) {
    std::array<char, 65536> chunk;
    ssize_t count = ::read(output_, chunk.data(), chunk.size());
    if (count < 0 && errno == EINTR) return Outcome::nothing;
    if (count <= 0) return Outcome::lost;
    buffer_.append(chunk.data(), static_cast<std::size_t>(count));
    try {
      auto message = takeMessage(buffer_);
      if (!message) return Outcome::nothing;
      summary = decodeSummary(*message);
    } catch (const DamagedArchive&) {
      return Outcome::lost;
    } catch (const SummaryError&) {
      return Outcome::lost;
    }
    busy_ = false;
    return Outcome::answer;
  }

  // Ends the process; says how it ended.
  std::string stop() {
    if (process_ < 0) return {};
    ::close(input_);
    ::close(output_);
    if (busy_) ::kill(process_, SIGKILL);
    int status = 0;
    while (::waitpid(process_, &status, 0) < 0 && errno == EINTR) {
    }
    process_ = -1;
    busy_ = false;
    buffer_.clear();
    if (WIFSIGNALED(status))
      return std::string("signal ") + std::to_string(WTERMSIG(status)) + ", " + ::strsignal(WTERMSIG(status));
    return "exit status " + std::to_string(WEXITSTATUS(status));
  }

  // How a worker that closed its output ended; it is given a moment to do so by itself.
  std::string reap() {
    for (int i = 0; i < 100; ++i) {
      siginfo_t info{};
      if (::waitid(P_PID, static_cast<id_t>(process_), &info, WEXITED | WNOHANG | WNOWAIT) == 0 && info.si_pid != 0)
        break;
      ::usleep(10000);
    }
    return stop();
  }

  void start(const ScanOptions& options) {
    int to[2], from[2];
    if (::pipe2(to, O_CLOEXEC) != 0)
      throw InputError(std::string("no pipe for a worker: ") + std::strerror(errno) + "; use a smaller -j");
    if (::pipe2(from, O_CLOEXEC) != 0) {
      int error = errno;
      ::close(to[0]);
      ::close(to[1]);
      throw InputError(std::string("no pipe for a worker: ") + std::strerror(error) + "; use a smaller -j");
    }
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, to[0], STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, from[1], STDOUT_FILENO);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    std::string name = "envleak", command = "scan-worker", models = options.models_file;
    std::array<char*, 4> arguments{name.data(), command.data(), models.data(), nullptr};
    std::vector<std::string> variables = workerEnvironment();
    std::vector<char*> environment;
    for (std::string& variable : variables) environment.push_back(variable.data());
    environment.push_back(nullptr);
    int error = ::posix_spawn(&process_, options.program.c_str(), &actions, nullptr, arguments.data(), environment.data());
    posix_spawn_file_actions_destroy(&actions);
    ::close(to[0]);
    ::close(from[1]);
    input_ = to[1];
    output_ = from[0];
    if (error != 0) {
      ::close(input_);
      ::close(output_);
      process_ = -1;
      throw InputError(oneLine(options.program) + ": cannot start a worker: " + std::strerror(error));
    }
  }

 private:
  pid_t process_ = -1;
  int input_ = -1;
  int output_ = -1;
  bool busy_ = false;
  std::size_t unit_ = 0;
  Clock::time_point deadline_;
  std::string buffer_;
};

class Pool {
 public:
  Pool(const std::vector<CompileCommand>& commands, const ScanOptions& options)
      : commands_(commands), options_(options), results_(commands.size()) {}

  std::vector<UnitSummary> run() {
    std::size_t count = std::min<std::size_t>(options_.jobs, commands_.size());
    for (std::size_t i = 0; i < count; ++i) workers_.push_back(std::make_unique<Worker>(options_));
    for (auto& worker : workers_) next(*worker);
    while (finished_ < commands_.size()) step();
    if (options_.progress) std::fputs("\r\033[K", stderr);
    return std::move(results_);
  }

 private:
  void next(Worker& worker) {
    while (!worker.busy() && given_ < commands_.size()) {
      std::size_t unit = given_++;
      if (!worker.give(unit, commands_[unit], std::chrono::seconds(options_.unit_timeout_seconds)))
        lose(worker, facts::UnitStatus::crashed, "the worker process ended: " + worker.reap());
    }
  }

  void lose(Worker& worker, facts::UnitStatus status, const std::string& reason) {
    UnitSummary& summary = results_[worker.unit()];
    const CompileCommand& command = commands_[worker.unit()];
    summary = {};
    summary.main_file = canonicalPath(command.file, command.directory);
    summary.status = status;
    summary.errors = {reason};
    worker.stop();
    done();
    worker.start(options_);
  }

  void done() {
    ++finished_;
    if (options_.progress) std::fprintf(stderr, "\r\033[K%zu/%zu units", finished_, commands_.size());
  }

  void step() {
    std::vector<pollfd> descriptors;
    Clock::time_point soonest = Clock::time_point::max();
    for (auto& worker : workers_) {
      descriptors.push_back({worker->busy() ? worker->output() : -1, POLLIN, 0});
      if (worker->busy()) soonest = std::min(soonest, worker->deadline());
    }
    auto wait = std::chrono::duration_cast<std::chrono::milliseconds>(soonest - Clock::now()).count() + 1;
    ::poll(descriptors.data(), descriptors.size(), static_cast<int>(std::clamp<long long>(wait, 0, 60000)));
    for (std::size_t i = 0; i < workers_.size(); ++i) {
      Worker& worker = *workers_[i];
      if (!worker.busy()) continue;
      if ((descriptors[i].revents & (POLLIN | POLLHUP | POLLERR)) != 0)
        receive(worker);
      else if (Clock::now() >= worker.deadline())
        lose(worker, facts::UnitStatus::timeout,
             "not finished after " + std::to_string(options_.unit_timeout_seconds) + " s (--unit-timeout)");
      next(worker);
    }
  }

  void receive(Worker& worker) {
    UnitSummary summary;
    switch (worker.receive(summary)) {
      case Worker::Outcome::nothing:
        return;
      case Worker::Outcome::lost:
        return lose(worker, facts::UnitStatus::crashed, "the worker process ended: " + worker.reap());
      case Worker::Outcome::answer:
        break;
    }
    bool crashed = summary.status == facts::UnitStatus::crashed;
    results_[worker.unit()] = std::move(summary);
    done();
    if (crashed) {
      worker.stop();
      worker.start(options_);
    }
  }

  const std::vector<CompileCommand>& commands_;
  const ScanOptions& options_;
  std::vector<UnitSummary> results_;
  std::vector<std::unique_ptr<Worker>> workers_;
  std::size_t given_ = 0;
  std::size_t finished_ = 0;
};

}  // namespace

std::vector<UnitSummary> summarizeAll(const std::vector<CompileCommand>& commands, const ScanOptions& options) {
  return Pool(commands, options).run();
}

}  // namespace envleak::analyzer
