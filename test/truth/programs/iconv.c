// libc asks for GCONV_PATH.
#include <iconv.h>
#include "truth.h"

int main(void) {
  show(iconv_open("TRUTH", "UTF-8") == (iconv_t)-1 ? "unknown" : "known");
  return 0;
}
