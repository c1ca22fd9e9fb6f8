// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -isystem %S/headers
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// A wxExecuteEnv with variables replaces the environment.
#include <wx/utils.h>

void own() {
  wxExecuteEnv environment;
  environment.env["LANG"] = "C";
  wxExecute("ls", wxEXEC_SYNC, nullptr, &environment);
  // CHECK: [[#@LINE-1]]: direct wxExecute in own: explicit [none]
}
