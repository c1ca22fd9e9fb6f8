// libc's expansion of ${N1+set}, which asks whether there is N1.
#include <wordexp.h>
#include "truth.h"

int main(void) {
  wordexp_t words;
  if (wordexp("${N1+set} word", &words, WRDE_NOCMD)) return 1;
  show(words.we_wordv[0]);
  return 0;
}
