// A global object's destructor.
#include <cstdio>
#include <cstdlib>

struct Late {
  ~Late() { std::puts(std::getenv("N1")); }
};
static Late late;

int main() {}
