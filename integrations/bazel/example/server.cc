#include "lib/runner.h"

int main(int, char **argv) { return run(argv + 1); }
