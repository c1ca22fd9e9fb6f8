// std::async and a lambda.
#include <cstdio>
#include <cstdlib>
#include <future>

int main() { std::puts(std::async(std::launch::async, [] { return std::getenv("N1"); }).get()); }
