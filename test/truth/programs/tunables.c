// The loader looks at tunables: this one sets each byte of new memory.
#include "truth.h"

int main(void) {
  unsigned char* volatile memory = malloc(100);
  show(memory[50] == 0 ? "left alone" : "set");
  return 0;
}
