// Starting other programs.
#pragma once

#include <string>
#include <vector>

namespace orders {

// Runs a program and waits for it. Returns its exit status, or 127 if it could not be started.
int start(const std::vector<std::string>& command);

}  // namespace orders
