// Runs units through worker processes: libclang can crash or hang on hostile sources, and then costs one unit.
#pragma once

#include "analyzer/analyzer.h"
#include "analyzer/frontend/compile_commands.h"
#include "analyzer/frontend/progress.h"
#include "analyzer/frontend/summary.h"
#include "analyzer/frontend/worker_process.h"

#include <functional>
#include <memory>
#include <vector>

namespace envleak::analyzer {

class WorkerPool {
 public:
  // `commands` and `options` must outlive it. Workers are started when they are needed, and kept.
  WorkerPool(const std::vector<CompileCommand>& commands, const ScanOptions& options)
      : commands_(commands), options_(options) {}

  // Is told of each unit, in the order in which they are finished.
  using Take = std::function<void(std::size_t unit, Analysed)>;
  // `units` are indices into the commands. Throws InputError if no worker can be started.
  void run(const std::vector<std::size_t>& units, Progress& progress, const Take& take);

 private:
  struct Round;
  const std::vector<CompileCommand>& commands_;
  const ScanOptions& options_;
  std::vector<std::unique_ptr<WorkerProcess>> workers_;
};

// What stands for a unit whose worker was lost.
UnitSummary lostUnit(const CompileCommand& command, facts::UnitStatus status, const std::string& reason);

}  // namespace envleak::analyzer
