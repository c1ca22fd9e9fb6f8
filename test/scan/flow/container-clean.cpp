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

void by_range(char **argv) {
  static const char *const own[] = {"PATH=/bin", "LANG=C", nullptr};
  std::vector<const char *> env(own, own + 3);
  execve("/a", argv, const_cast<char *const *>(env.data()));
  // CHECK: [[#@LINE-1]]: direct execve in by_range: explicit [none]
}

void by_way_of_another(char **argv) {
  std::vector<char *> some{const_cast<char *>("A=b")};
  std::vector<char *> env(some.begin(), some.end());
  env.insert(env.end(), some.begin(), some.end());
  execve("/a", argv, env.data());
  // CHECK: [[#@LINE-1]]: direct execve in by_way_of_another: explicit [none]
}

void sized(char **argv) {
  std::vector<char *> env(3);
  env[0] = const_cast<char *>("A=b");
  execve("/a", argv, env.data());
  // CHECK: [[#@LINE-1]]: direct execve in sized: explicit [none]
}

static void add(std::vector<char *> &env) { env.push_back(const_cast<char *>("C=d")); }
void by_helper(char **argv) {
  std::vector<char *> env;
  add(env);
  execve("/a", argv, env.data());
  // CHECK: [[#@LINE-1]]: direct execve in by_helper: explicit [none]
}
