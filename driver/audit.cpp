#include "driver/cache_options.h"
#include "driver/gate_options.h"
#include "driver/scan_options.h"
#include "driver/shared.h"

#include "facts/text.h"
#include "runtime-probe/probe.h"

#include <llvm/Support/FileSystem.h>
#include <llvm/Support/raw_ostream.h>

#include <unistd.h>

namespace envleak::driver {
namespace {

namespace cl = llvm::cl;

cl::SubCommand command("audit",
                       "Scan a build, run a command of it under the probe, and report on both\n\n"
                       "  envleak audit -p build -- ./build/server --selftest\n"
                       "  envleak audit -p build --format json -o report.json -- ctest\n"
                       "  envleak audit -p build --format html -o report.html -- ctest     one page, to look through\n\n"
                       "The command's own output is not touched; the report follows it. The command's exit status is\n"
                       "part of the report and does not change the audit's.\n");
cl::opt<std::string> buildPath("p", cl::desc("Folder with compile_commands.json, or the file itself"),
                               cl::value_desc("BUILD"), cl::sub(command), cl::cat(category()));
// Prefix: '-j4' as well, as make takes it.
cl::opt<unsigned> jobs("j", cl::Prefix, cl::desc("Worker processes (default 2)"), cl::init(2), cl::value_desc("N"),
                       cl::sub(command), cl::cat(category()));
cl::opt<std::string> root("root", cl::desc("Project root: paths are shown relative to it (default: the common folder of the units)"),
                          cl::value_desc("DIR"), cl::sub(command), cl::cat(category()));
cl::opt<std::string> keepTrace("trace", cl::desc("Keep the trace in this file"), cl::value_desc("FILE"), cl::sub(command),
                               cl::cat(category()));
cl::opt<std::string> keepStatic("static", cl::desc("Keep the static facts in this file"), cl::value_desc("FILE"),
                                cl::sub(command), cl::cat(category()));
PolicyOption policy(command);
GateFlags gateFlags(command);
cl::opt<bool> supervise("supervise",
                        cl::desc("Follow every process by ptrace(2): see 'envleak record --help' for what that changes"),
                        cl::sub(command), cl::cat(category()));
cl::opt<bool> deep("deep",
                   cl::desc("Tell where each value was first looked at: see 'envleak record --help'"),
                   cl::sub(command), cl::cat(category()));
CacheOptions cache(command);
ModelsOption models(command);
OutputOptions output(command, "text");

// A trace that is removed at the end.
class TemporaryTrace {
 public:
  TemporaryTrace() {
    llvm::SmallString<128> path;
    if (std::error_code error = llvm::sys::fs::createTemporaryFile("envleak", "trace", path))
      throw InputError("cannot make a temporary file: " + error.message() + "; set TMPDIR to a writable folder");
    path_ = path.str().str();
  }
  TemporaryTrace(const TemporaryTrace&) = delete;
  ~TemporaryTrace() { ::unlink(path_.c_str()); }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

int run() {
  if (buildPath.empty()) throw InputError("audit: give -p BUILD, a folder with compile_commands.json");
  if (afterDashes().words.empty()) throw InputError("audit: no command; give it after '--': envleak audit -p BUILD -- COMMAND [ARG...]");
  output.validate();
  gateFlags.validate(true);
  if (!keepStatic.empty()) checkWritable(keepStatic);
  if (!keepTrace.empty()) checkWritable(keepTrace);
  if (output.format() != "text" && output.toStandardOutput())
    throw InputError("audit: give -o FILE with --format " + output.format() + ": standard output is the command's own");

  Installation files = installation();
  reports::CheckInput input;
  input.gate = gateFlags.options();
  input.defaults_file = files.policy_defaults;
  analyzer::ScanOptions scan = scanOptions(buildPath, {}, jobs, root, models);
  cache.apply(scan);
  input.static_facts = analyzer::scan(scan);
  if (!keepStatic.empty()) writeFile(keepStatic, reports::factsText(*input.static_facts));
  input.policy_file = policy.file(policyFolders(root, input));
  reports::validate(input);

  std::optional<TemporaryTrace> temporary;
  if (keepTrace.empty()) temporary.emplace();
  probe::RecordOptions options;
  options.command = afterDashes().words;
  options.output = temporary ? temporary->path() : keepTrace.getValue();
  options.preload_library = files.preload_library;
  options.supervise = supervise;
  options.deep = deep;
  options.settings_files = reports::settingsFiles(input);
  if (!probe::record(options).started) return exitInputError;  // record has said why
  facts::RuntimeFacts facts = probe::readTrace(options.output);
  if (facts.images.empty()) {
    llvm::errs() << "envleak: audit: the command left nothing in the trace\n";
    return exitInputError;
  }
  input.runs.push_back(std::move(facts));
  reports::Rendered rendered = reports::check(input, output.render());
  gateFlags.finish(rendered);
  return output.finish(rendered);
}

}  // namespace

Command auditCommand() { return {&command, run}; }

}  // namespace envleak::driver
