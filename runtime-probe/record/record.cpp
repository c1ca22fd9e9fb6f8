#include "runtime-probe/probe.h"

#include "facts/error.h"
#include "facts/text.h"
#include "runtime-probe/preload/inject.h"
#include "runtime-probe/preload/target.h"
#include "runtime-probe/record/closing.h"
#include "runtime-probe/record/launch.h"
#include "runtime-probe/record/pool_file.h"
#include "runtime-probe/record/process_tree.h"
#include "runtime-probe/record/supervise.h"
#include "runtime-probe/record/trace_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

namespace envleak::probe {
namespace {

// Dotenv files are known to the probe itself.
std::vector<std::string> settingsFiles(const std::vector<std::string>& more) {
  std::vector<std::string> patterns{"*.ini",  "*.conf", "*.cnf",        "*.cfg", "*.yaml", "*.yml",
                                    "*.json", "*.toml", "*.properties", "*.php"};
  for (const std::string& pattern : more) {
    if (pattern.empty() || pattern.find('/') != std::string::npos)
      throw InputError("--settings-file (in a policy: config-files): '" + oneLine(pattern) +
                       "' is no pattern for the name of a file; give one without folders, as in '*.settings'");
    patterns.push_back(pattern);
  }
  return patterns;
}

void checkLibrary(const std::string& path) {
  if (::access(path.c_str(), R_OK) != 0)
    throw InputError("the preload library '" + oneLine(path) + "' cannot be read; install envleak again");
  if (path.find_first_of(": \t\n") != std::string::npos)
    throw InputError(
        "the preload library's path '" + oneLine(path) +
        "' has a colon or a blank, which the loader takes for the end of a name; install envleak elsewhere");
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text.append(word).push_back('\0');
  return text;
}

void appendCommand(TraceFile& trace, const std::vector<std::string>& command) {
  std::error_code error;
  const std::string directory = std::filesystem::current_path(error).string();
  trace.append<trace::CommandRecord>(trace::RecordKind::command, {joined(command), directory},
                                     [](trace::CommandRecord& record, const std::vector<trace::Bytes>& places) {
                                       record.arguments = places[0];
                                       record.directory = places[1];
                                     });
}

void appendEnd(TraceFile& trace, const Ending& ending) {
  trace.append<trace::EndRecord>(trace::RecordKind::end, {},
                                 [&](trace::EndRecord& record, const std::vector<trace::Bytes>&) {
                                   record.pid = ending.pid;
                                   record.by_signal = ending.by_signal;
                                   record.value = ending.value;
                                 });
}

[[noreturn]] void refuseSupervision(int error) {
  throw InputError(std::string("--supervise: the system does not permit to follow processes (ptrace: ") +
                   std::strerror(error) + "); record without it, or permit it (kernel.yama.ptrace_scope, the "
                   "container's seccomp profile)");
}

}  // namespace

Recorded record(const RecordOptions& options) {
  checkLibrary(options.preload_library);
  int status = 0;
  const std::string program = findCommand(options.command.at(0), status);
  if (program.empty()) return {status, false};
  const preload::Target target = preload::inspectTarget(AT_FDCWD, program.c_str());
  // A script whose interpreter is not there: said before the trace of an earlier recording is replaced.
  if (target.kind == preload::TargetKind::missing) return {cannotExecute(options.command[0], ENOENT), false};

  if (options.supervise)
    if (const int error = supervisionRefused()) refuseSupervision(error);
  const std::uint32_t flags = (options.values ? trace::keepValues : 0U) |
                              (options.supervise ? trace::supervised : 0U) | (options.deep ? trace::deep : 0U);
  TraceFile trace(options.output, options.trace_limit_bytes, options.preload_library, flags,
                  settingsFiles(options.settings_files));
  const PoolFile pool;
  trace.setPool(pool.place());
  appendCommand(trace, options.command);
  const preload::ProbeNames names{options.preload_library.c_str(), trace.path().c_str(), trace.key()};
  const bool injected = target.kind == preload::TargetKind::observable;
  const preload::InjectionSize size = preload::injectionSize(environ, names, target.sanitizer);
  std::vector<char*> environment(size.entries);
  std::vector<char> text(size.text);
  preload::inject(environ, names, target.sanitizer, 0, environment.data(), text.data());

  ProcessTree tree(trace, names);
  const Ending ending =
      runCommand(options.command, injected ? environment.data() : environ, options.supervise ? &tree : nullptr);
  if (ending.refused != 0) {
    trace.discard();
    refuseSupervision(ending.refused);
  }
  if (ending.exec_error != 0) {
    trace.discard();
    return {cannotExecute(options.command[0], ending.exec_error), false};
  }
  if (!injected) appendBlindCommand(trace, program);
  appendClosingRecords(trace, injected ? program : std::string());
  appendEnd(trace, ending);
  trace.finish();
  return {ending.by_signal ? 128 + ending.value : ending.value, true};
}

}  // namespace envleak::probe
