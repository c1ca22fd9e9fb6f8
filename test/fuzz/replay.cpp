// Runs a target without libFuzzer: replay CORPUS MUTATIONS. Every file of the corpus, then so many inputs that were made of
// them, always the same ones.
#include "target.h"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <vector>

namespace {

using Random = std::minstd_rand;  // the same numbers with every library

std::size_t below(Random& random, std::size_t end) { return end == 0 ? 0 : random() % end; }

void mutate(std::string& input, const std::vector<std::string>& seeds, Random& random) {
  static constexpr std::string_view words[] = {"1e999", "-0", "-1", "18446744073709551616", "null", "{}", "[", "\"\"",
                                               "\\u0000", "\n", " ", "- ", ": ", "@", "\xff\xff\xff\xff"};
  const std::size_t at = below(random, input.size() + 1);
  switch (below(random, 6)) {
    case 0:
      if (at < input.size()) input[at] = static_cast<char>(random() >> 8);
      break;
    case 1:
      if (at < input.size()) input[at] = static_cast<char>(input[at] ^ 1 << below(random, 8));
      break;
    case 2:
      input.erase(at, 1 + below(random, 16));
      break;
    case 3:
      input.insert(at, words[below(random, std::size(words))]);
      break;
    case 4: {
      const std::string& other = seeds[below(random, seeds.size())];
      const std::size_t from = below(random, other.size());
      input.insert(at, other.substr(from, 1 + below(random, 64)));
      break;
    }
    default:
      input.resize(at);
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) {
    std::fprintf(stderr, "usage: %s CORPUS MUTATIONS\n", argv[0]);
    return 2;
  }
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(argv[1])) files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  std::vector<std::string> seeds;
  for (const auto& path : files) {
    std::ifstream file(path, std::ios::binary);
    seeds.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
  }
  if (seeds.empty()) {
    std::fprintf(stderr, "%s: the corpus is empty\n", argv[1]);
    return 2;
  }
  const auto run = [](const std::string& input) {
    LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(input.data()), input.size());
  };
  for (const std::string& seed : seeds) run(seed);
  Random random(4);
  const int mutations = std::atoi(argv[2]);
  for (int i = 0; i < mutations; ++i) {
    std::string input = seeds[below(random, seeds.size())];
    for (std::size_t changes = 1 + below(random, 6); changes > 0; --changes) mutate(input, seeds, random);
    run(input);
  }
  std::printf("%zu seeds, %d mutations\n", seeds.size(), mutations);
  return 0;
}
