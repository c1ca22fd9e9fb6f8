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
    "policy",
    "Write a policy file from a recorded run, or check one\n\n"
    "  envleak policy init --trace web.trace -o .envleak.yaml   what crossed and was read, for review\n"
    "  envleak policy check .envleak.yaml                       is it understood?\n\n"
    "Exit status of 'check': 0, or 2 with the place of what is not understood.\n");
cl::opt<std::string> action(cl::Positional, cl::desc("init|check"), cl::sub(command), cl::cat(category()));
cl::opt<std::string> file(cl::Positional, cl::desc("[FILE]"), cl::sub(command), cl::cat(category()));
cl::list<std::string> traces("trace", cl::desc("init: a trace of 'envleak record'; may be given several times"),
                             cl::value_desc("TRACE"), cl::sub(command), cl::cat(category()));
cl::opt<std::string> staticFile("static", cl::desc("init: static facts, as 'envleak scan --format json' writes them"),
                                cl::value_desc("FILE"), cl::sub(command), cl::cat(category()));
cl::opt<std::string> output("o", cl::desc("init: write to FILE ('-': standard output, the default)"),
                            cl::value_desc("FILE"), cl::init("-"), cl::sub(command), cl::cat(category()));

int init() {
  if (!file.empty())
    throw InputError("policy init: '" + oneLine(file) + "' is not understood; -o FILE names the file to write");
  if (traces.empty())
    throw InputError("policy init: give the trace to begin with: --trace TRACE ('envleak record' writes one)");
  checkWritable(output);
  reports::CheckInput input;
  input.defaults_file = installation().policy_defaults;
  if (!staticFile.empty())
    input.static_facts = facts::staticFactsFromJson(readFile(staticFile, "static facts file"), staticFile);
  for (const std::string& trace : traces) input.runs.push_back(probe::readTrace(trace));
  writeFile(output, reports::initialPolicy(input));
  return exitClean;
}

int check() {
  if (file.empty()) throw InputError("policy check: which file? envleak policy check FILE");
  if (!traces.empty() || !staticFile.empty() || output.getNumOccurrences() > 0)
    throw InputError("policy check: takes a file and no options; 'envleak check --policy FILE' holds it against a run");
  reports::CheckInput input;
  input.policy_file = file;
  reports::validate(input);
  llvm::outs() << "envleak: " << oneLine(file) << " is understood\n";
  return exitClean;
}

int run() {
  if (afterDashes().present)
    throw InputError("policy: takes no command; 'envleak record -o TRACE -- COMMAND' makes a trace");
  if (action == "init") return init();
  if (action == "check") return check();
  throw InputError("policy: say what to do: envleak policy init --trace TRACE, or envleak policy check FILE");
}

}  // namespace

Command policyCommand() { return {&command, run}; }

}  // namespace envleak::driver
