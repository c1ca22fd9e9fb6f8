// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -std=c++20
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// One of the overriding methods returns the whole environment.
#include <unistd.h>

struct Source {
  virtual ~Source() = default;
  virtual char *const *environment() const = 0;
};
struct Own : Source {
  char *const *environment() const override {
    static char *const own[] = {const_cast<char *>("PATH=/bin"), nullptr};
    return own;
  }
};
struct Whole : Source {
  char *const *environment() const override { return environ; }
};

int run(char **argv, const Source &source) {
  return execve("/a", argv, source.environment());
  // CHECK: [[#@LINE-1]]: direct execve in run: forwarded [envleak-forwarded]
}
