// libc asks whether POSIXLY_CORRECT is set, and not for its value.
#include "truth.h"

int main(void) {
  char* arguments[] = {"getopt", "word", "-a", NULL};
  show(getopt(3, arguments, "a") == 'a' ? "options anywhere" : "options first");
  return 0;
}
