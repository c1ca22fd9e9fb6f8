// What the subcommands share: option groups, the words behind "--", and where the installed files are.
#pragma once

#include <llvm/Support/CommandLine.h>

#include <string>
#include <vector>

namespace envleak::driver {

// Exit statuses, as documented in README.md.
enum ExitStatus {
  exitClean = 0,
  exitFindings = 1,
  exitInputError = 2,
  exitIncomplete = 3,
  exitRecordingFailed = 125,  // of 'record' alone, as env(1) and timeout(1) have it
};

// The one category shown by --help; LLVM's own options are hidden.
llvm::cl::OptionCategory& category();

// The words after the first "--" on the command line, and whether there was one.
struct AfterDashes {
  bool present = false;
  std::vector<std::string> words;
};
AfterDashes& afterDashes();

// Files that are installed beside the program; found from the program's own path, so the tree can be moved.
struct Installation {
  std::string program;
  std::string preload_library;
  std::string knowledge_directory;
  std::string policy_defaults;
};
// Throw InputError naming what is missing.
Installation installation();
std::string scanProgram();  // of the commands that need libclang

bool standardErrorIsTerminal();
bool standardOutputIsTerminal();

// 1 if `highest` reaches the --fail-on level, else 3 if incomplete, else 0. `fail_on` is one of note, warning, error,
// never; throws InputError for another.
int gate(int highest_level, bool incomplete, const std::string& fail_on);

// Each subcommand: its llvm::cl::SubCommand and what it runs. Throws InputError.
struct Command {
  llvm::cl::SubCommand* options;
  int (*run)();
};
Command scanCommand();
Command recordCommand();
Command checkCommand();
Command auditCommand();
Command explainCommand();
Command timelineCommand();
Command compareCommand();
Command summarizeCommand();
Command linkCommand();
Command policyCommand();

// A worker process of 'scan'; runWorker() throws InputError.
bool isWorkerCommand(int argc, char** argv);
int runWorker(int argc, char** argv);

}  // namespace envleak::driver
