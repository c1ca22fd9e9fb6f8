// After main.
#include "truth.h"

__attribute__((destructor)) static void late(void) { show(getenv("N1")); }

int main(void) { return 0; }
