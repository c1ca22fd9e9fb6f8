// A seccomp filter that allows all, put on between two reads.
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include "truth.h"

int main(void) {
  struct sock_filter allow = {BPF_RET | BPF_K, 0, 0, SECCOMP_RET_ALLOW};
  struct sock_fprog program = {1, &allow};
  show(found(environ, "N1"));
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) || prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program)) return 1;
  show(getenv("N2"));
  show(found(environ, "N3"));
  return 0;
}
