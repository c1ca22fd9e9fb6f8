// After main, without getenv.
#include "truth.h"

__attribute__((destructor)) static void late(void) { show(found(environ, "N1")); }

int main(void) { return 0; }
