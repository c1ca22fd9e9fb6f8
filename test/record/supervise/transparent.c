// The command notices nothing: signals arrive as they were sent, a stopped child is seen to stop and to go on by its
// parent, threads may exec, and exit statuses are as ever.
//
// REQUIRES: ptrace
// RUN: %cc -o %t %s && %t > %t.native
// RUN: %status 0 %envleak record --supervise -o %t.trace -- %t > %t.out
// RUN: diff %t.native %t.out && %FileCheck %s < %t.out
// CHECK: queued 42 from myself
// CHECK: child stopped by 19
// CHECK: child continues
// CHECK: child stopped by 20
// CHECK: child killed by 15
// CHECK: stopped by 0, handler ran 1
// CHECK: wait interrupted: 0
// CHECK: same pid: 1
// CHECK: exec by a thread: 6
//
// A process that outlives the command is let go, and runs on:
// RUN: rm -f %t.go %t.late
// RUN: %status 0 %envleak record --supervise -o %t.trace -- sh -c '(until test -e %t.go; do sleep 0.05; done; echo late > %t.late) > /dev/null 2>&1 &'
// RUN: %envleak check --trace %t.trace | %FileCheck %s --check-prefix=LATE
// RUN: touch %t.go && sh -c 'for i in $(seq 100); do grep late %t.late && exit; sleep 0.1; done; exit 1'
// LATE: still-running
//
// So it does if the recorder is killed:
// RUN: rm -f %t.go %t.late
// RUN: sh -c '%envleak record --supervise -o %t.trace -- sh -c "touch %t.go; sleep 0.5; echo late > %t.late" & until test -e %t.go; do sleep 0.05; done; kill -9 $!'
// RUN: sh -c 'for i in $(seq 100); do grep late %t.late && exit; sleep 0.1; done; exit 1'
//
// A signal to the recorder gets to the command:
// RUN: rm -f %t.go
// RUN: sh -c '%envleak record --supervise -o %t.trace -- sh -c "trap \"exit 6\" TERM; touch %t.go; while :; do sleep 0.1; done" & until test -e %t.go; do sleep 0.05; done; kill -TERM $!; wait $!; test $? = 6'
#define _GNU_SOURCE
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static volatile sig_atomic_t handled;
static void handle(int signal) { handled += signal == SIGTSTP; }

static void* executes(void* program) {
  char pid[20];
  snprintf(pid, sizeof pid, "%d", getpid());
  execl(program, program, pid, NULL);
  return NULL;
}

int main(int argc, char** argv) {
  if (argc > 1) return printf("same pid: %d\n", atoi(argv[1]) == getpid()), fflush(stdout), 6;
  setvbuf(stdout, NULL, _IONBF, 0);

  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGRTMIN);
  sigprocmask(SIG_BLOCK, &set, NULL);
  union sigval value = {42};
  sigqueue(getpid(), SIGRTMIN, value);
  siginfo_t info;
  sigwaitinfo(&set, &info);
  printf("queued %d from %s\n", info.si_value.sival_int, info.si_pid == getpid() ? "myself" : "elsewhere");

  int status, child = fork();
  if (child == 0) {
    setpgid(0, 0);
    for (;;) pause();
  }
  setpgid(child, child);
  kill(child, SIGSTOP);
  waitpid(child, &status, WUNTRACED);
  printf("child stopped by %d\n", WIFSTOPPED(status) ? WSTOPSIG(status) : 0);
  kill(child, SIGCONT);
  waitpid(child, &status, WCONTINUED);
  printf("child %s\n", WIFCONTINUED(status) ? "continues" : "?");
  kill(child, SIGTSTP);
  waitpid(child, &status, WUNTRACED);
  printf("child stopped by %d\n", WIFSTOPPED(status) ? WSTOPSIG(status) : 0);
  kill(child, SIGTERM);
  kill(child, SIGCONT);
  waitpid(child, &status, 0);
  printf("child killed by %d\n", WIFSIGNALED(status) ? WTERMSIG(status) : 0);

  signal(SIGTSTP, handle);
  kill(getpid(), SIGTSTP);
  printf("stopped by 0, handler ran %d\n", (int)handled);
  signal(SIGUSR1, SIG_IGN);
  child = fork();
  if (child == 0) {
    kill(getppid(), SIGUSR1);
    _exit(0);
  }
  struct timespec pause = {0, 100000000};
  printf("wait interrupted: %d\n", nanosleep(&pause, NULL) != 0);
  waitpid(child, &status, 0);

  child = fork();
  if (child == 0) {
    pthread_t thread;
    pthread_create(&thread, NULL, executes, argv[0]);
    pthread_join(thread, NULL);
    _exit(1);
  }
  waitpid(child, &status, 0);
  printf("exec by a thread: %d\n", WEXITSTATUS(status));
  return 0;
}
