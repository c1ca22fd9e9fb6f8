#include "driver/gate_options.h"
#include "driver/options.h"
#include "driver/scan_options.h"
#include "driver/shared.h"

#include "analyzer/analyzer.h"
#include "facts/error.h"
#include "facts/text.h"
#include "reports/reports.h"

namespace envleak::driver {
namespace {

namespace cl = llvm::cl;

cl::SubCommand command("link",
                       "Put the summaries of a program together: gives what 'envleak scan' gives\n\n"
                       "  envleak link *.summary\n"
                       "  envleak link @summaries.list --format json -o facts.json   one name a line\n");
cl::list<std::string> paths(cl::Positional, cl::desc("SUMMARY|@LIST..."), cl::sub(command), cl::cat(category()));
cl::opt<std::string> root("root", cl::desc("Project root: paths are shown relative to it (default: the common folder of the units)"),
                          cl::value_desc("DIR"), cl::sub(command), cl::cat(category()));
ModelsOption models(command);
PolicyOption policy(command);
GateFlags gateFlags(command);
OutputOptions output(command, "text");

// "@LIST" stands for the lines of LIST.
std::vector<std::string> summaryFiles() {
  std::vector<std::string> files;
  for (const std::string& path : paths) {
    if (!path.starts_with('@')) {
      files.push_back(path);
      continue;
    }
    std::string list = readFile(path.substr(1), "list of summaries");
    for (std::size_t at = 0; at < list.size();) {
      std::size_t end = std::min(list.find('\n', at), list.size());
      if (end > at) files.push_back(list.substr(at, end - at));
      at = end + 1;
    }
  }
  return files;
}

int run() {
  if (afterDashes().present)
    for (const std::string& word : afterDashes().words) paths.push_back(word);
  output.validate();
  gateFlags.validate(output.toStandardOutput());
  reports::CheckInput input;
  input.static_facts =
      analyzer::linkSummaries(summaryFiles(), root, installation().knowledge_directory, models.file(root));
  input.policy_file = policy.file(policyFolders(root, input));
  input.defaults_file = installation().policy_defaults;
  input.gate = gateFlags.options();
  reports::Rendered rendered = reports::scan(input, output.render());
  gateFlags.finish(rendered);
  return output.finish(rendered);
}

}  // namespace

Command linkCommand() { return {&command, run}; }

}  // namespace envleak::driver
