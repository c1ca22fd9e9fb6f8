#include "worker/dotenv.h"

#include <cstdlib>
#include <fstream>

namespace worker {

void loadDotenv(const std::string& path) {
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) {
    std::size_t equals = line.find('=');
    if (line.empty() || line[0] == '#' || equals == std::string::npos) continue;
    setenv(line.substr(0, equals).c_str(), line.substr(equals + 1).c_str(), /*overwrite=*/0);
  }
}

}  // namespace worker
