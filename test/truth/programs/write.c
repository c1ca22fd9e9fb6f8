// Only the kernel looks at the value: write.
#include "truth.h"

int main(void) { return write(1, found(environ, "N1"), 8) != 8; }
