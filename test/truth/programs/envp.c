// main's third parameter.
#include "truth.h"

int main(int argc, char** argv, char** envp) {
  (void)argc, (void)argv;
  show(found(envp, "N1"));
  return 0;
}
