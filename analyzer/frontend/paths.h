// File names made comparable.
#pragma once

#include <string>
#include <string_view>

namespace envleak::analyzer {

// Absolute, without "." and "..", symbolic links resolved as far as the path exists.
std::string canonicalPath(std::string_view path, std::string_view directory);

// From now on canonical paths below `folder` are relative to it, and symbolic links stay as they are.
void useRelativePaths(const std::string& folder);

// Is `path` the folder or below it? Both canonical.
bool isBelow(std::string_view path, std::string_view folder);

}  // namespace envleak::analyzer
