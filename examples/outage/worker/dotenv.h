// Settings from a .env file.
#pragma once

#include <string>

namespace worker {

// Puts the file's NAME=VALUE lines into the environment. What is there already stays: that is what dotenv libraries
// do by default, so that a deployment can override the file.
void loadDotenv(const std::string& path);

}  // namespace worker
