// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -isystem %S/headers
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// The options' env replaces the environment.
#include <uv.h>
#include <stddef.h>

void empty(uv_process_t *process, char **argv) {
  char *nothing[] = {NULL};
  uv_process_options_t options = {.file = "ls", .args = argv, .env = nothing};
  uv_spawn(uv_default_loop(), process, &options);
  // CHECK: [[#@LINE-1]]: direct uv_spawn in empty: empty [none]
}
void own(uv_process_t *process, char **argv) {
  char *list[] = {"LANG=C", NULL};
  uv_process_options_t options = {0};
  options.file = "ls";
  options.args = argv;
  options.env = list;
  uv_spawn(uv_default_loop(), process, &options);
  // CHECK: [[#@LINE-1]]: direct uv_spawn in own: explicit [none]
}
