// The program that `envleak` becomes for all that needs libclang, and for the help on all commands.
#include "driver/command_line.h"

#include <array>

int main(int argc, char** argv) {
  using namespace envleak::driver;
  const std::array commands{scanCommand(), recordCommand(), checkCommand(), auditCommand(), explainCommand(),
                            timelineCommand(), compareCommand(), policyCommand(), summarizeCommand(), linkCommand()};
  return runCommand(argc, argv, commands, isWorkerCommand(argc, argv) ? runWorker : nullptr);
}
