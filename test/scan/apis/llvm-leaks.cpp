// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -std=c++17 -isystem %S/headers
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// Without a list, and with std::nullopt, the child inherits.
#include <llvm/Support/Program.h>

void all(llvm::ArrayRef<llvm::StringRef> arguments) {
  llvm::sys::ExecuteAndWait("/bin/ls", arguments);
  // CHECK: [[#@LINE-1]]: direct ExecuteAndWait in all: inherited
  llvm::sys::ExecuteAndWait("/bin/ls", arguments, std::nullopt);
  // CHECK: [[#@LINE-1]]: direct ExecuteAndWait in all: inherited
}
