// Reading a file that need not be there.
#pragma once

#include <optional>
#include <string>

namespace envleak::analyzer {

// Whole content; nullopt if there is no regular file or it cannot be read. Never waits for a pipe.
std::optional<std::string> readRegularFile(const std::string& path);

}  // namespace envleak::analyzer
