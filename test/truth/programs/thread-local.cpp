// The destructor of a thread's own object.
#include <cstdio>
#include <cstdlib>
#include <thread>

struct Late {
  const char* name = nullptr;
  ~Late() { std::puts(std::getenv(name)); }
};
static thread_local Late late;

int main() { std::thread([] { late.name = "N1"; }).join(); }
