// Walks environ with string views: the length of every entry is a look at its value.
#include <cstdio>
#include <string_view>

extern char** environ;

int main() {
  for (char** entry = environ; *entry != nullptr; ++entry)
    if (const std::string_view text = *entry; text.starts_with("N1=")) std::puts(*entry + 3);
}
