// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -std=c++17 -isystem %S/headers
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// A list replaces the environment, also an empty one.
#include <llvm/Support/Program.h>

void all(llvm::ArrayRef<llvm::StringRef> arguments) {
  llvm::ArrayRef<llvm::StringRef> nothing;
  llvm::sys::ExecuteAndWait("/bin/ls", arguments, nothing);
  // CHECK: [[#@LINE-1]]: direct ExecuteAndWait in all: empty [none]
  llvm::sys::ExecuteAndWait("/bin/ls", arguments, llvm::ArrayRef<llvm::StringRef>{"LANG=C"});
  // CHECK: [[#@LINE-1]]: direct ExecuteAndWait in all: explicit [none]
}
