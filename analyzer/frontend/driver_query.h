// What a compiler driver says of itself: the target it compiles for, and where it looks for system headers.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace envleak::analyzer {

struct DriverAnswer {
  std::string target;                    // as -dumpmachine prints it
  std::vector<std::string> directories;  // searched for <...>, in order; the driver's own headers are among them
};

// Does this compiler have to be asked? Not the host's own ones, which find what clang finds.
bool mustBeAsked(const std::string& compiler);

// Runs `compiler` in `directory`, with those of `flags` that decide about target and headers, for C or C++; at most
// once for each such question. Empty if it is missing, fails, or does not answer in time.
std::optional<DriverAnswer> askDriver(const std::string& compiler, const std::string& directory,
                                      const std::vector<std::string>& flags, bool cplusplus);

// A target's name such as "arm-none-eabi", as opposed to another prefix ("musl").
bool isTarget(const std::string& prefix);
// Programs for it run here: nothing has to be said.
bool isHostTarget(const std::string& target);

}  // namespace envleak::analyzer
