#include "driver/cache_options.h"
#include "driver/gate_options.h"
#include "driver/options.h"
#include "driver/scan_options.h"
#include "driver/shared.h"

#include "analyzer/analyzer.h"
#include "facts/text.h"
#include "reports/reports.h"

#include <llvm/Support/raw_ostream.h>

#include <sys/stat.h>

#include <ctime>
#include <cstdio>

namespace envleak::driver {
namespace {

namespace cl = llvm::cl;

cl::SubCommand command("scan",
                       "List the spawn calls of a program with the environment each hands on\n\n"
                       "  envleak scan -p build                    the units of build/compile_commands.json\n"
                       "  envleak scan -p build src/server         only sites below src/server\n"
                       "  envleak scan -p build --format json -o facts.json\n"
                       "  envleak scan spawn.c -- -Iinclude -DX=1  one file with the given compiler flags\n"
                       "  envleak scan -p build --fix | patch -p1  named variables in place of the whole environment\n"
                       "  envleak scan -p build --format sarif -o envleak.sarif --fail-on never\n"
                       "  envleak scan -p build --fail-on warning --diff origin/main      what a merge request adds\n"
                       "  envleak scan -p build --fail-on warning --baseline envleak.json only what is new\n");
cl::opt<std::string> buildPath("p", cl::desc("Folder with compile_commands.json, or the file itself ('-': standard input)"),
                               cl::value_desc("BUILD"), cl::sub(command), cl::cat(category()));
cl::list<std::string> paths(cl::Positional, cl::desc("[PATH...] [-- FLAGS]"), cl::sub(command), cl::cat(category()));
// Prefix: '-j4' as well, as make takes it.
cl::opt<unsigned> jobs("j", cl::Prefix, cl::desc("Worker processes (default 2)"), cl::init(2), cl::value_desc("N"),
                       cl::sub(command), cl::cat(category()));
cl::opt<std::string> root("root", cl::desc("Project root: paths are shown relative to it (default: the common folder of the units)"),
                          cl::value_desc("DIR"), cl::sub(command), cl::cat(category()));
cl::opt<unsigned> timeLimit("unit-timeout", cl::desc("Seconds of CPU time one translation unit may take (default 120), or wait without taking any"), cl::init(120),
                            cl::value_desc("SECONDS"), cl::sub(command), cl::cat(category()));
cl::list<std::string> binaries("binary",
                               cl::desc("An executable of the build, with debug information: what it is made of"),
                               cl::value_desc("FILE"), cl::sub(command), cl::cat(category()));
cl::opt<bool> noAskCompilers("no-ask-compilers",
                             cl::desc("Do not run cross compilers to learn their targets and headers"), cl::sub(command),
                             cl::cat(category()));
cl::opt<bool> full("full", cl::desc("Parse all units, also those in whose text nothing matters (the findings are the same)"),
                   cl::sub(command), cl::cat(category()));
cl::opt<bool> showStatistics("statistics", cl::desc("Say on standard error what was parsed, what was cached, and how long it took"),
                             cl::sub(command), cl::cat(category()));
CacheOptions cache(command);

void print(const analyzer::ScanStatistics& s) {
  std::fprintf(stderr,
               "envleak: %zu units: %zu parsed, %zu from the cache, %zu not parsed (%zu rounds)\n"
               "envleak: %.1f MiB of summaries; %zu damaged cache files removed\n"
               "envleak: seconds: choosing units %.3f, looking up %.3f, parsing %.3f, linking %.3f\n",
               s.units, s.parsed, s.cached, s.not_parsed, s.rounds, static_cast<double>(s.summary_bytes) / (1 << 20),
               s.damaged, s.choose, s.look_up, s.parse, s.link);
}

cl::opt<std::string> fix("fix",
                         cl::desc("Show edits that give children an environment of named variables, as a patch; nothing "
                                  "is changed. --fix=apply makes them"),
                         cl::value_desc("apply"), cl::ValueOptional, cl::sub(command), cl::cat(category()));
ModelsOption models(command);
PolicyOption policy(command);
GateFlags gateFlags(command);
OutputOptions output(command, "text");

// A file that was written to since the scan began is not touched: its edits were made for another text.
void apply(const reports::Suggestions& suggestions, const timespec& begun) {
  auto isLater = [&](const timespec& time) {
    return time.tv_sec != begun.tv_sec ? time.tv_sec > begun.tv_sec : time.tv_nsec > begun.tv_nsec;
  };
  struct stat status{};
  for (const reports::Suggestions::File& file : suggestions.files)
    if (::stat(file.path.c_str(), &status) != 0 || isLater(status.st_mtim) ||
        readFile(file.path, "source file") != file.content)
      throw InputError(oneLine(file.path) + ": changed while it was scanned; nothing was edited, scan again");
  for (const reports::Suggestions::File& file : suggestions.files) checkWritable(file.path);
  for (const reports::Suggestions::File& file : suggestions.files) writeFile(file.path, file.edited);
}

int showFixes(const analyzer::ScanOptions& options) {
  timespec begun{};
  ::clock_gettime(CLOCK_REALTIME, &begun);
  facts::StaticFacts facts = analyzer::scan(options);
  reports::Suggestions suggestions = reports::suggest(facts);
  llvm::errs() << suggestions.notes;
  if (fix == "apply") {
    apply(suggestions, begun);
    llvm::errs() << "envleak: " << suggestions.files.size() << (suggestions.files.size() == 1 ? " file" : " files")
                 << " edited; build and test before you commit\n";
    suggestions.diff.clear();
  } else if (!suggestions.diff.empty()) {
    llvm::errs() << "envleak: nothing was changed; to make these edits: patch -p1 -d " << oneLine(facts.root)
                 << " < PATCH, or --fix=apply\n";
  }
  return output.finish({suggestions.diff, suggestions.highest, suggestions.incomplete, {}, 0});
}

int run() {
  analyzer::ScanOptions options = scanOptions(buildPath, {paths.begin(), paths.end()}, jobs, root, models);
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
  if (fix.getNumOccurrences() > 0 && !fix.empty() && fix != "apply")
    throw InputError("--fix: '" + oneLine(fix) + "' is not understood; --fix shows a patch, --fix=apply makes the edits");
  if (fix.getNumOccurrences() > 0 && output.format() != "text")
    throw InputError("--fix: prints a patch; '--format sarif' has the same edits without it");
  if (fix.getNumOccurrences() > 0 && gateFlags.given())
    throw InputError("--fix: edits the calls of all findings; give it without --baseline, --write-baseline and --diff");
  output.validate();
  if (output.format() == "dot")
    throw InputError("--format dot: shows what a run did; give a trace: 'envleak check --trace TRACE'");
  gateFlags.validate(output.toStandardOutput());
  options.full = full;
  cache.apply(options);
  if (fix.getNumOccurrences() > 0) return showFixes(options);
  analyzer::ScanStatistics statistics;
  reports::CheckInput input;
  input.static_facts = analyzer::scan(options, &statistics);
  input.policy_file = policy.file(policyFolders(root, input));
  input.defaults_file = installation().policy_defaults;
  input.gate = gateFlags.options();
  reports::Rendered rendered = reports::scan(input, output.render());
  gateFlags.finish(rendered);
  if (showStatistics) print(statistics);
  return output.finish(rendered);
}

}  // namespace

Command scanCommand() { return {&command, run}; }

}  // namespace envleak::driver
