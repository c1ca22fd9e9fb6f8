// The hidden command that 'scan' starts for its worker processes.
#include "driver/options.h"

#include "analyzer/analyzer.h"

namespace envleak::driver {
namespace {

llvm::cl::SubCommand command("scan-worker", "(internal) analyses units on behalf of 'scan'");

int run() { return analyzer::scanWorker(installation().knowledge_directory); }

}  // namespace

Command workerCommand() { return {&command, run}; }

}  // namespace envleak::driver
