// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -isystem %S/headers
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// An environment that is given is added to the parent's.
#include <Poco/Process.h>

void all(const std::vector<std::string> &arguments) {
  Poco::Process::launch("ls", arguments);
  // CHECK: [[#@LINE-1]]: direct launch in all: inherited [envleak-inherited] program="ls"
  Poco::Process::Env environment;
  environment["LANG"] = "C";
  Poco::Process::launch("ls", arguments, nullptr, nullptr, nullptr, environment);
  // CHECK: [[#@LINE-1]]: direct launch in all: extended
}
