// libc asks for PATH.
#include "truth.h"

int main(void) {
  char* arguments[] = {"true", NULL};
  execvp("true", arguments);
  return 9;
}
