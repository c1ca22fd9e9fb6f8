#include "analyzer/frontend/worker_process.h"

#include "analyzer/frontend/archive.h"
#include "analyzer/frontend/message.h"
#include "analyzer/frontend/paths.h"
#include "analyzer/frontend/summary_fields.h"
#include "facts/error.h"
#include "facts/text.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

namespace envleak::analyzer {
namespace {

// The compiler reads CPATH and the like from its environment, which would make the result depend on who runs it.
std::vector<std::string> workerEnvironment() {
  std::vector<std::string> environment;
  for (const char* name : {"LD_LIBRARY_PATH", "TMPDIR", "ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS"})
    if (const char* value = std::getenv(name)) environment.push_back(std::string(name) + "=" + value);
  return environment;
}

// A worker that takes no CPU time at all for so long waits for something, however busy the machine is.
std::chrono::seconds idleLimit(std::chrono::seconds limit) { return std::max(limit, std::chrono::seconds(10)); }

}  // namespace

// Of the process, from its start.
std::chrono::nanoseconds WorkerProcess::spent() const {
  clockid_t clock{};
  timespec time{};
  if (process_ < 0 || ::clock_getcpuclockid(process_, &clock) != 0 || ::clock_gettime(clock, &time) != 0) return {};
  return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
}

WorkerProcess::Clock::duration WorkerProcess::leeway() const {
  Clock::duration cpu = limit_ - (spent() - spent_before_), wall = seen_at_ + idleLimit(limit_) - Clock::now();
  return std::max<Clock::duration>(std::min(cpu, wall), std::chrono::milliseconds(0));
}

std::string WorkerProcess::overdue() {
  auto inSeconds = [](std::chrono::seconds time) { return std::to_string(time.count()) + " s"; };
  std::chrono::nanoseconds now_spent = spent();
  if (now_spent != seen_spent_) {
    seen_spent_ = now_spent;
    seen_at_ = Clock::now();
  }
  if (now_spent - spent_before_ >= limit_) return "not finished after " + inSeconds(limit_) + " of CPU time (--unit-timeout)";
  if (Clock::now() >= seen_at_ + idleLimit(limit_))
    return "not finished: it took no CPU time for " + inSeconds(idleLimit(limit_)) + ", it waits for something (--unit-timeout)";
  return {};
}

bool WorkerProcess::give(std::size_t unit, const CompileCommand& command, std::chrono::seconds limit) {
  unit_ = unit;
  busy_ = true;
  limit_ = limit;
  spent_before_ = spent();
  seen_spent_ = spent_before_;
  seen_at_ = Clock::now();
  Encoder encoder;
  encoder(command);
  return writeAll(input_, encodeMessage(encoder.take()));
}

WorkerProcess::Outcome WorkerProcess::receive(Analysed& analysed) {
  std::array<char, 65536> chunk;
  ssize_t count = ::read(output_, chunk.data(), chunk.size());
  if (count < 0 && errno == EINTR) return Outcome::nothing;
  if (count <= 0) return Outcome::lost;
  buffer_.append(chunk.data(), static_cast<std::size_t>(count));
  try {
    auto message = takeMessage(buffer_);
    if (!message) return Outcome::nothing;
    Decoder decoder(*message);
    decoder(analysed.crashed, analysed.closure, analysed.summary);
    decoder.finish();
  } catch (const DamagedArchive&) {
    return Outcome::lost;
  }
  busy_ = false;
  return Outcome::answer;
}

std::string WorkerProcess::stop() {
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

std::string WorkerProcess::reap() {
  for (int i = 0; i < 100; ++i) {
    siginfo_t info{};
    if (::waitid(P_PID, static_cast<id_t>(process_), &info, WEXITED | WNOHANG | WNOWAIT) == 0 && info.si_pid != 0)
      break;
    ::usleep(10000);
  }
  return stop();
}

void WorkerProcess::start() {
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
  std::string name = "envleak", command = "scan-worker";
  std::array<char*, 5> arguments{name.data(), command.data(), models_file_.data(), relative_to_.data(), nullptr};
  std::vector<std::string> variables = workerEnvironment();
  std::vector<char*> environment;
  for (std::string& variable : variables) environment.push_back(variable.data());
  environment.push_back(nullptr);
  int error = ::posix_spawn(&process_, program_.c_str(), &actions, nullptr, arguments.data(), environment.data());
  posix_spawn_file_actions_destroy(&actions);
  ::close(to[0]);
  ::close(from[1]);
  input_ = to[1];
  output_ = from[0];
  if (error != 0) {
    ::close(input_);
    ::close(output_);
    process_ = -1;
    throw InputError(oneLine(program_) + ": cannot start a worker: " + std::strerror(error));
  }
}

}  // namespace envleak::analyzer
