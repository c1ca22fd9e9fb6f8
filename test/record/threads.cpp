// Threads, a signal handler that reads, and forks at the same time: no event is lost and every child counts for itself.
//
// RUN: %cxx -O1 -pthread -o %t %s
// RUN: %envleak record -o %t.trace -- %t > %t.out
// RUN: %python %S/Inputs/dump_trace.py %t.trace > %t.dump && %FileCheck %s < %t.dump
// RUN: test $(grep -c 'read getenv IN_CHILD set=0 count=1 ' %t.dump) = 40
// RUN: test $(grep -c ' fork parent=P2' %t.dump) = 40
// RUN: test "$(sed -n 's/.*FROM_HANDLER set=0 count=\([0-9]*\) .*/\1/p' %t.dump)" = "$(cat %t.out)"
//
// CHECK: dropped=0
// CHECK-DAG: P2 read getenv SHARED set=0 count=400000 site=threads.cpp.tmp
// CHECK-DAG: P2 read getenv FROM_HANDLER
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <sys/time.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>
#include <vector>

static volatile sig_atomic_t handled;
static void handler(int) {
  getenv("FROM_HANDLER");
  handled = handled + 1;
}

int main() {
  struct sigaction action {};
  action.sa_handler = handler;
  action.sa_flags = SA_RESTART;
  sigaction(SIGALRM, &action, nullptr);
  sigset_t alarm, before;
  sigemptyset(&alarm);
  sigaddset(&alarm, SIGALRM);
  pthread_sigmask(SIG_BLOCK, &alarm, &before);  // only this thread handles it, so that the count is exact
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([] {
      for (int i = 0; i < 100000; ++i) getenv("SHARED");
    });
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
  raise(SIGALRM);
  itimerval often{{0, 300}, {0, 300}}, never{};
  setitimer(ITIMER_REAL, &often, nullptr);
  for (int i = 0; i < 40; ++i) {
    sigprocmask(SIG_BLOCK, &alarm, nullptr);
    const int pid = fork();
    if (pid == 0) {
      getenv("IN_CHILD");
      _exit(0);
    }
    sigprocmask(SIG_UNBLOCK, &alarm, nullptr);
    int status;
    while (waitpid(pid, &status, 0) < 0) {
    }
  }
  for (auto& thread : threads) thread.join();
  setitimer(ITIMER_REAL, &never, nullptr);
  std::printf("%d\n", static_cast<int>(handled));
}
