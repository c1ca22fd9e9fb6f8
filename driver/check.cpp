#include "driver/gate_options.h"
#include "driver/shared.h"

#include "facts/text.h"
#include "runtime-probe/probe.h"

namespace envleak::driver {
namespace {

namespace cl = llvm::cl;

cl::SubCommand command("check",
                       "Compare static facts with recorded runs\n\n"
                       "  envleak check --static facts.json --trace web.trace\n"
                       "  envleak check --static facts.json --trace a.trace --trace b.trace --format json -o report.json\n"
                       "  envleak check --trace web.trace              one side alone gives a report of that side\n"
                       "  envleak check --static facts.json --trace a.trace --baseline envleak.json --format markdown\n");
cl::opt<std::string> staticFile("static", cl::desc("Static facts, as 'envleak scan --format json' writes them"),
                                cl::value_desc("FILE"), cl::sub(command), cl::cat(category()));
cl::list<std::string> traces("trace", cl::desc("A trace of 'envleak record'; may be given several times"),
                             cl::value_desc("TRACE"), cl::sub(command), cl::cat(category()));
PolicyOption policy(command);
GateFlags gateFlags(command);
OutputOptions output(command, "text");

int run() {
  if (afterDashes().present) throw InputError("check: takes no command; 'envleak audit' runs one");
  if (staticFile.empty() && traces.empty())
    throw InputError("check: nothing to compare; give --static FILE, --trace TRACE or both");
  output.validate();
  gateFlags.validate(output.toStandardOutput());
  reports::CheckInput input;
  input.gate = gateFlags.options();
  input.defaults_file = installation().policy_defaults;
  if (!staticFile.empty())
    input.static_facts = facts::staticFactsFromJson(readFile(staticFile, "static facts file"), staticFile);
  for (const std::string& trace : traces) input.runs.push_back(probe::readTrace(trace));
  input.policy_file = policy.file(policyFolders("", input));
  reports::Rendered rendered = reports::check(input, output.render());
  gateFlags.finish(rendered);
  return output.finish(rendered);
}

}  // namespace

Command checkCommand() { return {&command, run}; }

}  // namespace envleak::driver
