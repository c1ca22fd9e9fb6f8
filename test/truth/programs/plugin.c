// Not a case of its own: a library that reads, to be loaded by others.
#include "truth.h"

void readIt(void);
void readIt(void) { show(getenv("N1")); }
void askIt(void);
void askIt(void) { show(getenv("N1") ? "set" : "not set"); }
void runIt(void);
void runIt(void) { system("printenv N1; :"); }
