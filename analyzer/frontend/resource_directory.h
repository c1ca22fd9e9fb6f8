// Where clang's own headers (stddef.h...) are.
#pragma once

#include <string>

namespace envleak::analyzer {

// Beside the loaded libclang if it is there, else where it was when envleak was built. Without these headers types
// such as size_t are lost, and with them whole initialisers.
const std::string& resourceDirectory();

}  // namespace envleak::analyzer
