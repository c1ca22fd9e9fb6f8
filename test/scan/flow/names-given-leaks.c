// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE
// RUN: %python %S/../Inputs/facts.py %t.json | %FileCheck %s
// Variables that helpers change by a name they are given, before the spawn and before a wrapper is called: each call is
// told with its own.
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static void set(const char *name, const char *value) {
  if (setenv(name, value, 1) != 0) perror(name);
}
static void set_number(const char *name, long number) {
  char text[20];
  snprintf(text, sizeof text, "%ld", number);
  set(name, text);
}
static void take(const char *name) { unsetenv(name); }
static void put(char *entry) { putenv(entry); }

static int shell(const char *command) { return system(command); }
// CHECK: [[#@LINE-1]]: direct system in shell: inherited [envleak-inherited]
static int by_way(const char *command) { return shell(command); }
static int with(const char *name, const char *command) {
  setenv(name, "1", 1);
  return system(command);
  // CHECK: [[#@LINE-1]]: direct system in with: extended {{.*}}: and variables whose names are not known
}

void directly(const char *text) {
  set("HOST", text);
  set_number("PORT", 80);
  put("MODE=worker");
  system("a");
  // CHECK: [[#@LINE-1]]: direct system in directly: extended {{.*}}: sets HOST, MODE, PORT{{$}}
}

void before_a_wrapper(const char *text) {
  set("HOST", text);
  take("SECRET");
  shell("a");
  // CHECK: [[#@LINE-1]]: wrapper shell in before_a_wrapper: extended {{.*}}: sets HOST; leaves out SECRET{{$}}
}

void further_down(const char *text) {
  set_number("PORT", 80);
  by_way("a");
  // CHECK: [[#@LINE-1]]: wrapper by_way in further_down: extended {{.*}}: sets PORT{{$}}
}

void in_the_wrapper(const char *command) {
  with("GIVEN", command);
  // CHECK: [[#@LINE-1]]: wrapper with in in_the_wrapper: extended {{.*}}: sets GIVEN{{$}}
  with(command, command);
  // CHECK: [[#@LINE-1]]: wrapper with in in_the_wrapper: extended {{.*}}: sets GIVEN; and variables whose names are not known
}

void on_one_path(int flag) {
  if (flag) {
    take("SECRET");
    set("HOST", "a");
  }
  shell("a");
  // CHECK: [[#@LINE-1]]: wrapper shell in on_one_path: extended {{.*}}: sets HOST{{$}}
}

void taken_and_set(const char *text) {
  take("SECRET");
  set("SECRET", text);
  shell("a");
  // CHECK: [[#@LINE-1]]: wrapper shell in taken_and_set: extended {{.*}}: sets SECRET{{$}}
}

void taken_and_set_again_by_any_name(const char *name) {
  take("SECRET");
  set(name, "a");
  shell("a");
  // CHECK: [[#@LINE-1]]: wrapper shell in taken_and_set_again_by_any_name: extended {{.*}}: and variables whose names are not known
}

static void perhaps(int flag) {
  if (flag) take("SECRET");
}
void perhaps_taken(int flag) {
  perhaps(flag);
  shell("a");
  // CHECK: [[#@LINE-1]]: wrapper shell in perhaps_taken: inherited [none]
}

// With more calls than are followed: those by name are, and may be made or not.
void log_line(const char *text);
#define FIVE log_line("."), log_line("."), log_line("."), log_line("."), log_line(".")
void of_many_calls(const char *text, int flag) {
  FIVE, FIVE, FIVE, FIVE, FIVE;
  set("HOST", text);
  take("SECRET");
  if (flag) {
    set("FAILED", "1");
    _exit(1);
  }
  shell("a");
  // CHECK: [[#@LINE-1]]: wrapper shell in of_many_calls: extended {{.*}}: sets HOST{{$}}
}
