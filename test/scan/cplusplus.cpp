// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -std=c++20
// RUN: %python %S/Inputs/facts.py %t.json | %FileCheck %s
// Vectors, methods, constructors, lambdas, templates, overriders.
#include <cstdarg>
#include <cstdlib>
#include <string>
#include <unistd.h>
#include <vector>

int run(const std::vector<std::string> &args) {
  std::vector<char *> argv;
  for (const std::string &arg : args) argv.push_back(const_cast<char *>(arg.c_str()));
  argv.push_back(nullptr);
  return execvp(argv[0], argv.data());
  // CHECK: [[#@LINE-1]]: direct execvp in run: inherited
}

namespace tools {
class Process {
 public:
  explicit Process(std::vector<std::string> args) : args_(std::move(args)) {}
  int start();

 private:
  std::vector<std::string> args_;
};
int Process::start() {
  std::vector<char *> argv;
  for (auto &arg : args_) argv.push_back(arg.data());
  argv.push_back(nullptr);
  return execv(argv[0], argv.data());
  // CHECK: [[#@LINE-1]]: direct execv in tools::Process::start: inherited
}
}  // namespace tools

int variadic(const char *program, ...) {
  char *argv[8];
  int count = 0;
  va_list list;
  va_start(list, program);
  argv[count++] = const_cast<char *>(program);
  while (count < 7 && (argv[count++] = va_arg(list, char *)))
    ;
  va_end(list);
  return execv(program, argv);
  // CHECK: [[#@LINE-1]]: direct execv in variadic: inherited
}

template <typename Text>
int shell(Text command) {
  return std::system(command);
  // CHECK: [[#@LINE-1]]: direct system in shell: inherited
}

struct Runner {
  virtual ~Runner() = default;
  virtual int go(const char *command) = 0;
};
struct SystemRunner : Runner {
  int go(const char *command) override { return std::system(command); }
  // CHECK: [[#@LINE-1]]: direct system in SystemRunner::go: inherited
};

int with_environment(const std::vector<std::string> &environment) {
  std::vector<char *> variables;
  for (const auto &variable : environment) variables.push_back(const_cast<char *>(variable.c_str()));
  variables.push_back(nullptr);
  char *argv[] = {const_cast<char *>("a"), nullptr};
  return execve("/bin/a", argv, variables.data());
  // CHECK: [[#@LINE-1]]: direct execve in with_environment: from-caller [none] program="/bin/a"
}

int main() {
  run({"ls", "-l"});
  // CHECK: [[#@LINE-1]]: wrapper run in main: inherited [none] program="ls"
  tools::Process process({"b"});
  process.start();
  // CHECK: [[#@LINE-1]]: wrapper start in main: inherited
  // CHECK-NEXT: path {{.*}} 'tools::Process::start' passes its object on to 'execv'
  variadic("c", "d", nullptr);
  // CHECK: [[#@LINE-1]]: wrapper variadic in main: inherited [none] program="c"
  shell("e");
  // CHECK: [[#@LINE-1]]: wrapper shell in main: inherited [none] program="e"
  SystemRunner runner;
  static_cast<Runner &>(runner).go("f");
  // CHECK: [[#@LINE-1]]: wrapper go in main: inherited
  auto inside = [](const char *command) { return std::system(command); };
  // CHECK: [[#@LINE-1]]: direct system in main::(lambda): inherited
  inside("g");
  with_environment({"PATH=/bin"});
  // CHECK: [[#@LINE-1]]: wrapper with_environment in main: explicit [none]
  with_environment({});
  // CHECK: [[#@LINE-1]]: wrapper with_environment in main: empty [none]
  with_environment({std::string("PATH=") + std::getenv("PATH")});
  // CHECK: [[#@LINE-1]]: wrapper with_environment in main: filtered [none]
  constexpr const char *name = "NAME";
  std::getenv(name);
  // CHECK: {{^}}[[#@LINE-4]]: read getenv in main: PATH
  // CHECK-NEXT: [[#@LINE-2]]: read getenv in main: NAME
}
