// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -std=c++20
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
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

void only_some(char **argv) {
  std::vector<std::string> texts;
  for (char **at = environ; *at; ++at) texts.emplace_back(*at);
  std::vector<char *> env;
  for (std::string &text : texts)
    if (text.size() > 5) env.push_back(text.data());
  execve("/a", argv, env.data());
  // CHECK: [[#@LINE-1]]: direct execve in only_some: {{unknown|extended}} [envleak-
}

void changed(char **argv) {
  std::vector<std::string> texts{"A=b"};
  for (std::string &text : texts) text = environ[0];
  std::vector<char *> env;
  for (std::string &text : texts) env.push_back(text.data());
  execve("/a", argv, env.data());
  // CHECK: [[#@LINE-1]]: direct execve in changed: {{unknown|extended}} [envleak-
}
