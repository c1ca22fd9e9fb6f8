#include "driver/gate_options.h"
#include "driver/options.h"

#include "facts/error.h"
#include "facts/text.h"
#include "reports/reports.h"
#include "runtime-probe/probe.h"

#include <llvm/Support/raw_ostream.h>

namespace envleak::driver {
namespace {

namespace cl = llvm::cl;

cl::SubCommand command(
    "explain",
    "Show where a variable came from, how it went on and who read it; or all about a process or a spawn\n\n"
    "  envleak explain DB_DATABASE --trace web.trace\n"
    "  envleak explain DB_DATABASE --trace web.trace --process worker   and to whom that handed it on\n"
    "  envleak explain --process worker --trace web.trace               what it inherited, from where; what it read\n"
    "  envleak explain --edge e3 --trace web.trace                      what crossed at one spawn, and who read it\n"
    "  envleak explain --process worker --minimal --trace web.trace     the smallest environment that works\n\n"
    "Exit status: 0, or 1 if no process of the trace had or asked for the variable.\n");
cl::opt<std::string> name(cl::Positional, cl::desc("[NAME]"), cl::sub(command), cl::cat(category()));
cl::list<std::string> traces("trace", cl::desc("A trace of 'envleak record'; may be given several times"),
                             cl::value_desc("TRACE"), cl::sub(command), cl::cat(category()));
cl::opt<std::string> process(
    "process",
    cl::desc(
        "These processes: an id of the report (p3), a pid, the program's name, a part of its path, or of an argument"),
    cl::value_desc("SELECTOR"), cl::sub(command), cl::cat(category()));
cl::opt<std::string> edge("edge", cl::desc("A spawn, by its id (e3)"), cl::value_desc("ID"), cl::sub(command),
                          cl::cat(category()));
cl::opt<bool> minimal("minimal", cl::desc("With --process: which variables the processes need for what they did"),
                      cl::sub(command), cl::cat(category()));
PolicyOption policy(command);
cl::opt<std::string> format("format", cl::desc("text or json (default text)"), cl::value_desc("FORMAT"),
                            cl::init("text"), cl::sub(command), cl::cat(category()));
cl::opt<std::string> output("o", cl::desc("Write to FILE ('-': standard output, the default)"), cl::value_desc("FILE"),
                            cl::init("-"), cl::sub(command), cl::cat(category()));

void validate() {
  if (name.empty() && process.empty() && edge.empty())
    throw InputError(
        "explain: which variable? Give its name: envleak explain NAME --trace TRACE; or --process SELECTOR, or --edge "
        "ID "
        "('envleak timeline' shows what there is)");
  if (!edge.empty() && (!name.empty() || !process.empty()))
    throw InputError("explain: --edge stands alone; give no NAME and no --process with it");
  if (minimal && (process.empty() || !name.empty()))
    throw InputError("explain: --minimal is about processes: give --process SELECTOR, and no NAME");
  if (afterDashes().present) throw InputError("explain: takes no command; give the trace of one: --trace TRACE");
  if (traces.empty())
    throw InputError("explain: give the trace to look in: --trace TRACE ('envleak record' writes one)");
  if (format != "text" && format != "json")
    throw InputError("--format: '" + oneLine(format) + "' is not one of text, json");
  checkWritable(output);
}

int run() {
  validate();
  std::vector<facts::RuntimeFacts> runs;
  for (const std::string& trace : traces) runs.push_back(probe::readTrace(trace));
  reports::CheckInput policyInput;
  policyInput.policy_file = policy.file({""});
  policyInput.defaults_file = installation().policy_defaults;
  reports::ExplainOptions options{name, process, edge, minimal, format, output == "-" && standardOutputIsTerminal()};
  reports::Explanation explanation = reports::explain(runs, policyInput, options);
  writeFile(output, explanation.text);
  return explanation.found ? exitClean : exitFindings;
}

}  // namespace

Command explainCommand() { return {&command, run}; }

}  // namespace envleak::driver
