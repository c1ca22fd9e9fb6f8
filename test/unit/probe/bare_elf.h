// An ELF file with nothing in it: no build-id, no symbols, no debug information.
#pragma once

#include <gtest/gtest.h>

#include <cstring>
#include <filesystem>
#include <fstream>
#include <string>

namespace envleak::test {

class BareElf {
 public:
  BareElf() : path_(testing::TempDir() + "/envleak-bare-" + std::to_string(::getpid()) + ".o") {
    std::string header(64, '\0');
    std::memcpy(header.data(), "\177ELF\2\1\1", 7);
    header[16] = 1;   // a relocatable object
    header[18] = 62;  // for x86-64
    header[20] = 1;
    header[52] = 64;  // sizes of the headers
    header[58] = 64;
    std::ofstream(path_, std::ios::binary) << header;
  }
  ~BareElf() { std::filesystem::remove(path_); }
  BareElf(const BareElf&) = delete;
  BareElf& operator=(const BareElf&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

}  // namespace envleak::test
