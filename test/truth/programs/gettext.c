// libc asks for LANGUAGE when it translates.
#include <libintl.h>
#include <locale.h>
#include "truth.h"

int main(void) {
  show(setlocale(LC_ALL, ""));
  textdomain("truth");
  show(gettext("text"));
  return 0;
}
