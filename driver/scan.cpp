#include "driver/cache_options.h"
#include "driver/options.h"
#include "driver/shared.h"

#include "analyzer/analyzer.h"
#include "facts/text.h"
#include "reports/reports.h"

#include <cstdio>

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
cl::opt<bool> full("full", cl::desc("Parse all units, also those in whose text nothing matters: slower, the same findings"),
                   cl::sub(command), cl::cat(category()));
cl::opt<bool> showStatistics("statistics", cl::desc("Say on standard error what was parsed, what was cached, and how long it took"),
                             cl::sub(command), cl::cat(category()));
CacheOptions cache(command);
OutputOptions output(command, "text");

void print(const analyzer::ScanStatistics& s) {
  std::fprintf(stderr,
               "envleak: %zu units: %zu parsed, %zu from the cache, %zu not parsed (%zu rounds)\n"
               "envleak: %.1f MiB of summaries; %zu damaged cache files removed\n"
               "envleak: seconds: choosing units %.3f, looking up %.3f, parsing %.3f, linking %.3f\n",
               s.units, s.parsed, s.cached, s.not_parsed, s.rounds, static_cast<double>(s.summary_bytes) / (1 << 20),
               s.damaged, s.choose, s.look_up, s.parse, s.link);
}

int run() {
  analyzer::ScanOptions options = scanOptions(buildPath, {paths.begin(), paths.end()}, jobs, root);
  if (timeLimit == 0) throw InputError("--unit-timeout: at least one second is needed");
  options.unit_timeout_seconds = timeLimit;
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
  options.full = full;
  cache.apply(options);
  analyzer::ScanStatistics statistics;
  reports::Rendered rendered = reports::renderScan(analyzer::scan(options, &statistics), output.render());
  if (showStatistics) print(statistics);
  return output.finish(rendered);
}

}  // namespace

Command scanCommand() { return {&command, run}; }

}  // namespace envleak::driver
