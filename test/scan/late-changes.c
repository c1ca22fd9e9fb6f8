// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE
// RUN: %python %S/Inputs/facts.py %t.json | %FileCheck %s
// What is changed after a call reaches the next round of its loop, and what is kept elsewhere may change at any time.
#include <setjmp.h>
#include <stdlib.h>
#include <unistd.h>

void fill(char **environment);
int fill_some(int count, ...);
void (*filler)(char **);

void loop_unsafe(char **argv) {
  char *env[] = {"A=b", NULL};
  for (int i = 0; i < 2; ++i) {
    execve("/a", argv, env);
    // CHECK: [[#@LINE-1]]: direct execve in loop_unsafe: unknown [envleak-unknown] program="/a": 'env' is filled by 'fill'
    fill(env);
  }
}

void loop_safe(char **argv) {
  char *env[] = {"A=b", NULL};
  for (int i = 0; i < 2; ++i) execve("/a", argv, env);
  // CHECK-NEXT: [[#@LINE-1]]: direct execve in loop_safe: explicit
  fill(env);
}

void jump_unsafe(char **argv, int again) {
  char *env[] = {"A=b", NULL};
restart:
  execve("/a", argv, env);
  // CHECK-NEXT: [[#@LINE-1]]: direct execve in jump_unsafe: unknown
  fill(env);
  if (again) goto restart;
}

void static_unsafe(char **argv) {
  static char *env[] = {"A=b", NULL};
  execve("/a", argv, env);
  // CHECK-NEXT: [[#@LINE-1]]: direct execve in static_unsafe: unknown
  fill(env);
}

void through_pointer_unsafe(char **argv) {
  char *env[] = {"A=b", NULL};
  filler(env);
  execve("/a", argv, env);
  // CHECK-NEXT: [[#@LINE-1]]: direct execve in through_pointer_unsafe: unknown
}

void variadic_unsafe(char **argv) {
  char *env[] = {"A=b", NULL};
  fill_some(1, env);
  execve("/a", argv, env);
  // CHECK-NEXT: [[#@LINE-1]]: direct execve in variadic_unsafe: unknown
}

static char *table[] = {"A=b", NULL};
void set_table(void) { table[0] = getenv("HOME"); }
void table_unsafe(char **argv) {
  execve("/a", argv, table);
  // CHECK-NEXT: [[#@LINE-1]]: direct execve in table_unsafe: unknown
}

static char **kept;
void keep(char **environment) { kept = environment; }
void kept_unsafe(char **argv) {
  execve("/a", argv, kept);
  // CHECK-NEXT: [[#@LINE-1]]: direct execve in kept_unsafe: unknown {{.*}}: 'environment' of another function decides
}

void alias_of_alias_unsafe(char **argv) {
  char *env[] = {"A=b", NULL};
  char **one = env;
  char **two = one;
  two[0] = getenv("HOME");
  execve("/a", argv, env);
  // CHECK-NEXT: [[#@LINE-1]]: direct execve in alias_of_alias_unsafe: unknown {{.*}}: an element of 'env' comes from the parent's environment
}

void address_unsafe(char **argv) {
  char *fixed[] = {"A=b", NULL};
  char **env = fixed;
  char ***where = &env;
  *where = environ;
  execve("/a", argv, env);
  // CHECK-NEXT: [[#@LINE-1]]: direct execve in address_unsafe: unknown {{.*}}: 'fixed' may be changed through another name
}

void chosen_alias_unsafe(char **argv, int flag) {
  char *env[] = {"A=b", NULL}, *other[] = {"C=d", NULL};
  char **either = flag ? env : other;
  either[0] = getenv("HOME");
  execve("/a", argv, env);
  // CHECK-NEXT: [[#@LINE-1]]: direct execve in chosen_alias_unsafe: unknown
}

struct holder {
  char **environment;
};
void field_unsafe(char **argv) {
  char *env[] = {"A=b", NULL};
  struct holder holder = {env};
  holder.environment[0] = getenv("HOME");
  execve("/a", argv, env);
  // CHECK-NEXT: [[#@LINE-1]]: direct execve in field_unsafe: unknown
}

void alias_safe(char **argv) {
  char *env[] = {"A=b", NULL};
  char *const *seen = env;
  execve("/a", argv, (char **)seen);
  // CHECK-NEXT: [[#@LINE-1]]: direct execve in alias_safe: explicit
}

void text_unsafe(char **argv) {
  char text[] = "A=b";
  char *inside = text;
  inside[0] = argv[0][0];
  char *env[] = {text, NULL};
  execve("/a", argv, env);
  // CHECK-NEXT: [[#@LINE-1]]: direct execve in text_unsafe: unknown
}

char *look_up(const char *name);
void looked_up(char **argv, char **names) {
  char *env[] = {look_up(names[0]), NULL};
  execve("/a", argv, env);
  // CHECK-NEXT: [[#@LINE-1]]: direct execve in looked_up: unknown
}

void one_of_two(char **argv, char **names, int flag) {
  char *name = names[0];
  if (flag) name = getenv("HOME");
  char *env[] = {name, NULL};
  execve("/a", argv, env);
  // CHECK-NEXT: [[#@LINE-1]]: direct execve in one_of_two: unknown
}

static char **made(void) { return (char *[]){"A=b", NULL}; }
void made_or_given(char **argv, char **environment, int flag) {
  execve("/a", argv, flag ? made() : environment);
  // CHECK-NEXT: [[#@LINE-1]]: direct execve in made_or_given: from-caller [none] {{.*}}: parameter 'environment' decides
}
