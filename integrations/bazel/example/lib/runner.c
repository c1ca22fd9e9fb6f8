#include "lib/runner.h"

#include <unistd.h>

int run(char **arguments) { return RUNNER(arguments[0], arguments); }
