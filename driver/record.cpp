#include "driver/options.h"

#include "facts/error.h"
#include "facts/text.h"
#include "runtime-probe/probe.h"

namespace envleak::driver {
namespace {

namespace cl = llvm::cl;

cl::SubCommand command("record",
                       "Run a command and record which variables cross and are read\n\n"
                       "  envleak record -- make test                  writes envleak.trace\n"
                       "  envleak record -o web.trace -- ./server --port 8080\n\n"
                       "Exits as the command did (128+n if signal n ended it); 125: recording failed, 126: the command\n"
                       "cannot be executed, 127: it was not found.\n\n"
                       "--deep asks the kernel for a sample of every page fault (perf_event_open), which tells where a\n"
                       "value was first looked at, past getenv too. It changes this for the command: each page fault\n"
                       "takes longer, and a buffer of 260 KiB for each processor counts as locked memory and address\n"
                       "space. Where the kernel refuses (kernel.perf_event_paranoid), the report says no-call-chains.\n\n"
                       "--supervise also follows every process by ptrace(2), from its fork to its end. Programs in\n"
                       "which the probe cannot be (static ones) are named with what started them and what they were\n"
                       "given, what they start is observed again, and what a killed process had looked at is known.\n"
                       "It changes this for the command:\n"
                       "  - a program that uses ptrace itself fails (gdb, strace, LeakSanitizer at its end:\n"
                       "    ASAN_OPTIONS=detect_leaks=0 helps);\n"
                       "  - unless the recorder is privileged, set-user-ID programs (sudo) and file capabilities give\n"
                       "    no privilege;\n"
                       "  - /proc/PID/status shows a TracerPid; every fork, exec, end and signal takes longer, and a\n"
                       "    signal that is ignored can end a wait (epoll_wait) with EINTR.\n"
                       "When the command ends, the processes that it leaves are let go. Where the system does not permit\n"
                       "ptrace, the command is not started (125).\n");
cl::opt<std::string> output("o", cl::desc("Trace file (default envleak.trace)"), cl::init("envleak.trace"),
                            cl::value_desc("TRACE"), cl::sub(command), cl::cat(category()));
cl::opt<unsigned> limit("trace-limit", cl::desc("Size in MiB at which the trace is full; further events are counted (default 256)"),
                        cl::init(256), cl::value_desc("MIB"), cl::sub(command), cl::cat(category()));
cl::opt<bool> values("values", cl::desc("Keep the values of variables in the trace (default: keyed hashes only)"),
                     cl::sub(command), cl::cat(category()));

cl::list<std::string> settingsFiles("settings-file",
                                    cl::desc("Name of files that hold settings, such as '*.settings'; may be given several "
                                             "times. Known are .env*, *.env, *.ini, *.conf, *.cnf, *.cfg, *.yaml, *.yml, "
                                             "*.json, *.toml, *.properties, *.php"),
                                    cl::value_desc("PATTERN"), cl::sub(command), cl::cat(category()));

cl::opt<bool> supervise("supervise", cl::desc("Follow every process by ptrace(2): see above for what that changes"),
                        cl::sub(command), cl::cat(category()));

cl::opt<bool> deep("deep", cl::desc("Sample page faults to tell where each value was first looked at: see above"),
                   cl::sub(command), cl::cat(category()));

int run() {
  if (afterDashes().words.empty()) throw InputError("record: no command; give it after '--': envleak record -- COMMAND [ARG...]");
  if (output == "-") throw InputError("record: a trace cannot go to standard output; name a file with -o");
  if (limit == 0) throw InputError("--trace-limit: at least 1 MiB is needed");
  probe::RecordOptions options;
  options.command = afterDashes().words;
  options.output = output;
  options.preload_library = installation().preload_library;
  options.trace_limit_bytes = static_cast<std::uint64_t>(limit) << 20;
  options.values = values;
  options.supervise = supervise;
  options.deep = deep;
  options.settings_files = settingsFiles;
  return probe::record(options).status;
}

}  // namespace

Command recordCommand() { return {&command, run}; }

}  // namespace envleak::driver
