// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -std=c++20
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// Objects of library templates whose arguments are no types: what their destructors run is asked of types alone.
#include <array>
#include <bitset>
#include <cstdlib>
#include <string>
int run(const std::string &name) {
  std::array<std::string, 3> names{name};
  std::bitset<8> bits;
  return std::system(names[bits.count()].c_str());
  // CHECK: [[#@LINE-1]]: direct system in run: inherited
}
