// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -std=c++20
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// A default member initialiser holds the environment.
#include <unistd.h>

struct Options {
  char **env = environ;
};

int run(char **argv) {
  Options options;
  return execve("/a", argv, options.env);
  // CHECK: [[#@LINE-1]]: direct execve in run: forwarded [envleak-forwarded]
}

struct Named {
  int number = 0;
  char **argv = nullptr;
  char **env = environ;
};
struct Outer {
  Named inner;
};
struct Derived : Named {
  int more = 1;
};
struct Constructed {
  char **env = environ;
  char **other;
  Constructed() : other(nullptr) {}
  explicit Constructed(char **given) : env(given), other(nullptr) {}
};

void in_braces(char **argv) {
  Named named{};
  execve("/a", argv, named.env);
  // CHECK: [[#@LINE-1]]: direct execve in in_braces: forwarded [envleak-forwarded]
}

void beside_others(char **argv) {
  Named named{.number = 1, .argv = argv};
  execve("/a", argv, named.env);
  // CHECK: [[#@LINE-1]]: direct execve in beside_others: forwarded [envleak-forwarded]
}

void inside(char **argv) {
  Outer outer;
  execve("/a", argv, outer.inner.env);
  // CHECK: [[#@LINE-1]]: direct execve in inside: forwarded [envleak-forwarded]
}

void derived(char **argv) {
  Derived one;
  execve("/a", argv, one.env);
  // CHECK: [[#@LINE-1]]: direct execve in derived: {{forwarded|unknown}} [envleak-
}

void copied(char **argv) {
  Named one;
  Named two = one;
  execve("/a", argv, two.env);
  // CHECK: [[#@LINE-1]]: direct execve in copied: forwarded [envleak-forwarded]
}

void made(char **argv) {
  Named *named = new Named;
  execve("/a", argv, named->env);
  // CHECK: [[#@LINE-1]]: direct execve in made: forwarded [envleak-forwarded]
}

void by_constructor(char **argv) {
  Constructed one;
  execve("/a", argv, one.env);
  // CHECK: [[#@LINE-1]]: direct execve in by_constructor: forwarded [envleak-forwarded]
}

int given(const Named &named) { return execve("/a", named.argv, named.env); }
// CHECK: [[#@LINE-1]]: direct execve in given
int giving(char **argv) {
  return given(Named{.argv = argv});
  // CHECK: [[#@LINE-1]]: wrapper given in giving: {{forwarded|unknown}} [envleak-
}
