// Where the system forbids ptrace, the command is not started, and an earlier trace stays.
//
// RUN: %cc -o %t %s && echo earlier > %t.trace
// RUN: %status 125 %t %envleak record --supervise -o %t.trace -- touch %t.started 2> %t.err
// RUN: %FileCheck %s < %t.err && grep earlier %t.trace && test ! -e %t.started
// CHECK: --supervise: the system does not permit to follow processes (ptrace: Operation not permitted)
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(int argc, char** argv) {
  struct sock_filter filter[] = {
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_ptrace, 0, 1),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | 1),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
  };
  struct sock_fprog program = {sizeof filter / sizeof *filter, filter};
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) || prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program)) return 1;
  execvp(argv[1], argv + 1);
  return argc;
}
