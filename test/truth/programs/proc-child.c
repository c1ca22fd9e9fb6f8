// A parent that looks into its child's environment.
#include "truth.h"

int main(int argc, char** argv) {
  char text[4096], path[64];
  if (argc > 1) {
    char byte;
    return write(1, "!", 1) != 1 || read(0, &byte, 1) != 0;
  }
  int to[2], from[2];
  if (pipe2(to, O_CLOEXEC) || pipe2(from, O_CLOEXEC)) return 1;
  const pid_t child = fork();
  if (child == 0) {
    char* arguments[] = {argv[0], "child", NULL};
    dup2(to[0], 0);
    dup2(from[1], 1);
    execv("/proc/self/exe", arguments);
    _exit(1);
  }
  if (read(from[0], text, 1) != 1) return 1;
  snprintf(path, sizeof path, "/proc/%d/environ", (int)child);
  const ssize_t got = read(open(path, O_RDONLY), text, sizeof text);
  for (char* entry = text; entry < text + got; entry += strlen(entry) + 1)
    if (!strncmp(entry, "N1=", 3)) show(entry + 3);
  close(to[1]);
  return statusOf(child);
}
