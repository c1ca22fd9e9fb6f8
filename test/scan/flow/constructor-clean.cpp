// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -std=c++20
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// A constructor that clears, one that keeps an own environment.
#include <cstdlib>
#include <unistd.h>

struct Clean {
  Clean() { clearenv(); }
};
class Runner {
 public:
  explicit Runner(char *const *env) : env_(env) {}
  int run(char **argv) const { return execve("/a", argv, env_); }
  // CHECK: [[#@LINE-1]]: direct execve in Runner::run: {{explicit|from-caller}} [none]

 private:
  char *const *env_;
};

void cleared(char **argv) {
  Clean clean;
  execv("/a", argv);
  // CHECK: [[#@LINE-1]]: direct execv in cleared: empty [none]
}

int main(int argc, char **argv) {
  static char *const own[] = {const_cast<char *>("PATH=/bin"), nullptr};
  Runner runner(own);
  return runner.run(argv + argc - 1);
}
// CHECK-NOT: [envleak-
