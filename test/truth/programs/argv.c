// Past the end of argv, as runtimes of other languages do it.
#include "truth.h"

int main(int argc, char** argv) {
  show(found(argv + argc + 1, "N1"));
  return 0;
}
