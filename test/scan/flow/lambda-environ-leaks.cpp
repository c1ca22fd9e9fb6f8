// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -std=c++20
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// A lambda may not have been called, may be called again, by whomever it was given to.
#include <cstdlib>
#include <functional>
#include <unistd.h>
#include <vector>

void register_callback(std::function<void()>);
void dispatch();
template <class F> void call(F f) { f(); }

void perhaps(char **argv, bool clean) {
  auto wipe = [] { clearenv(); };
  if (clean) wipe();
  execv("/a", argv);
  // CHECK: [[#@LINE-1]]: direct execv in perhaps: inherited [envleak-inherited]
}

void restored(char **argv) {
  char **saved = environ;
  auto restore = [&] { environ = saved; };
  clearenv();
  restore();
  execv("/a", argv);
  // CHECK: [[#@LINE-1]]: direct execv in restored: {{inherited|forwarded|unknown}} [envleak-
}

void by_template(char **argv) {
  char **saved = environ;
  clearenv();
  call([&] { environ = saved; });
  execv("/a", argv);
  // CHECK: [[#@LINE-1]]: direct execv in by_template: {{inherited|forwarded|unknown}} [envleak-
}

void by_function(char **argv) {
  char **saved = environ;
  std::function<void()> restore = [&] { environ = saved; };
  clearenv();
  restore();
  execv("/a", argv);
  // CHECK: [[#@LINE-1]]: direct execv in by_function: {{inherited|forwarded|unknown}} [envleak-
}

static void calls(const std::function<void()> &f) { f(); }
void by_parameter(char **argv) {
  char **saved = environ;
  std::function<void()> restore = [&] { environ = saved; };
  clearenv();
  calls(restore);
  execv("/a", argv);
  // CHECK: [[#@LINE-1]]: direct execv in by_parameter: {{inherited|forwarded|unknown}} [envleak-
}

void in_a_container(char **argv) {
  char **saved = environ;
  std::vector<std::function<void()>> all;
  all.push_back([&] { environ = saved; });
  clearenv();
  for (auto &one : all) one();
  execv("/a", argv);
  // CHECK: [[#@LINE-1]]: direct execv in in_a_container: {{inherited|forwarded|unknown}} [envleak-
}

void elsewhere(char **argv) {
  char **saved = environ;
  register_callback([=] { environ = saved; });
  clearenv();
  dispatch();
  execv("/a", argv);
  // CHECK: [[#@LINE-1]]: direct execv in elsewhere: {{inherited|forwarded|unknown}} [envleak-
}

// Called before and after: what `environ` is where a lambda that was passed on is called is not known.
void passed_on(char **argv) {
  clearenv();
  register_callback([=] { execv("/a", argv); });
  // CHECK: [[#@LINE-1]]: direct execv in passed_on::(lambda): inherited [envleak-inherited]
}

template <class F> struct Guard {
  F f;
  explicit Guard(F how) : f(how) {}
  ~Guard() { f(); }
};
void guarded(char **argv) {
  char **saved = environ;
  clearenv();
  {
    Guard guard([&] { environ = saved; });
  }
  execv("/a", argv);
  // CHECK: [[#@LINE-1]]: direct execv in guarded: {{inherited|forwarded|unknown}} [envleak-
}
