// What the main() of both programs does with its command line.
#pragma once

#include "driver/options.h"

#include <span>

namespace envleak::driver {

using Worker = int (*)(int argc, char** argv);

// Parses the command line and runs the one of `commands` that it names, or `worker` in place of all, if given. Returns
// the exit status; errors have been told on standard error.
int runCommand(int argc, char** argv, std::span<const Command> commands, Worker worker = nullptr);

}  // namespace envleak::driver
