// The C++ library asks for TMPDIR.
#include <cstdio>
#include <filesystem>

int main() { std::puts(std::filesystem::temp_directory_path().c_str()); }
