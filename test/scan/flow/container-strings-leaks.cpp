// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -std=c++20
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// XFAIL: *
// Not yet: a loop that copies is not followed.
// The environment as strings, and pointers to them.
#include <string>
#include <unistd.h>
#include <vector>

void by_strings(char **argv) {
  std::vector<std::string> texts;
  for (char **at = environ; *at; ++at) texts.emplace_back(*at);
  texts.push_back("APP_MODE=worker");
  std::vector<char *> env;
  for (std::string &text : texts) env.push_back(text.data());
  env.push_back(nullptr);
  execve("/a", argv, env.data());
  // CHECK: [[#@LINE-1]]: direct execve in by_strings: {{forwarded|extended}} [envleak-
}
