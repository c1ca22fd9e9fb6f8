// RUN: rm -rf %t && mkdir %t && cp %s %t/wrapper.cpp
// RUN: %envleak scan %t/wrapper.cpp --fix -o %t/fix.patch -- -std=c++20
// RUN: %FileCheck %s < %t/fix.patch
// RUN: %envleak scan %t/wrapper.cpp --fix=apply -- -std=c++20
// RUN: %cxx -std=c++20 -Wall -Wextra -Werror -c %t/wrapper.cpp -o %t/fixed.o
// Where a wrapper leaves the choice to its caller, the caller is edited; the function stands before the namespace.
#include <string>
#include <unistd.h>

namespace jobs {
namespace {

constexpr const char *text = R"(execv(a, "b"); { #if)";
int start(char **argv, char *const *environment) { return ::execve(argv[0], argv, environment); }

}  // namespace

int run(char **argv) { return start(argv, environ) + ::execvp(argv[0], argv) + (text == nullptr); }

}  // namespace jobs
// CHECK: #include <unistd.h>
// CHECK: +extern char **environ;
// CHECK-NEXT: +{{$}}
// CHECK: +static char **child_environment(void)
// CHECK: namespace jobs {
// CHECK: -int run(char **argv) { return start(argv, environ) +
// CHECK-NEXT: +int run(char **argv) { return start(argv, child_environment()) + ::execvpe(argv[0], argv, child_environment()) +
