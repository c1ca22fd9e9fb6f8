// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -std=c++17 -isystem %S/headers
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// An environment of its own replaces the parent's.
#include <boost/process.hpp>
namespace bp = boost::process;

void empty() {
  bp::environment environment;
  bp::child child("ls", environment);
  // CHECK: [[#@LINE-1]]: direct child in empty: empty [none]
}
void own() {
  bp::environment environment;
  environment["LANG"] = "C";
  bp::child child("ls", environment);
  // CHECK: [[#@LINE-1]]: direct child in own: explicit [none]
}
void by_name() {
  bp::environment environment;
  environment["LANG"] = "C";
  bp::child child("ls", bp::env = environment);
  // CHECK: [[#@LINE-1]]: direct child in by_name: explicit [none]
}
