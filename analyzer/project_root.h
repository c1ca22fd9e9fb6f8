// Which folder paths are shown relative to.
#pragma once

#include <string>
#include <vector>

namespace envleak::analyzer {

// `given` if it is not empty, else the deepest folder that holds all files; the current one if they are relative.
// Throws InputError if `given` is no folder, unless the files are relative: then it is only a name.
std::string projectRoot(const std::string& given, const std::vector<std::string>& files);

}  // namespace envleak::analyzer
