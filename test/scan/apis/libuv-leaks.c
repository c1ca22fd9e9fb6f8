// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -isystem %S/headers
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// The options' env: left out or NULL inherits.
#include <uv.h>
#include <stddef.h>
extern char **environ;

void left_out(uv_process_t *process, char **argv) {
  uv_process_options_t options = {0};
  options.file = "ls";
  options.args = argv;
  uv_spawn(uv_default_loop(), process, &options);
  // CHECK: [[#@LINE-1]]: direct uv_spawn in left_out: inherited [envleak-inherited] program="ls"
}
void null(uv_process_t *process, char **argv) {
  uv_process_options_t options = {.file = "ls", .args = argv, .env = NULL};
  uv_spawn(uv_default_loop(), process, &options);
  // CHECK: [[#@LINE-1]]: direct uv_spawn in null: inherited
}
void passed_on(uv_process_t *process, char **argv) {
  uv_process_options_t options = {.file = "ls", .args = argv};
  options.env = environ;
  uv_spawn(uv_default_loop(), process, &options);
  // CHECK: [[#@LINE-1]]: direct uv_spawn in passed_on: forwarded
}
