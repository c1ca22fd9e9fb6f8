// File names made comparable.
#pragma once

#include <string>
#include <string_view>

namespace envleak::analyzer {

// Absolute, without "." and "..", symbolic links resolved as far as the path exists.
std::string canonicalPath(std::string_view path, std::string_view directory);

// Is `path` the folder or below it? Both canonical.
bool isBelow(std::string_view path, std::string_view folder);

}  // namespace envleak::analyzer
