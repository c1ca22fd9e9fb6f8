#include <unistd.h>

static char *own[] = {"PATH=/bin", NULL};
char **child_environment = own;

void choose_environment(int number) {
  if (number > 1) child_environment = environ;
}
