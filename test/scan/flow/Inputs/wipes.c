#include "wipes.h"
#include <stdlib.h>
#include <unistd.h>

void wipe(void) { clearenv(); }
void wipe_if(int flag) {
  if (flag) wipe();
}
char **own_environment(void) {
  static char *own[] = {"PATH=/bin", NULL};
  return own;
}
char **whole_environment(void) { return environ; }
