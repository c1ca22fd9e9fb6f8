// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -std=c++20
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// A constructor keeps the environment that a method uses.
#include <unistd.h>

class Runner {
 public:
  explicit Runner(char **env) : env_(env) {}
  int run(char **argv) const { return execve("/a", argv, env_); }

 private:
  char **env_;
};

int main(int argc, char **argv) {
  Runner runner(environ);
  return runner.run(argv + argc - 1);
}
// CHECK: forwarded [envleak-forwarded]
// CHECK-NOT: [envleak-
