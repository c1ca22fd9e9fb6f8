#include "driver/options.h"

#include "facts/error.h"
#include "facts/text.h"
#include "reports/investigate.h"
#include "runtime-probe/probe.h"

#include <fstream>

namespace envleak::driver {
namespace {

namespace cl = llvm::cl;

cl::SubCommand command(
    "compare",
    "Show what differs between two runs: what arrived in each program, from where, and what was read\n\n"
    "  envleak compare shell.trace cron.trace\n"
    "  envleak compare before.trace after.json              a trace, or a report that check or audit wrote as JSON\n"
    "  envleak compare staging.trace production.trace DB_DATABASE\n\n"
    "Programs are held against each other by their name and their ancestors' names, never by ids, pids, numbers or\n"
    "order. Values are compared only where both traces were recorded with --values.\n\n"
    "Exit status: 0 no difference, 1 differences, 2 usage or input error, 3 none was seen, but a run was not\n"
    "recorded whole.\n");
cl::opt<std::string> first(cl::Positional, cl::desc("RUN1"), cl::sub(command), cl::cat(category()));
cl::opt<std::string> second(cl::Positional, cl::desc("RUN2"), cl::sub(command), cl::cat(category()));
cl::opt<std::string> name(cl::Positional, cl::desc("[NAME]"), cl::sub(command), cl::cat(category()));
cl::opt<std::string> process("process", cl::desc("Only programs with this in their name"), cl::value_desc("PART"),
                             cl::sub(command), cl::cat(category()));
cl::opt<std::string> policy("policy", cl::desc("Policy file (YAML)"), cl::value_desc("FILE"), cl::sub(command),
                            cl::cat(category()));
cl::opt<std::string> format("format", cl::desc("text or json (default text)"), cl::value_desc("FORMAT"),
                            cl::init("text"), cl::sub(command), cl::cat(category()));
cl::opt<std::string> output("o", cl::desc("Write to FILE ('-': standard output, the default)"), cl::value_desc("FILE"),
                            cl::init("-"), cl::sub(command), cl::cat(category()));

reports::ComparedInput read(const std::string& file) {
  std::string beginning(256, '\0');
  std::ifstream in(file);
  in.read(beginning.data(), static_cast<std::streamsize>(beginning.size()));
  beginning.resize(static_cast<std::size_t>(in.gcount()));
  reports::ComparedInput input;
  input.file = file;
  if (reports::isReport(beginning))
    input.report = readFile(file, "report");
  else
    input.facts.push_back(probe::readTrace(file));
  return input;
}

int run() {
  if (afterDashes().present)
    throw InputError("compare: takes no command; give two traces or reports: envleak compare RUN1 RUN2");
  if (first.empty() || second.empty())
    throw InputError("compare: give two runs, each a trace or a report in JSON: envleak compare RUN1 RUN2");
  if (format != "text" && format != "json")
    throw InputError("--format: '" + oneLine(format) + "' is not one of text, json");
  checkWritable(output);
  reports::CheckInput policyInput;
  policyInput.policy_file = policy;
  policyInput.defaults_file = installation().policy_defaults;
  reports::Compared compared = reports::compare(read(first), read(second), policyInput,
                                                {name, process, format, output == "-" && standardOutputIsTerminal()});
  writeFile(output, compared.text);
  if (compared.differs) return exitFindings;
  return compared.incomplete ? exitIncomplete : exitClean;
}

}  // namespace

Command compareCommand() { return {&command, run}; }

}  // namespace envleak::driver
