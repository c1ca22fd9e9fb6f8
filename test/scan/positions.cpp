// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -std=c++20
// RUN: %python %S/Inputs/facts.py %t.json --positions | %FileCheck %s
// Compilers place a call at the start of the expression, at the callee's name or at the parenthesis.
#include <cstdlib>
#include <unistd.h>
struct Shell {
  int run(const char *command) { return std::system(command); }
  // CHECK: [[#@LINE-1]]: direct system in Shell::run
  // CHECK-NEXT: positions [[#@LINE-2]]:41 [[#@LINE-2]]:46 [[#@LINE-2]]:52 end [[#@LINE-2]]
};
int main() {
  Shell shell;
  shell
      .run
      ("ls");
  // CHECK: [[#@LINE-2]]: wrapper run in main
  // CHECK: positions [[#@LINE-4]]:3 [[#@LINE-3]]:8 [[#@LINE-2]]:7 end [[#@LINE-2]]
}
