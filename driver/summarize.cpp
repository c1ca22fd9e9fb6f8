#include "driver/options.h"
#include "driver/scan_options.h"

#include "analyzer/analyzer.h"
#include "facts/error.h"
#include "facts/text.h"

#include <llvm/ADT/SmallString.h>
#include <llvm/Support/FileSystem.h>

namespace envleak::driver {
namespace {

namespace cl = llvm::cl;

cl::SubCommand command("summarize",
                       "Analyse one compile command, as a step of a build\n\n"
                       "  envleak summarize -o unit.summary -- cc -Iinclude -c unit.c\n"
                       "  envleak summarize -o unit.summary --depfile unit.summary.d -- cc -c unit.c   for Ninja and make\n\n"
                       "Then 'envleak link *.summary' gives what 'envleak scan' gives. The compiler is not run. A unit with\n"
                       "errors has a summary too: the link tells of it.\n");
cl::opt<std::string> file("o", cl::desc("Write the summary to FILE"), cl::value_desc("FILE"), cl::sub(command),
                          cl::cat(category()));
cl::opt<std::string> depfile("depfile", cl::desc("Write what the summary was made from to FILE, as a rule for make"),
                             cl::value_desc("FILE"), cl::sub(command), cl::cat(category()));
cl::opt<std::string> relative("relative-to",
                              cl::desc("Name files relative to DIR and do not resolve symbolic links: for sandboxed builds"),
                              cl::value_desc("DIR"), cl::sub(command), cl::cat(category()));
cl::opt<unsigned> timeLimit("unit-timeout", cl::desc("Seconds of CPU time the unit may take (default 120), or wait without taking any"), cl::init(120),
                            cl::value_desc("SECONDS"), cl::sub(command), cl::cat(category()));

ModelsOption models(command);

// As gcc writes names in its dependency files.
std::string quoted(const std::string& path) {
  std::string text;
  for (char c : path) {
    if (c == ' ' || c == '#') text += '\\';
    if (c == '$') text += '$';
    text += c;
  }
  return text;
}

int run() {
  if (file.empty()) throw InputError("summarize: where to? Give -o FILE");
  if (afterDashes().words.size() < 2)
    throw InputError("summarize: give the compile command behind '--': envleak summarize -o FILE -- cc -c unit.c");
  if (timeLimit == 0) throw InputError("--unit-timeout: at least one second is needed");
  checkWritable(file);
  if (!depfile.empty()) checkWritable(depfile);
  llvm::SmallString<256> directory;
  if (std::error_code error = llvm::sys::fs::current_path(directory))
    throw InputError("the current folder is not known: " + error.message() + "; change to one that exists");
  Installation files = installation();
  analyzer::SummarizeOptions options;
  options.command = afterDashes().words;
  options.directory = directory.str().str();
  options.relative_to = relative;
  options.knowledge_directory = files.knowledge_directory;
  options.models_file = models.file("");
  options.program = files.program;
  options.unit_timeout_seconds = timeLimit;
  analyzer::SummarizedUnit unit = analyzer::summarizeUnit(options);
  if (!depfile.empty()) {
    std::string rule = quoted(file) + ":";
    for (const std::string& source : unit.sources) rule += " \\\n  " + quoted(source);
    writeFile(depfile, rule + "\n");
  }
  writeFile(file, unit.summary);
  return exitClean;
}

}  // namespace

Command summarizeCommand() { return {&command, run}; }

}  // namespace envleak::driver
