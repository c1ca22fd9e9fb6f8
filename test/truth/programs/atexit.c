// In a function that atexit calls.
#include "truth.h"

static void late(void) { show(getenv("N1")); }

int main(void) { return atexit(late); }
