#include "driver/options.h"
#include "driver/shared.h"

#include "analyzer/analyzer.h"
#include "facts/text.h"
#include "reports/reports.h"

namespace envleak::driver {
namespace {

namespace cl = llvm::cl;

cl::SubCommand command("scan",
                       "List the spawn calls of a program with the environment each hands on\n\n"
                       "  envleak scan -p build                    the units of build/compile_commands.json\n"
                       "  envleak scan -p build src/server         only sites below src/server\n"
                       "  envleak scan -p build --format json -o facts.json\n"
                       "  envleak scan spawn.c -- -Iinclude -DX=1  one file with the given compiler flags\n");
cl::opt<std::string> buildPath("p", cl::desc("Folder with compile_commands.json, or the file itself ('-': standard input)"),
                               cl::value_desc("BUILD"), cl::sub(command), cl::cat(category()));
cl::list<std::string> paths(cl::Positional, cl::desc("[PATH...] [-- FLAGS]"), cl::sub(command), cl::cat(category()));
cl::opt<unsigned> jobs("j", cl::desc("Worker processes (default 2)"), cl::init(2), cl::value_desc("N"), cl::sub(command),
                       cl::cat(category()));
cl::opt<std::string> root("root", cl::desc("Project root: paths are shown relative to it (default: the common folder of the units)"),
                          cl::value_desc("DIR"), cl::sub(command), cl::cat(category()));
cl::opt<unsigned> timeLimit("unit-timeout", cl::desc("Seconds one translation unit may take (default 120)"), cl::init(120),
                            cl::value_desc("SECONDS"), cl::sub(command), cl::cat(category()));
cl::list<std::string> binaries("binary",
                               cl::desc("An executable of the build, with debug information: what it is made of"),
                               cl::value_desc("FILE"), cl::sub(command), cl::cat(category()));
cl::opt<bool> noAskCompilers("no-ask-compilers",
                             cl::desc("Do not run cross compilers to learn their targets and headers"), cl::sub(command),
                             cl::cat(category()));
OutputOptions output(command, "text");

int run() {
  analyzer::ScanOptions options = scanOptions(buildPath, {paths.begin(), paths.end()}, jobs, root);
  if (timeLimit == 0) throw InputError("--unit-timeout: at least one second is needed");
  options.unit_timeout_seconds = timeLimit;
  options.binaries = {binaries.begin(), binaries.end()};
  options.ask_compilers = !noAskCompilers;
  options.flags = afterDashes().words;
  if (buildPath.empty()) {
    if (!afterDashes().present)
      throw InputError("scan: which units? Give -p BUILD (a folder with compile_commands.json), or one file and its "
                       "flags: envleak scan FILE -- FLAGS");
    if (paths.size() != 1) throw InputError("scan: exactly one source file is needed before '--'");
  } else if (afterDashes().present) {
    throw InputError("scan: give either -p BUILD or '-- FLAGS', not both: compile_commands.json has the flags");
  }
  output.validate();
  return output.finish(reports::renderScan(analyzer::scan(options), output.render()));
}

}  // namespace

Command scanCommand() { return {&command, run}; }

}  // namespace envleak::driver
