// libc asks for LC_ALL.
#include <locale.h>
#include "truth.h"

int main(void) {
  show(setlocale(LC_ALL, ""));
  return 0;
}
