// In a destructor while an exception is on its way.
#include <cstdio>
#include <cstdlib>
#include <stdexcept>

struct Unwound {
  ~Unwound() { std::puts(std::getenv("N1")); }
};

int main() {
  try {
    const Unwound object;
    throw std::runtime_error("on its way");
  } catch (const std::exception&) {
    return 3;
  }
}
