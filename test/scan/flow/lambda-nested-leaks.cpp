// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -std=c++20
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// Lambdas in lambdas, generic ones, those that call themselves or are returned.
#include <coroutine>
#include <functional>
#include <unistd.h>

void nested(char **argv) {
  auto outer = [&](char **env) {
    auto inner = [&](const char *name) { execve(name, argv, env); };
    inner("/a");
  };
  outer(environ);
  // CHECK: [[#@LINE-1]]: wrapper outer in nested: forwarded
}

void generic(char **argv) {
  auto run = [](auto args, auto env) { return execve("/a", args, env); };
  run(argv, environ);
  // CHECK: [[#@LINE-1]]: wrapper run in generic: forwarded
}

void recursive(char **argv) {
  std::function<void(int, char **)> again = [&](int count, char **env) {
    if (count == 0) execve("/a", argv, env);
    again(count - 1, env);
  };
  again(3, environ);
  // CHECK: [[#@LINE-1]]: wrapper again in recursive: {{forwarded|extended}}
}

static auto made(char **argv) {
  return [=](char **env) { execve("/a", argv, env); };
}
void returned(char **argv) {
  made(argv)(environ);
  // CHECK: [[#@LINE-1]]: wrapper {{.*}} in returned: forwarded
}

void at_once(char **argv) {
  [&](char **env) { execve("/a", argv, env); }(environ);
  // CHECK: [[#@LINE-1]]: wrapper (lambda) in at_once: forwarded
}

static auto global = [](char **argv, char **env) { return execve("/a", argv, env); };
void of_namespace(char **argv) {
  global(argv, environ);
  // CHECK: [[#@LINE-1]]: wrapper global in of_namespace: forwarded
}

template <class T> void in_template(T argv) {
  auto run = [&](char **env) { execve("/a", argv, env); };
  run(environ);
  // CHECK: [[#@LINE-1]]: {{indirect|wrapper}} run in in_template: forwarded
}
void instantiates(char **argv) { in_template(argv); }

struct Co {
  struct promise_type {
    Co get_return_object() { return {}; }
    std::suspend_never initial_suspend() { return {}; }
    std::suspend_never final_suspend() noexcept { return {}; }
    void return_void() {}
    void unhandled_exception() {}
  };
};
void coroutine(char **argv) {
  auto run = [=]() -> Co {
    execv("/a", argv);
    // CHECK: [[#@LINE-1]]: direct execv in coroutine::(lambda): inherited [envleak-inherited]
    co_return;
  };
  run();
}
