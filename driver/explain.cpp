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

cl::SubCommand command("explain",
                       "Show where a variable came from, how it went on and who read it\n\n"
                       "  envleak explain DB_DATABASE --trace web.trace\n"
                       "  envleak explain DB_DATABASE --trace web.trace --process worker\n\n"
                       "Exit status: 0, or 1 if no process of the trace had or asked for the variable.\n");
cl::opt<std::string> name(cl::Positional, cl::desc("NAME"), cl::sub(command), cl::cat(category()));
cl::list<std::string> traces("trace", cl::desc("A trace of 'envleak record'; may be given several times"),
                             cl::value_desc("TRACE"), cl::sub(command), cl::cat(category()));
cl::opt<std::string> process("process", cl::desc("Only these processes: an id of the report (p3), a pid, or a part of the program's name"),
                             cl::value_desc("SELECTOR"), cl::sub(command), cl::cat(category()));
PolicyOption policy(command);
cl::opt<std::string> output("o", cl::desc("Write to FILE ('-': standard output, the default)"), cl::value_desc("FILE"),
                            cl::init("-"), cl::sub(command), cl::cat(category()));

int run() {
  if (name.empty()) throw InputError("explain: which variable? Give its name: envleak explain NAME --trace TRACE");
  if (afterDashes().present) throw InputError("explain: takes no command; give the trace of one: --trace TRACE");
  if (traces.empty()) throw InputError("explain: give the trace to look in: --trace TRACE ('envleak record' writes one)");
  std::vector<facts::RuntimeFacts> runs;
  for (const std::string& trace : traces) runs.push_back(probe::readTrace(trace));
  reports::CheckInput policyInput;
  policyInput.policy_file = policy.file({""});
  policyInput.defaults_file = installation().policy_defaults;
  reports::Explanation explanation =
      reports::explain(runs, policyInput, {name, process, output == "-" && standardOutputIsTerminal()});
  writeFile(output, explanation.text);
  return explanation.found ? exitClean : exitFindings;
}

}  // namespace

Command explainCommand() { return {&command, run}; }

}  // namespace envleak::driver
