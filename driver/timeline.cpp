#include "driver/options.h"

#include "facts/error.h"
#include "facts/text.h"
#include "reports/investigate.h"
#include "runtime-probe/probe.h"

namespace envleak::driver {
namespace {

namespace cl = llvm::cl;

cl::SubCommand command(
    "timeline",
    "Show what happened in a recorded run, in order: spawns, writes, reads, opened settings files, ends\n\n"
    "  envleak timeline --trace web.trace\n"
    "  envleak timeline DB_DATABASE --trace web.trace       what concerns one variable\n"
    "  envleak timeline --process worker --trace web.trace  what these processes did\n\n"
    "Exit status: 0, or 1 if there is nothing to show.\n");
cl::opt<std::string> name(cl::Positional, cl::desc("[NAME]"), cl::sub(command), cl::cat(category()));
cl::list<std::string> traces("trace", cl::desc("A trace of 'envleak record'; may be given several times"),
                             cl::value_desc("TRACE"), cl::sub(command), cl::cat(category()));
cl::opt<std::string> process(
    "process",
    cl::desc("These processes: an id (p3), a pid, the program's name, a part of its path, or of an argument"),
    cl::value_desc("SELECTOR"), cl::sub(command), cl::cat(category()));
cl::opt<std::string> policy("policy", cl::desc("Policy file (YAML)"), cl::value_desc("FILE"), cl::sub(command),
                            cl::cat(category()));
cl::opt<std::string> format("format", cl::desc("text or json (default text)"), cl::value_desc("FORMAT"),
                            cl::init("text"), cl::sub(command), cl::cat(category()));
cl::opt<std::string> output("o", cl::desc("Write to FILE ('-': standard output, the default)"), cl::value_desc("FILE"),
                            cl::init("-"), cl::sub(command), cl::cat(category()));

int run() {
  if (afterDashes().present) throw InputError("timeline: takes no command; give the trace of one: --trace TRACE");
  if (traces.empty())
    throw InputError("timeline: give the trace to look in: --trace TRACE ('envleak record' writes one)");
  if (format != "text" && format != "json")
    throw InputError("--format: '" + oneLine(format) + "' is not one of text, json");
  checkWritable(output);
  std::vector<facts::RuntimeFacts> runs;
  for (const std::string& trace : traces) runs.push_back(probe::readTrace(trace));
  reports::CheckInput policyInput;
  policyInput.policy_file = policy;
  policyInput.defaults_file = installation().policy_defaults;
  reports::Explanation explanation =
      reports::timeline(runs, policyInput, {name, process, format, output == "-" && standardOutputIsTerminal()});
  writeFile(output, explanation.text);
  return explanation.found ? exitClean : exitFindings;
}

}  // namespace

Command timelineCommand() { return {&command, run}; }

}  // namespace envleak::driver
