// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -std=c++20
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// A default argument is the environment.
#include <unistd.h>

static int run(char **argv, char **env = environ) { return execve("/a", argv, env); }

int main(int argc, char **argv) {
  return run(argv + argc - 1);
  // CHECK: [[#@LINE-1]]: wrapper run in main: forwarded
}

// The declaration has it, not the definition; and what it is need not be a name.
char **chosen();
static int declared(char **argv, char **env = environ);
static int declared(char **argv, char **env) { return execve("/a", argv, env); }
static int computed(char **argv, char **env = chosen()) { return execve("/a", argv, env); }
static int by_number(char **argv, bool own = false) {
  static char *const list[] = {nullptr};
  return own ? execve("/a", argv, list) : execve("/a", argv, environ);
}

struct Runner {
  int run(char **argv, char **env = environ) { return execve("/a", argv, env); }
};

int more(char **argv, Runner &runner) {
  declared(argv);
  // CHECK: [[#@LINE-1]]: wrapper declared in more: forwarded
  computed(argv);
  // CHECK: [[#@LINE-1]]: wrapper computed in more: unknown
  by_number(argv);
  // CHECK: [[#@LINE-1]]: wrapper by_number in more: forwarded
  return runner.run(argv);
  // CHECK: [[#@LINE-1]]: wrapper run in more: forwarded
}
