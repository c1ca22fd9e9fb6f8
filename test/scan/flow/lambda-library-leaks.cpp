// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -std=c++20
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// The library calls what it is given, with what it is given.
#include <algorithm>
#include <functional>
#include <future>
#include <string>
#include <thread>
#include <tuple>
#include <unistd.h>
#include <vector>

static int go(char **argv, char **env) { return execve(argv[0], argv, env); }
struct Runner {
  int run(char **argv, char **env) { return execve(argv[0], argv, env); }
};

void threads(char **argv) {
  std::thread([=](char **env) { execve("/a", argv, env); }, environ).join();
  // CHECK: [[#@LINE-1]]: wrapper thread in threads: forwarded
  std::thread one(go, argv, environ);
  // CHECK: [[#@LINE-1]]: wrapper thread in threads: forwarded
  auto later = std::async(std::launch::async, go, argv, environ);
  // CHECK: [[#@LINE-1]]: wrapper async in threads: forwarded
  std::invoke(go, argv, environ);
  // CHECK: [[#@LINE-1]]: wrapper invoke in threads: forwarded
  Runner runner;
  std::thread other(&Runner::run, &runner, argv, environ);
  // CHECK: [[#@LINE-1]]: wrapper thread in threads: forwarded
  auto bound = std::bind(go, argv, environ);
  // CHECK: [[#@LINE-1]]: wrapper bind in threads: forwarded
  bound();
  std::apply(go, std::make_tuple(argv, environ));
  // CHECK: [[#@LINE-1]]: wrapper apply in threads: {{forwarded|unknown}}
  one.join();
  other.join();
}

void each(const std::vector<std::string> &commands) {
  std::for_each(commands.begin(), commands.end(), [](const std::string &one) { std::system(one.c_str()); });
  // CHECK: [[#@LINE-1]]: {{direct system in each::\(lambda\)|wrapper for_each in each}}: inherited
  // CHECK: [[#@LINE-2]]: {{direct system in each::\(lambda\)|wrapper for_each in each}}: inherited
}
