#include "driver/command_line.h"

#include "facts/error.h"
#include "facts/version.h"

#include <llvm/Support/ErrorHandling.h>
#include <llvm/Support/raw_ostream.h>

#include <fcntl.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstring>
#include <new>

namespace envleak::driver {
namespace {

constexpr const char* overview =
    "Finds process-spawn calls that hand the environment on, and shows which variables a child really reads.\n\n"
    "  envleak scan -p BUILD            which calls in the source inherit the environment?\n"
    "  envleak record -o T -- COMMAND   what crosses and is read in a run of COMMAND?\n"
    "  envleak audit -p BUILD -- COMMAND  both, joined in one report\n"
    "  envleak explain NAME --trace T   where a variable came from and who read it; timeline, compare: what happened,\n"
    "                                   and what differs between two runs\n\n"
    "Exit status: 0 clean, 1 findings at or above --fail-on, 2 usage or input error,\n"
    "3 finished, but part of the input could not be analysed. 'record' exits as its command did.\n";

// A descriptor 0, 1 or 2 that was closed must not become that of a file that is opened here. What stands in for it
// cannot be read or written either, and is closed again in every program that is started.
void reserveStandardStreams() {
  for (int descriptor = 0; descriptor <= 2; ++descriptor)
    if (::fcntl(descriptor, F_GETFD) < 0) ::open("/dev/null", (descriptor == 0 ? O_WRONLY : O_RDONLY) | O_CLOEXEC);
}

// LLVM ends a program whose output could not be written (--help > /dev/full) with 1, which means "findings" here.
void endAfterFatalError(void*, const char* reason, bool) {
  std::fprintf(stderr, "envleak: %s\n", reason);
  ::_exit(exitInputError);
}

void printVersion(llvm::raw_ostream& out) { out << "envleak " << version << '\n'; }

int run(int argc, char** argv, std::span<const Command> commands, Worker worker) {
  std::vector<const char*> words;
  for (int i = 0; i < argc; ++i) {
    if (i > 0 && std::strcmp(argv[i], "--") == 0) {
      afterDashes() = {true, {argv + i + 1, argv + argc}};
      break;
    }
    words.push_back(argv[i]);
  }
  for (const Command& command : commands) llvm::cl::HideUnrelatedOptions(category(), *command.options);
  llvm::cl::HideUnrelatedOptions(category());
  llvm::cl::SetVersionPrinter(printVersion);

  // LLVM exits with 1 on a bad option; 1 means "findings" here.
  std::string message;
  llvm::raw_string_ostream errors(message);
  if (!worker && !llvm::cl::ParseCommandLineOptions(static_cast<int>(words.size()), words.data(), overview, &errors)) {
    llvm::errs() << message;
    return argc > 1 && std::strcmp(argv[1], "record") == 0 ? exitRecordingFailed : exitInputError;
  }
  // Output to a closed pipe is an error to report, not a reason to die.
  std::signal(SIGPIPE, SIG_IGN);
  bool recording = false;
  try {
    if (worker) return worker(argc, argv);
    for (const Command& command : commands) {
      if (!*command.options) continue;
      recording = command.run == recordCommand().run;
      return command.run();
    }
    llvm::errs() << "envleak: a command is needed: scan, record, check, audit, explain, timeline, compare, policy, summarize or link (see envleak --help)\n";
    return exitInputError;
  } catch (const InputError& error) {
    llvm::errs() << "envleak: " << error.what() << '\n';
  } catch (const std::bad_alloc&) {
    llvm::errs() << "envleak: out of memory\n";
  }
  return recording ? exitRecordingFailed : exitInputError;
}

}  // namespace

int runCommand(int argc, char** argv, std::span<const Command> commands, Worker worker) {
  reserveStandardStreams();
  llvm::install_fatal_error_handler(endAfterFatalError);
  int status = run(argc, argv, commands, worker);
  llvm::errs().clear_error();  // a message that could not be written does not change the status
  return status;
}

}  // namespace envleak::driver
