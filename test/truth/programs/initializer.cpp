// A global object's initializer.
#include <cstdlib>
#include <iostream>
#include <string>

static const std::string kept = std::getenv("N1");

int main() { std::cout << kept << '\n'; }
