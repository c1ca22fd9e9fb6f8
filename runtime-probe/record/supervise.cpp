#include "runtime-probe/record/supervise.h"

#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <thread>
#include <unordered_map>

namespace envleak::probe {
namespace {

constexpr long options =
    PTRACE_O_TRACEFORK | PTRACE_O_TRACEVFORK | PTRACE_O_TRACECLONE | PTRACE_O_TRACEEXEC | PTRACE_O_TRACEEXIT;

// Without `errno` set: 0. A process that was killed meanwhile is none to ask any more.
int seize(int pid) { return ::ptrace(PTRACE_SEIZE, pid, nullptr, options) == 0 ? 0 : errno; }

void goOn(int tid, int signal) { ::ptrace(PTRACE_CONT, tid, nullptr, static_cast<long>(signal)); }

bool stopsGroup(int signal) { return signal == SIGSTOP || signal == SIGTSTP || signal == SIGTTIN || signal == SIGTTOU; }

class Follower {
 public:
  Follower(int command, ProcessTree& tree) : command_(command), tree_(tree) { tree_.begun(command, 0); }

  int run() {
    bool command_ended = false;
    int result = 0;
    for (;;) {
      int status = 0;
      // What happened until the command ended is taken note of still.
      const int tid = ::waitpid(-1, &status, __WALL | __WNOTHREAD | (command_ended ? WNOHANG : 0));
      if (tid < 0 && errno == EINTR) continue;
      if (tid <= 0) return result;
      if (WIFSTOPPED(status)) {
        takeStop(tid, status);
        continue;
      }
      maker_.erase(tid);
      tree_.ended(tid, status);
      if (tid != command_) continue;
      command_ended = true;
      result = status;
    }
  }

 private:
  void takeStop(int tid, int status) {
    const int signal = WSTOPSIG(status);
    const int event = status >> 16;
    unsigned long message = 0;
    if (event != 0 && event != PTRACE_EVENT_STOP) ::ptrace(PTRACE_GETEVENTMSG, tid, nullptr, &message);
    const int number = static_cast<int>(message);
    if (!tree_.knows(tid)) meet(tid);
    switch (event) {
      case 0:
        return goOn(tid, signal);
      case PTRACE_EVENT_STOP:
        if (!stopsGroup(signal)) break;
        // It stays stopped, and its parent can see that.
        ::ptrace(PTRACE_LISTEN, tid, nullptr, nullptr);
        return;
      case PTRACE_EVENT_FORK:
      case PTRACE_EVENT_VFORK:
      case PTRACE_EVENT_CLONE:
        // Whichever of the two is seen first: the maker's stop, or the new one's own.
        if (!tree_.knows(number)) maker_[number] = tid;
        break;
      case PTRACE_EVENT_EXEC:
        tree_.executed(tid, number);
        break;
      case PTRACE_EVENT_EXIT:
        tree_.ending(tid, number);
        break;
      default:
        break;
    }
    goOn(tid, 0);
  }

  void meet(int tid) {
    const auto maker = maker_.find(tid);
    tree_.begun(tid, maker == maker_.end() ? 0 : maker->second);
    if (maker != maker_.end()) maker_.erase(maker);
  }

  int command_;
  ProcessTree& tree_;
  std::unordered_map<int, int> maker_;  // of threads and processes that have not stopped yet
};

}  // namespace

int supervisionRefused() {
  const int pid = ::fork();
  if (pid < 0) return errno;
  if (pid == 0) {
    for (;;) ::pause();
  }
  int error = 0;
  std::thread([&] { error = seize(pid); }).join();
  ::kill(pid, SIGKILL);
  while (::waitpid(pid, nullptr, __WALL) < 0 && errno == EINTR) {
  }
  return error;
}

int supervise(int command, ProcessTree& tree, const std::function<void()>& start, int& refused) {
  int status = 0;
  // Signals are for the thread that passes them on.
  sigset_t all, before;
  ::sigfillset(&all);
  ::pthread_sigmask(SIG_SETMASK, &all, &before);
  std::thread thread([&] {
    refused = seize(command);
    if (refused != 0) return;
    Follower follower(command, tree);
    start();
    status = follower.run();
  });
  ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
  thread.join();
  return status;
}

}  // namespace envleak::probe
