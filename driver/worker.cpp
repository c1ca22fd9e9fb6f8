// What 'scan' starts for its worker processes: not one of the subcommands, so --help does not show it.
#include "driver/options.h"

#include "analyzer/analyzer.h"

#include <cstring>

namespace envleak::driver {

bool isWorkerCommand(int argc, char** argv) { return argc == 3 && std::strcmp(argv[1], "scan-worker") == 0; }

int runWorker(char** argv) { return analyzer::scanWorker(installation().knowledge_directory, argv[2]); }

}  // namespace envleak::driver
