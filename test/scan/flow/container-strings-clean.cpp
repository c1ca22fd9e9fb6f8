// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -std=c++20
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// Strings of constants, and pointers to them.
#include <string>
#include <unistd.h>
#include <vector>

void by_strings(char **argv) {
  std::vector<std::string> texts{"PATH=/bin", "LANG=C"};
  std::vector<char *> env;
  for (std::string &text : texts) env.push_back(text.data());
  env.push_back(nullptr);
  execve("/a", argv, env.data());
  // CHECK: [[#@LINE-1]]: direct execve in by_strings: explicit [none]
}
