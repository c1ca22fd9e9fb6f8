// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -std=c++20
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// XFAIL: *
// Not yet: a loop that copies is not followed.
// The whole environment copied into a container.
#include <string>
#include <unistd.h>
#include <vector>

void by_loop(char **argv) {
  std::vector<char *> env;
  for (char **at = environ; *at; ++at) env.push_back(*at);
  env.push_back(nullptr);
  execve("/a", argv, env.data());
  // CHECK: [[#@LINE-1]]: direct execve in by_loop: forwarded [envleak-forwarded]
}

void by_range(char **argv, int count) {
  std::vector<char *> env(environ, environ + count);
  env.push_back(nullptr);
  execve("/a", argv, env.data());
  // CHECK: [[#@LINE-1]]: direct execve in by_range: forwarded [envleak-forwarded]
}
