// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -isystem %S/headers
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// Without a wxExecuteEnv, or with an empty one, everything is inherited.
#include <wx/utils.h>

void plain() {
  wxExecute("ls", wxEXEC_SYNC);
  // CHECK: [[#@LINE-1]]: direct wxExecute in plain: inherited
  wxShell("ls");
  // CHECK: [[#@LINE-1]]: direct wxShell in plain: inherited
}
void empty() {
  wxExecuteEnv environment;
  wxExecute("ls", wxEXEC_SYNC, nullptr, &environment);
  // CHECK: [[#@LINE-1]]: direct wxExecute in empty: inherited [envleak-ineffective]
}
void changed() {
  wxExecuteEnv environment;
  wxGetEnvMap(&environment.env);
  environment.env.erase("SECRET");
  environment.env["LANG"] = "C";
  wxExecute("ls", wxEXEC_SYNC, nullptr, &environment);
  // CHECK: [[#@LINE-1]]: direct wxExecute in changed: extended {{.*}}sets LANG; leaves out SECRET
}
void copied() {
  wxExecuteEnv environment;
  wxGetEnvMap(&environment.env);
  wxExecute("ls", wxEXEC_SYNC, nullptr, &environment);
  // CHECK: [[#@LINE-1]]: direct wxExecute in copied: forwarded
}
