// Starting the command and waiting for it, as env(1) and timeout(1) do.
#pragma once

#include <string>
#include <vector>

namespace envleak::probe {

class ProcessTree;

// The file that the command names; empty, with `status` 126 or 127 and a message on stderr, if there is none.
std::string findCommand(const std::string& name, int& status);

struct Ending {
  int pid = 0;
  int exec_error = 0;  // errno: it never started
  int refused = 0;     // errno: it could not be supervised, and never started
  bool by_signal = false;
  int value = 0;  // exit status or signal number
};

// Runs it with this environment. While it runs, signals from outside are passed on to it; those of the terminal reach
// it anyway. With a tree, which may be null, it is supervised.
Ending runCommand(const std::vector<std::string>& command, char* const* environment, ProcessTree* tree);

// Message and exit status for a command that was found, but could not be executed.
int cannotExecute(const std::string& name, int error);

}  // namespace envleak::probe
