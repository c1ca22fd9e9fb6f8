// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -std=c++17
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// T() zeroes as T{} does, where no constructor is written.
#include <unistd.h>

struct Options {
  char **env;
};
void parentheses(char **argv) {
  Options options = Options();
  execve(argv[0], argv, options.env);
  // CHECK: [[#@LINE-1]]: direct execve in parentheses: empty [none]
}
void set_later(char **argv) {
  char *const own[] = {(char *)"LANG=C", nullptr};
  auto options = Options();
  options.env = const_cast<char **>(own);
  execve(argv[0], argv, options.env);
  // CHECK: [[#@LINE-1]]: direct execve in set_later: explicit [none]
}
