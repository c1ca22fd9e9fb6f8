// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -std=c++17 -isystem %S/headers
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// Without an environment among the arguments, or with env[...], everything is handed on.
#include <boost/process.hpp>
namespace bp = boost::process;

void all() {
  bp::child plain("ls");
  // CHECK: [[#@LINE-1]]: direct child in all: inherited
  bp::child added("ls", bp::env["LANG"] = "C");
  // CHECK: [[#@LINE-1]]: direct child in all: extended
  bp::child removed("ls", bp::env["SECRET"] = boost::none);
  // CHECK: [[#@LINE-1]]: direct child in all: extended
  bp::child forwarded("ls", boost::this_process::environment());
  // CHECK: [[#@LINE-1]]: direct child in all: forwarded
  bp::system("ls");
  // CHECK: [[#@LINE-1]]: direct system in all: inherited
  bp::spawn("ls");
  // CHECK: [[#@LINE-1]]: direct spawn in all: inherited
}
void copied() {
  bp::environment environment = boost::this_process::environment();
  environment["LANG"] = "C";
  bp::child child("ls", environment);
  // CHECK: [[#@LINE-1]]: direct child in copied: extended
}
void copied_twice() {
  bp::native_environment all = boost::this_process::environment();
  bp::environment first(all);
  bp::environment second = first;
  bp::child child("ls", second);
  // CHECK: [[#@LINE-1]]: direct child in copied_twice: forwarded
}
bp::child moved(bp::child &&given) {
  return static_cast<bp::child &&>(given);
}
// CHECK-NOT: in moved
