// envleak itself: what records and reports. To load libclang and all of LLVM takes some 25 ms, so what needs them is a
// program of its own, of which the user sees nothing: it takes this one's place, under its name.
#include "driver/command_line.h"

#include "facts/error.h"
#include "facts/text.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <string_view>

namespace {

using namespace envleak::driver;

// Not `record -- scan`: a command is the first word. All others are for the other program to explain, too.
bool isOwn(int argc, char** argv) {
  constexpr std::array<std::string_view, 6> names{"record", "check", "explain", "timeline", "compare", "policy"};
  return argc > 1 && std::find(names.begin(), names.end(), argv[1]) != names.end();
}

int becomeScanProgram(char** argv) {
  try {
    const std::string program = scanProgram();
    ::execv(program.c_str(), argv);
    std::fprintf(stderr, "envleak: %s: cannot be executed: %s\n", envleak::oneLine(program).c_str(), std::strerror(errno));
  } catch (const envleak::InputError& error) {
    std::fprintf(stderr, "envleak: %s\n", error.what());
  }
  return exitInputError;
}

}  // namespace

int main(int argc, char** argv) {
  if (!isOwn(argc, argv)) return becomeScanProgram(argv);
  const std::array commands{recordCommand(), checkCommand(), explainCommand(), timelineCommand(), compareCommand(), policyCommand()};
  return runCommand(argc, argv, commands);
}
