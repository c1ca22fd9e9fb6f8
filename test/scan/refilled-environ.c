// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE
// RUN: %python %S/Inputs/facts.py %t.json | %FileCheck %s
// After `environ` was cleared it may be filled again, in ways that a look at the clearing alone does not show.
#include <setjmp.h>
#include <stdlib.h>
#include <unistd.h>

static char **saved;
static void save(void) { saved = environ; }
static void restore(void) { environ = saved; }
static void restore_deeper(void) { restore(); }
static void wipe(void) { clearenv(); }
static void wipe_and_restore(void) {
  clearenv();
  restore();
}
static void add_constant(void) { setenv("A", "b", 1); }
static void add_from_parent(void) { setenv("HOME", getenv("HOME"), 1); }
static void add_any(char *text) { putenv(text); }
static int nothing(int number) { return number + 1; }
void not_seen(void);

void restored_unsafe(char **argv) {
  clearenv();
  restore_deeper();
  execv("/a", argv);
  // CHECK: [[#@LINE-1]]: direct execv in restored_unsafe: extended [envleak-extended]
}

void helper_unsafe(char **argv) {
  wipe_and_restore();
  execv("/a", argv);
  // CHECK-NEXT: [[#@LINE-1]]: direct execv in helper_unsafe: extended
}

void helper_safe(char **argv) {
  wipe();
  nothing(1);
  execv("/a", argv);
  // CHECK-NEXT: [[#@LINE-1]]: direct execv in helper_safe: empty
}

void added_constant(char **argv) {
  wipe();
  add_constant();
  execv("/a", argv);
  // CHECK-NEXT: [[#@LINE-1]]: direct execv in added_constant: explicit
}

void added_from_parent(char **argv) {
  clearenv();
  add_from_parent();
  execv("/a", argv);
  // CHECK-NEXT: [[#@LINE-1]]: direct execv in added_from_parent: filtered
}

void added_here_after_helper(char **argv) {
  wipe();
  setenv("HOME", getenv("HOME"), 1);
  execv("/a", argv);
  // CHECK-NEXT: [[#@LINE-1]]: direct execv in added_here_after_helper: filtered
}

void added_any_unsafe(char **argv) {
  clearenv();
  add_any(argv[0]);
  execv("/a", argv);
  // CHECK-NEXT: [[#@LINE-1]]: direct execv in added_any_unsafe: unknown {{.*}}: 'add_any' adds variables whose names are not known
}

void not_seen_unsafe(char **argv) {
  clearenv();
  not_seen();
  execv("/a", argv);
  // CHECK-NEXT: [[#@LINE-1]]: direct execv in not_seen_unsafe: unknown {{.*}}: what 'not_seen', called in between, does to 'environ' is not known
}

void pointer_unsafe(char **argv, void (*callback)(void)) {
  clearenv();
  callback();
  execv("/a", argv);
  // CHECK-NEXT: [[#@LINE-1]]: direct execv in pointer_unsafe: unknown
}

void loop_unsafe(char **argv) {
  wipe();
  for (int i = 0; i < 2; ++i) {
    execv("/a", argv);
    // CHECK-NEXT: [[#@LINE-1]]: direct execv in loop_unsafe: extended
    restore();
  }
}

void label_unsafe(char **argv, int flag) {
  if (flag) goto out;
  wipe();
out:
  execv("/a", argv);
  // CHECK-NEXT: [[#@LINE-1]]: direct execv in label_unsafe: inherited
}

jmp_buf place;
void long_jump_unsafe(char **argv) {
  clearenv();
  if (setjmp(place)) execv("/a", argv);
  // CHECK-NEXT: [[#@LINE-1]]: direct execv in long_jump_unsafe: inherited
  environ = saved;
  longjmp(place, 1);
}

void saved_unsafe(char **argv) {
  char **before = environ;
  clearenv();
  execve("/a", argv, before);
  // CHECK-NEXT: [[#@LINE-1]]: direct execve in saved_unsafe: forwarded
  execve("/a", argv, environ);
  // CHECK-NEXT: [[#@LINE-1]]: direct execve in saved_unsafe: empty
}

int main(int argc, char **argv, char **envp) {
  clearenv();
  if (argc > 1) execve("/a", argv, envp);
  // CHECK-NEXT: [[#@LINE-1]]: direct execve in main: forwarded
  return 0;
}

void short_circuit_unsafe(char **argv, int flag) {
  if (flag && clearenv() == 0) nothing(0);
  execv("/a", argv);
  // CHECK-NEXT: [[#@LINE-1]]: direct execv in short_circuit_unsafe: inherited
}

void short_circuit_safe(char **argv) {
  if (clearenv() == 0 && argv) nothing(0);
  execv("/a", argv);
  // CHECK-NEXT: [[#@LINE-1]]: direct execv in short_circuit_safe: empty
}

void elvis_unsafe(char **argv, int flag) {
  int cleared = flag ?: clearenv();
  execv("/a", argv + cleared);
  // CHECK-NEXT: [[#@LINE-1]]: direct execv in elvis_unsafe: inherited
}

void inner_default_unsafe(char **argv, int a, int b) {
  switch (a) {
    case 1:
      clearenv();
      switch (b) {
        default:
          break;
      }
      break;
  }
  execv("/a", argv);
  // CHECK-NEXT: [[#@LINE-1]]: direct execv in inner_default_unsafe: inherited
}

void element_unsafe(char **argv) {
  char *fixed[] = {"A=b", NULL};
  environ = fixed;
  environ[0] = saved[0];
  execv("/a", argv);
  // CHECK-NEXT: [[#@LINE-1]]: direct execv in element_unsafe: unknown
}

void address_unsafe(char **argv) {
  char ***where = &environ;
  clearenv();
  *where = saved;
  execv("/a", argv);
  // CHECK-NEXT: [[#@LINE-1]]: direct execv in address_unsafe: unknown
}

void filled_later_unsafe(char **argv, void (*fill)(char **)) {
  char *fixed[] = {"A=b", NULL};
  environ = fixed;
  fill(fixed);
  execv("/a", argv);
  // CHECK-NEXT: [[#@LINE-1]]: direct execv in filled_later_unsafe: unknown
}

void on_some_rounds_unsafe(char **argv, int n) {
  while (n-- > 0) clearenv();
  execv("/a", argv);
  // CHECK-NEXT: [[#@LINE-1]]: direct execv in on_some_rounds_unsafe: inherited
}

void vfork_child_unsafe(char **args) {
  char **kept = environ;
  clearenv();
  if (!vfork()) {
    environ = kept;
    _exit(1);
  }
  execv("/a", args);
  // CHECK: [[#@LINE-1]]: direct execv in vfork_child_unsafe: unknown
}

void vfork_child_safe(char **args) {
  clearenv();
  if (!vfork())
    _exit(1);
  execv("/a", args);
  // CHECK: [[#@LINE-1]]: direct execv in vfork_child_safe: empty
}
