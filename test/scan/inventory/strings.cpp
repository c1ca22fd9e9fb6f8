// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -std=c++20
// RUN: %python %S/../Inputs/units.py %t.json | %FileCheck %s
// The same with C++ strings and containers.
#include <array>
#include <cstdlib>
#include <string>

std::string setting(const std::string &name) {
  const char *value = std::getenv(name.c_str());
  return value ? value : "";
}
struct Settings {
  std::string get(const char *name) const { return setting(name); }
};
static constexpr std::array<const char *, 2> names = {"ONE", "TWO"};

void use(const Settings &settings) {
  setting("DIRECT");
  // CHECK: read {{.*}}:[[#@LINE-1]]:3: setting in use: DIRECT
  settings.get("METHOD");
  // CHECK: read {{.*}}:[[#@LINE-1]]:{{[0-9]+}}: get in use: METHOD
  // CHECK-NEXT: path {{.*}}:13:{{[0-9]+}}: 'Settings::get' passes 'name' on to 'setting'
  // CHECK-NEXT: path {{.*}}:9:{{[0-9]+}}: 'setting' passes 'name' on to 'getenv'
  for (const char *name : names) std::getenv(name);
  // CHECK-NOT: getenv in use: None
  // CHECK: read {{.*}}:[[#@LINE-2]]:{{[0-9]+}}: getenv in use: ONE
  // CHECK: getenv in use: TWO
}
