// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// All entries of the environment are kept in structures of the program's own, and an environment is made of these.
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct variable {
  struct variable *next;
  char *name, *value;
  const char *text;
  int flags;
};
static struct variable *variables;
static void *allocate(size_t size);

// As shells do: texts as they are, an array along which a pointer moves.
static void set_text(const char *text, int flags) {
  struct variable *one = allocate(sizeof *one);
  one->text = text;
  one->flags = flags;
  one->next = variables;
  variables = one;
}
static void import(void) {
  for (char **at = environ; *at; at++) {
    char *end = strchr(*at, '=');
    if (end && end != *at && *end == '=') set_text(*at, 1);
  }
}
static char **list(void) {
  char **array = allocate(1000 * sizeof *array), **at = array;
  for (struct variable *one = variables; one; one = one->next)
    if (one->flags & 1) *at++ = (char *)one->text;
  *at = NULL;
  return array;
}
static void *finished(long size);
static char **list_on_a_stack(void) {
  char **at = allocate(1000 * sizeof *at);
  for (struct variable *one = variables; one; one = one->next) *at++ = (char *)one->text;
  return finished((char *)at - (char *)variables);
}

void shell(char **argv) {
  import();
  execve("/a", argv, list());
  // CHECK: [[#@LINE-1]]: direct execve in shell: extended [envleak-extended]
  execve("/a", argv, list_on_a_stack());
  // CHECK: [[#@LINE-1]]: direct execve in shell: {{extended|unknown}} [envleak-
}

// As servers do: name and value apart, put into an `environ` of their own.
static void set(const char *name, const char *value) {
  struct variable *one = allocate(sizeof *one);
  one->name = strdup(name);
  one->value = strdup(value);
}
static void put(const char *entry) {
  char *name = strdup(entry), *value = strchr(entry, '=');
  if (!value) return;
  name[strcspn(name, "=")] = '\0';
  set(name, value + 1);
  free(name);
}
static void push(void) {
  environ = allocate(sizeof *environ);
  for (struct variable *one = variables; one; one = one->next)
    if (one->value) setenv(one->name, one->value, 1);
}

int main(int argc, char **argv) {
  for (char **at = environ; *at; at++) put(*at);
  push();
  execv("/a", argv);
  // CHECK: [[#@LINE-1]]: direct execv in main: extended [envleak-extended]
  return argc;
}
