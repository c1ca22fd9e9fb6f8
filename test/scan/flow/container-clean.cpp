// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -std=c++20
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// Containers of constants.
#include <array>
#include <unistd.h>
#include <vector>

void by_list(char **argv) {
  std::vector<const char *> env{"PATH=/bin", "LANG=C", nullptr};
  execve("/a", argv, const_cast<char *const *>(env.data()));
  // CHECK: [[#@LINE-1]]: direct execve in by_list: explicit [none]
}

void one_by_one(char **argv) {
  std::vector<char *> env;
  env.push_back(const_cast<char *>("PATH=/bin"));
  env.push_back(nullptr);
  execve("/a", argv, &env[0]);
  // CHECK: [[#@LINE-1]]: direct execve in one_by_one: explicit [none]
}
