// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -std=c++20
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// A field that is declared with an environment of its own, or set to one.
#include <unistd.h>

static char *own[] = {const_cast<char *>("A=b"), nullptr};
struct Options {
  char **env = own;
};
struct Whole {
  char **env = environ;
  Whole() = default;
  explicit Whole(char **given) : env(given) {}
};
struct Nothing {
  char **env = nullptr;
};

void declared(char **argv) {
  Options options;
  execve("/a", argv, options.env);
  // CHECK: [[#@LINE-1]]: direct execve in declared: explicit [none]
}

void set_after(char **argv) {
  Whole whole;
  whole.env = own;
  execve("/a", argv, whole.env);
  // CHECK: [[#@LINE-1]]: direct execve in set_after: explicit [none]
}

void constructed(char **argv) {
  Whole whole(own);
  execve("/a", argv, whole.env);
  // CHECK: [[#@LINE-1]]: direct execve in constructed: explicit [none]
}

void nothing(char **argv) {
  Nothing none;
  execve("/a", argv, none.env);
  // CHECK: [[#@LINE-1]]: direct execve in nothing: empty [none]
}
