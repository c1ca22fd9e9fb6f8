// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -std=c++20
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// A standard algorithm calls a lambda that puts the environment back.
#include <algorithm>
#include <cstdlib>
#include <unistd.h>
#include <vector>

void each(char **argv, std::vector<int> &numbers) {
  char **saved = environ;
  clearenv();
  std::for_each(numbers.begin(), numbers.end(), [&](int) { environ = saved; });
  execv("/a", argv);
  // CHECK: [[#@LINE-1]]: direct execv in each: {{inherited|forwarded|unknown}} [envleak-
}
