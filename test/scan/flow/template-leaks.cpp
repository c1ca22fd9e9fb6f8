// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -std=c++20
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// A template is a wrapper in each of its instantiations.
#include <unistd.h>

template <typename Environment>
int run(char **argv, Environment env) {
  return execve("/a", argv, env);
}

template <bool Clean>
int choose(char **argv) {
  char *none[] = {nullptr};
  if constexpr (Clean) return execve("/a", argv, none);
  return execve("/a", argv, environ);
  // CHECK: [[#@LINE-1]]: direct execve in choose{{.*}}: forwarded [envleak-forwarded]
}

int main(int argc, char **argv) {
  if (argc > 1) return choose<false>(argv);
  return run(argv, environ);
  // CHECK: [[#@LINE-1]]: wrapper run{{.*}} in main: forwarded
}
