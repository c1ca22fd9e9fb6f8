// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -std=c++17
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// What a part's own constructor sets, zeroing the whole does not take away.
#include <unistd.h>

struct Part {
  char **env;
  Part() { env = environ; }
};
struct Whole {
  Part part;
  int number;
};
struct Derived : Part {
  int number;
};
void parentheses(char **argv) {
  Whole whole = Whole();
  execve(argv[0], argv, whole.part.env);
  // CHECK: [[#@LINE-1]]: direct execve in parentheses: forwarded
}
void braces(char **argv) {
  Whole whole{};
  execve(argv[0], argv, whole.part.env);
  // CHECK: [[#@LINE-1]]: direct execve in braces: forwarded
}
void base(char **argv) {
  Derived derived{};
  execve(argv[0], argv, derived.env);
  // CHECK: [[#@LINE-1]]: direct execve in base: forwarded
}
struct Plain {
  char **env;
};
void bare(char **argv) {
  Plain plain;
  execve(argv[0], argv, plain.env);
  // CHECK: [[#@LINE-1]]: direct execve in bare: unknown
}
