// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -std=c++20
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
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

void by_insertion(char **argv, int count) {
  std::vector<char *> env{const_cast<char *>("A=b")};
  env.insert(env.end(), environ, environ + count);
  env.push_back(nullptr);
  execve("/a", argv, env.data());
  // CHECK: [[#@LINE-1]]: direct execve in by_insertion: extended [envleak-extended]
}

void by_way_of_another(char **argv, int count) {
  std::vector<char *> all(environ, environ + count);
  std::vector<char *> env;
  env.insert(env.end(), all.begin(), all.end());
  env.push_back(nullptr);
  execve("/a", argv, env.data());
  // CHECK: [[#@LINE-1]]: direct execve in by_way_of_another: forwarded [envleak-forwarded]
}

void from_two(char **argv, char **from, int count) {
  std::vector<char *> env(from, environ + count);
  execve("/a", argv, env.data());
  // CHECK: [[#@LINE-1]]: direct execve in from_two: {{unknown|forwarded}} [envleak-
}

void added_later(char **argv) {
  std::vector<char *> some{const_cast<char *>("A=b")};
  std::vector<char *> env(some.begin(), some.end());
  env[0] = environ[0];
  execve("/a", argv, env.data());
  // CHECK: [[#@LINE-1]]: direct execve in added_later: {{unknown|extended}} [envleak-
}

void added_before(char **argv) {
  std::vector<char *> some{const_cast<char *>("A=b")};
  some.push_back(environ[1]);
  std::vector<char *> env(some.begin(), some.end());
  execve("/a", argv, env.data());
  // CHECK: [[#@LINE-1]]: direct execve in added_before: {{unknown|extended}} [envleak-
}
