// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -std=c++20
// RUN: %python %S/Inputs/facts.py %t.json | %FileCheck %s
// Environments in containers, references and objects: explicit only if every way in is seen.
#include <cstdlib>
#include <string>
#include <unistd.h>
#include <vector>

std::vector<const char *> build();
char *args[] = {nullptr};
static char **mutable_data(std::vector<const char *> &v) { return const_cast<char **>(v.data()); }

void container_safe() {
  std::vector<const char *> env;
  env.push_back("A=b");
  env.push_back(nullptr);
  execve("/a", args, const_cast<char *const *>(env.data()));
  // CHECK: [[#@LINE-1]]: direct execve in container_safe: explicit
}

void returned_unsafe() {
  std::vector<const char *> env = build();
  env.push_back("A=b");
  execve("/a", args, const_cast<char *const *>(env.data()));
  // CHECK-NEXT: [[#@LINE-1]]: direct execve in returned_unsafe: unknown
}

void range_unsafe(int count) {
  std::vector<const char *> env(environ, environ + count);
  env.push_back(nullptr);
  execve("/a", args, const_cast<char *const *>(env.data()));
  // CHECK-NEXT: [[#@LINE-1]]: direct execve in range_unsafe: forwarded
}

void pushed_in_a_loop_unsafe() {
  std::vector<const char *> env;
  for (char **at = environ; *at; ++at) env.push_back(*at);
  env.push_back(nullptr);
  execve("/a", args, const_cast<char *const *>(env.data()));
  // CHECK-NEXT: [[#@LINE-1]]: direct execve in pushed_in_a_loop_unsafe: forwarded
}

void reference_unsafe() {
  std::vector<const char *> env{"A=b", nullptr};
  auto &other = env;
  other.insert(other.begin(), std::getenv("HOME"));
  execve("/a", args, const_cast<char *const *>(env.data()));
  // CHECK-NEXT: [[#@LINE-1]]: direct execve in reference_unsafe: unknown
}

void iterator_unsafe() {
  std::vector<const char *> env{"A=b", nullptr};
  auto first = env.begin();
  *first = std::getenv("HOME");
  execve("/a", args, const_cast<char *const *>(env.data()));
  // CHECK-NEXT: [[#@LINE-1]]: direct execve in iterator_unsafe: unknown
}

void loop_reference_unsafe() {
  std::vector<const char *> env{"A=b", nullptr};
  for (auto &each : env) each = std::getenv("HOME");
  execve("/a", args, const_cast<char *const *>(env.data()));
  // CHECK-NEXT: [[#@LINE-1]]: direct execve in loop_reference_unsafe: unknown
}

void by_function_unsafe() {
  std::vector<const char *> env{"A=b", nullptr};
  mutable_data(env)[0] = std::getenv("HOME");
  execve("/a", args, const_cast<char *const *>(env.data()));
  // CHECK-NEXT: [[#@LINE-1]]: direct execve in by_function_unsafe: unknown
}

void lambda_unsafe(char **saved) {
  clearenv();
  auto run = [] { execv("/a", args); };
  // CHECK-NEXT: [[#@LINE-1]]: direct execv in lambda_unsafe::(lambda): unknown
  environ = saved;
  run();
}

void lambda_fills_unsafe() {
  const char *env[] = {"A=b", nullptr};
  auto fill = [&] { env[0] = std::getenv("HOME"); };
  fill();
  execve("/a", args, const_cast<char *const *>(env));
  // CHECK-NEXT: [[#@LINE-1]]: direct execve in lambda_fills_unsafe: unknown
}

struct Base {
  virtual ~Base() = default;
  virtual void clear() { clearenv(); }
  virtual char *const *environment() {
    static char *const none[] = {nullptr};
    return none;
  }
};
struct Keeping : Base {
  void clear() override {}
  char *const *environment() override { return environ; }
};
void virtual_unsafe(Base &base) {
  base.clear();
  execv("/a", args);
  // CHECK-NEXT: [[#@LINE-1]]: direct execv in virtual_unsafe: inherited
  execve("/a", args, base.environment());
  // CHECK-NEXT: [[#@LINE-1]]: direct execve in virtual_unsafe: forwarded
}

void caught_unsafe(char **saved) {
  clearenv();
  try {
    environ = saved;
    build();
    clearenv();
  } catch (...) {
    execv("/a", args);
    // CHECK-NEXT: [[#@LINE-1]]: direct execv in caught_unsafe: inherited
  }
}

struct Runner {
  int operator()(char **argv, char **environment) const { return execve("/a", argv, environment); }
  // CHECK-NEXT: [[#@LINE-1]]: direct execve in Runner::operator(): from-caller
  void exit(int) {}
};
void object_called() {
  char *argv[] = {const_cast<char *>("a"), nullptr};
  Runner run;
  run(argv, environ);
  // CHECK-NEXT: [[#@LINE-1]]: wrapper operator() in object_called: forwarded
}

void own_exit_unsafe(int flag) {
  Runner runner;
  if (flag)
    runner.exit(1);
  else
    clearenv();
  execv("/a", args);
  // CHECK: [[#@LINE-1]]: direct execv in own_exit_unsafe: inherited
}

void constant_text_safe() {
  static const char path[] = "PATH=/bin";
  const char locale[] = "LC_ALL=C";
  char *const environment[] = {const_cast<char *>(path), const_cast<char *>(locale), nullptr};
  execve("/a", args, environment);
  // CHECK: [[#@LINE-1]]: direct execve in constant_text_safe: explicit
}

void changed_text_unsafe(const char *value) {
  static char path[64] = "PATH=/bin";
  for (int i = 0; value[i]; ++i)
    path[i] = value[i];
  char *const environment[] = {path, nullptr};
  execve("/a", args, environment);
  // CHECK: [[#@LINE-1]]: direct execve in changed_text_unsafe: unknown
}
