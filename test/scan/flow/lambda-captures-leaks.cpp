// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -std=c++20
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// What a lambda captures by reference is what it is when it is called; it may change what it captured.
#include <cstdlib>
#include <functional>
#include <unistd.h>

static char *own[] = {const_cast<char *>("PATH=/bin"), nullptr};
void elsewhere(std::function<void()>);

void set_later(char **argv) {
  char **env = own;
  auto run = [&] { execve("/a", argv, env); };
  // CHECK: [[#@LINE-1]]: direct execve in set_later::(lambda): forwarded [envleak-forwarded]
  env = environ;
  run();
}

void set_later_by_name(char **argv) {
  char **env = own;
  auto run = [=, &env] { execve("/a", argv, env); };
  // CHECK: [[#@LINE-1]]: direct execve in set_later_by_name::(lambda): forwarded [envleak-forwarded]
  env = environ;
  run();
}

void changes(char **argv) {
  char **env = own;
  auto widen = [&] { env = environ; };
  widen();
  execve("/a", argv, env);
  // CHECK: [[#@LINE-1]]: direct execve in changes: {{forwarded|unknown}} [envleak-
}

void changes_elsewhere(char **argv) {
  char **env = own;
  elsewhere([&] { env = environ; });
  execve("/a", argv, env);
  // CHECK: [[#@LINE-1]]: direct execve in changes_elsewhere: {{forwarded|unknown}} [envleak-
}

static void of_caller(char **argv, char **env) {
  elsewhere([=] { execve("/a", argv, env); });
}
void calls(char **argv) {
  of_caller(argv, environ);
  // CHECK: [[#@LINE-1]]: wrapper of_caller in calls: forwarded
}

struct Options {
  char **env = own;
};
void in_a_record(char **argv) {
  Options options;
  auto run = [&] { execve("/a", argv, options.env); };
  // CHECK: [[#@LINE-1]]: direct execve in in_a_record::(lambda): {{forwarded|unknown}} [envleak-
  options.env = environ;
  run();
}

struct Object {
  char **env = own;
  void start(char **argv) {
    auto widen = [this] { env = environ; };
    env = own;
    widen();
    execve("/a", argv, env);
    // CHECK: [[#@LINE-1]]: direct execve in Object::start: {{forwarded|unknown}} [envleak-
  }
};
