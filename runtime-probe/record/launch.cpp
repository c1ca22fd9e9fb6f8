#include "runtime-probe/record/launch.h"

#include "facts/error.h"
#include "facts/text.h"
#include "runtime-probe/preload/target.h"
#include "runtime-probe/record/supervise.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <climits>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <ctime>

namespace envleak::probe {
namespace {

// The command gets the signal dispositions that this program was started with; the driver has changed SIGPIPE by the
// time the command is started.
const bool pipe_signal_was_ignored = [] {
  struct sigaction action;
  return sigaction(SIGPIPE, nullptr, &action) == 0 && action.sa_handler == SIG_IGN;
}();

constexpr std::array passedOn{SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGUSR1, SIGUSR2, SIGWINCH};
volatile sig_atomic_t command_pid = 0;

void passOn(int signal, siginfo_t* info, void*) {
  const int saved = errno;
  if (info->si_code <= 0 && command_pid > 0 && info->si_pid != command_pid) ::kill(command_pid, signal);
  errno = saved;
}

// The terminal stops the recorder together with the command. A supervised tree stops only when the recorder has handed
// the signal on.
void stopLater(int, siginfo_t*, void*) {
  const int saved = errno;
  constexpr timespec while_others_stop{0, 50'000'000};
  ::nanosleep(&while_others_stop, nullptr);
  ::kill(::getpid(), SIGSTOP);
  errno = saved;
}

class TerminalStops {
 public:
  explicit TerminalStops(bool supervised) {
    for (std::size_t i = 0; i < signals.size(); ++i) {
      ::sigaction(signals[i], nullptr, &before_[i]);
      if (!supervised || before_[i].sa_handler == SIG_IGN) continue;
      struct sigaction action{};
      action.sa_sigaction = stopLater;
      action.sa_flags = SA_SIGINFO | SA_RESTART;
      ::sigaction(signals[i], &action, nullptr);
    }
  }
  ~TerminalStops() { restore(); }
  TerminalStops(const TerminalStops&) = delete;
  TerminalStops& operator=(const TerminalStops&) = delete;
  void restore() const {
    for (std::size_t i = 0; i < signals.size(); ++i) ::sigaction(signals[i], &before_[i], nullptr);
  }

 private:
  static constexpr std::array signals{SIGTSTP, SIGTTIN, SIGTTOU};
  std::array<struct sigaction, signals.size()> before_;
};

class SignalForwarding {
 public:
  SignalForwarding() {
    for (std::size_t i = 0; i < passedOn.size(); ++i) {
      ::sigaction(passedOn[i], nullptr, &before_[i]);
      if (before_[i].sa_handler == SIG_IGN) continue;  // as under nohup
      struct sigaction action{};
      action.sa_sigaction = passOn;
      action.sa_flags = SA_SIGINFO | SA_RESTART;
      ::sigfillset(&action.sa_mask);
      ::sigaction(passedOn[i], &action, nullptr);
    }
  }
  ~SignalForwarding() { restore(); }
  SignalForwarding(const SignalForwarding&) = delete;
  SignalForwarding& operator=(const SignalForwarding&) = delete;
  void restore() const {
    for (std::size_t i = 0; i < passedOn.size(); ++i) ::sigaction(passedOn[i], &before_[i], nullptr);
  }

 private:
  std::array<struct sigaction, passedOn.size()> before_;
};

int complain(const std::string& name, int error) {
  const std::string message = "envleak: '" + oneLine(name) + "': " + std::strerror(error) + '\n';
  [[maybe_unused]] ssize_t written = ::write(STDERR_FILENO, message.data(), message.size());
  return error == ENOENT ? 127 : 126;
}

}  // namespace

int cannotExecute(const std::string& name, int error) { return complain(name, error); }

std::string findCommand(const std::string& name, int& status) {
  std::string path = name;
  if (name.find('/') == std::string::npos) {
    char found[PATH_MAX];
    if (!preload::searchPath(name.c_str(), std::getenv("PATH"), found, sizeof found)) {
      status = complain(name, ENOENT);
      return {};
    }
    return found;
  }
  struct stat file;
  int error = 0;
  if (::stat(path.c_str(), &file) != 0)
    error = errno;
  else if (S_ISDIR(file.st_mode))
    error = EACCES;
  else if (::access(path.c_str(), X_OK) != 0)
    error = errno;
  if (error == 0) return path;
  status = complain(name, error);
  return {};
}

Ending runCommand(const std::vector<std::string>& command, char* const* environment, ProcessTree* tree) {
  std::vector<char*> arguments;
  for (const std::string& word : command) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  int failure[2], permission[2];
  if (::pipe2(failure, O_CLOEXEC) != 0 || ::pipe2(permission, O_CLOEXEC) != 0)
    throw InputError("cannot make a pipe: " + std::string(std::strerror(errno)));

  // Signals that come before the child's id is known wait until it is.
  sigset_t all, before;
  ::sigfillset(&all);
  ::sigprocmask(SIG_SETMASK, &all, &before);
  command_pid = 0;
  const SignalForwarding forwarding;
  const TerminalStops stops(tree != nullptr);
  Ending ending;
  ending.pid = ::fork();
  if (ending.pid == 0) {
    forwarding.restore();
    stops.restore();
    ::close(permission[1]);
    char permitted;
    if (tree != nullptr && ::read(permission[0], &permitted, 1) != 1) ::_exit(125);
    ::signal(SIGPIPE, pipe_signal_was_ignored ? SIG_IGN : SIG_DFL);
    ::sigprocmask(SIG_SETMASK, &before, nullptr);
    ::execvpe(arguments[0], arguments.data(), environment);
    const int error = errno;
    if (::write(failure[1], &error, sizeof error) < 0) ::_exit(125);
    ::_exit(126);
  }
  const int fork_error = errno;
  command_pid = ending.pid;
  ::sigprocmask(SIG_SETMASK, &before, nullptr);
  ::close(failure[1]);
  ::close(permission[0]);
  const auto permit = [&] { [[maybe_unused]] ssize_t written = ::write(permission[1], "", 1); };
  if (ending.pid < 0) {
    ::close(failure[0]);
    ::close(permission[1]);
    throw InputError("cannot start a process: " + std::string(std::strerror(fork_error)));
  }
  int status = 0;
  if (tree != nullptr) status = supervise(ending.pid, *tree, permit, ending.refused);
  ::close(permission[1]);
  ssize_t got;
  do got = ::read(failure[0], &ending.exec_error, sizeof ending.exec_error);
  while (got < 0 && errno == EINTR);
  ::close(failure[0]);
  if (tree == nullptr || ending.refused != 0)
    while (::waitpid(ending.pid, &status, 0) < 0 && errno == EINTR) {
    }
  command_pid = 0;
  ending.by_signal = WIFSIGNALED(status);
  ending.value = ending.by_signal ? WTERMSIG(status) : WEXITSTATUS(status);
  return ending;
}

}  // namespace envleak::probe
