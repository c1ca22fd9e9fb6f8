#include "analyzer/analyzer.h"
#include "analyzer/frontend/compile_commands.h"
#include "analyzer/frontend/paths.h"
#include "analyzer/frontend/summary_codec.h"
#include "analyzer/frontend/worker_pool.h"
#include "analyzer/knowledge/knowledge.h"
#include "analyzer/program/static_facts.h"
#include "analyzer/project_root.h"
#include "facts/error.h"
#include "facts/text.h"

#include <algorithm>
#include <iterator>

namespace envleak::analyzer {
namespace {

constexpr std::string_view optionsWithValue[] = {
    "-o",  "-x",  "-I",  "-isystem", "-iquote", "-idirafter", "-include", "-imacros",  "-D",     "-U",
    "-MF", "-MT", "-MQ", "-MJ",      "-Xclang", "-target",    "-arch",    "-isysroot", "--param"};

// The one word that is a source file by its name and no option's value; any file if the language is given.
std::string sourceOf(const SummarizeOptions& options) {
  std::string source;
  bool language_given = false;
  for (std::size_t i = 1; i < options.command.size(); ++i) {
    const std::string& word = options.command[i];
    if (std::ranges::find(optionsWithValue, word) != std::end(optionsWithValue)) {
      language_given |= word == "-x";
      ++i;
      continue;
    }
    if (word.starts_with("-") || (!language_given && !isSourceFileName(word))) continue;
    if (!source.empty() && source != word)
      throw InputError("summarize: the command compiles '" + oneLine(source) + "' and '" + oneLine(word) +
                       "'; one source file is needed");
    source = word;
  }
  if (source.empty())
    throw InputError(
        "summarize: the command names no C or C++ source file; give it as for the compiler: "
        "envleak summarize -o FILE -- cc -c unit.c");
  return source;
}

}  // namespace

SummarizedUnit summarizeUnit(const SummarizeOptions& options) {
  Knowledge::load(options.knowledge_directory, options.models_file);  // its errors are the user's to see; the worker cannot show them
  std::vector<CompileCommand> commands(1);
  std::string source = sourceOf(options);
  if (!normalizeCommand(options.directory, source, options.command, commands[0]))
    throw InputError(oneLine(source) + ": the command compiles no C or C++");
  ScanOptions scan;
  scan.program = options.program;
  scan.unit_timeout_seconds = options.unit_timeout_seconds;
  scan.jobs = 1;
  scan.models_file = options.models_file;
  scan.relative_to = options.relative_to;
  SummarizedUnit result;
  Progress progress(false);
  WorkerPool pool(commands, scan);
  pool.run({0}, progress, [&](std::size_t, Analysed analysed) {
    result.summary = std::move(analysed.summary);
    for (const SourceVersion& file : analysed.closure.files) result.sources.push_back(file.path);
    if (!analysed.closure.changed.empty())
      throw InputError(oneLine(analysed.closure.changed) + ": changed while it was read; run the step again");
  });
  UnitSummary summary = decodeSummary(result.summary);
  result.status = summary.status;
  summary.repairs.insert(summary.repairs.begin(), commands[0].repairs.begin(), commands[0].repairs.end());
  result.summary = encodeSummary(std::move(summary));
  return result;
}

facts::StaticFacts linkSummaries(const std::vector<std::string>& files, const std::string& root,
                                 const std::string& knowledge_directory, const std::string& models_file) {
  if (files.empty()) throw InputError("link: no summaries; name the files that 'envleak summarize' wrote");
  Knowledge knowledge = Knowledge::load(knowledge_directory, models_file);
  std::vector<UnitSummary> units;
  std::vector<std::string> main_files;
  SharedFunctions shared;
  for (const std::string& file : files) {
    try {
      units.push_back(decodeSummary(readFile(file, "summary"), &shared));
    } catch (const SummaryError& error) {
      throw InputError(oneLine(file) + ": " +
                       (error.reason == SummaryError::Reason::damaged ? std::string("a damaged summary: ") : "") +
                       error.what() + "; write it anew with 'envleak summarize'");
    }
    main_files.push_back(units.back().main_file);
  }
  return link(std::move(units), Build{}, knowledge, projectRoot(root, main_files), {});
}

}  // namespace envleak::analyzer
