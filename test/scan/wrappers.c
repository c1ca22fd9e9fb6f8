// RUN: %envleak scan %s --fail-on never --format json -o %t.json -- -D_GNU_SOURCE
// RUN: %python %S/Inputs/facts.py %t.json | %FileCheck %s
// A function that takes the program, the command or the vector from its caller is a wrapper; one that only takes an
// argument for a program of its own choice is none. The finding is raised where the class is decided.
#include <stdlib.h>
#include <unistd.h>

int run(char *const argv[]) { return execvp(argv[0], argv); }
// CHECK: [[#@LINE-1]]: direct execvp in run: inherited [envleak-inherited]: 'execvp' has no environment argument

int run_with(const char *program, char *const *argv, char **environment) {
  return execve(program, argv, environment);
  // CHECK-NEXT: [[#@LINE-1]]: direct execve in run_with: from-caller [none]: parameter 'environment' decides
}

int outer(char *const *argv, char **environment) { return run_with(argv[0], argv, environment); }
// CHECK-NEXT: [[#@LINE-1]]: wrapper run_with in outer: from-caller [none]: parameter 'environment' decides
// CHECK-NEXT:   path [[#@LINE-6]]:10: 'run_with' passes 'program', 'argv', 'environment' on to 'execve'

int shell(const char *command) { return system(command); }
// CHECK: [[#@LINE-1]]: direct system in shell: inherited

int show(const char *file) {
  char *const argv[] = {"cat", (char *)file, NULL};
  return execv("/bin/cat", argv);
  // CHECK-NEXT: [[#@LINE-1]]: direct execv in show: inherited
}

int copied(char *const *argv) {
  char *copy[10];
  for (int i = 0; i < 9; ++i) copy[i] = argv[i];
  return run(copy);
  // CHECK-NEXT: [[#@LINE-1]]: wrapper run in copied: inherited [none] decided at 8: decided in 'run'
}

int even(char *const *argv);
int odd(char *const *argv) { return argv[0] ? even(argv) : run(argv); }
// CHECK: [[#@LINE-1]]: wrapper even in odd: inherited
// CHECK: [[#@LINE-2]]: wrapper run in odd: inherited
int even(char *const *argv) { return argv[1] ? odd(argv) : 0; }
// CHECK: [[#@LINE-1]]: wrapper odd in even: inherited

struct job {
  char *const *argv;
  const char *dir;
};

int start(struct job *job) { return execvp(job->argv[0], job->argv); }
// CHECK: [[#@LINE-1]]: direct execvp in start: inherited

// Where a child runs is not what it runs.
int list(const char *folder) {
  char *const argv[] = {"ls", NULL};
  struct job job;
  job.argv = argv;
  job.dir = folder;
  return start(&job);
  // CHECK: [[#@LINE-1]]: wrapper start in list: inherited
}

// A vector that is passed twice is the same one the second time.
int twice(char *const *argv) {
  char *environment[] = {"PATH=/bin", NULL};
  run_with("one", argv, environment);
  // CHECK: [[#@LINE-1]]: wrapper run_with in twice: explicit
  return run_with("two", argv, environment);
  // CHECK: [[#@LINE-1]]: wrapper run_with in twice: explicit
}

int main(void) {
  char *argv[] = {"worker", NULL};
  run(argv);
  // CHECK: [[#@LINE-1]]: wrapper run in main: inherited [none] program="worker" decided at 8: decided in 'run'
  // CHECK-NEXT: path 8:38: 'run' passes 'argv' on to 'execvp'
  // CHECK-NEXT: spawns 8
  outer(argv, environ);
  // CHECK-NEXT: [[#@LINE-1]]: wrapper outer in main: forwarded [envleak-forwarded] program="worker": 'environ' is passed on
  // CHECK-NEXT: path 16:59: 'outer' passes 'argv', 'environment' on to 'run_with'
  // CHECK-NEXT: path 12:10: 'run_with' passes
  outer(argv, NULL);
  // CHECK: [[#@LINE-1]]: wrapper outer in main: empty [none]
  shell("ls -l");
  // CHECK: [[#@LINE-1]]: wrapper shell in main: inherited [none] program="ls -l"
  copied(argv);
  // CHECK: [[#@LINE-1]]: wrapper copied in main: inherited
  show("file");
  // CHECK-NOT: wrapper show in main
  list("/");
  // CHECK-NOT: wrapper list in main
}
// CHECK: 8: wrapper run: inherited
// CHECK: 11: wrapper run_with: from-caller
