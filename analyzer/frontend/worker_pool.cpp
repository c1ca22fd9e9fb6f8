#include "analyzer/frontend/worker_pool.h"

#include "analyzer/frontend/paths.h"
#include "analyzer/frontend/summary_codec.h"

#include <poll.h>

#include <algorithm>

namespace envleak::analyzer {
namespace {

using Clock = WorkerProcess::Clock;

}  // namespace

UnitSummary lostUnit(const CompileCommand& command, facts::UnitStatus status, const std::string& reason) {
  UnitSummary summary;
  summary.main_file = canonicalPath(command.file, command.directory);
  summary.status = status;
  if (!reason.empty()) summary.errors = {reason};
  return summary;
}

struct WorkerPool::Round {
  WorkerPool& pool;
  const std::vector<std::size_t>& units;
  Progress& progress;
  const Take& take;
  std::size_t given = 0;
  std::size_t finished = 0;

  void next(WorkerProcess& worker) {
    while (!worker.busy() && given < units.size()) {
      std::size_t unit = units[given++];
      if (!worker.give(unit, pool.commands_[unit], std::chrono::seconds(pool.options_.unit_timeout_seconds)))
        lose(worker, facts::UnitStatus::crashed, "the worker process ended: " + worker.reap());
    }
  }

  void lose(WorkerProcess& worker, facts::UnitStatus status, const std::string& reason) {
    std::size_t unit = worker.unit();
    worker.stop();
    worker.start();
    finish(unit, {encodeSummary(lostUnit(pool.commands_[unit], status, reason)), {}, false});
  }

  void finish(std::size_t unit, Analysed analysed) {
    ++finished;
    take(unit, std::move(analysed));
    progress.step();
  }

  void step() {
    std::vector<pollfd> descriptors;
    Clock::duration soonest = std::chrono::minutes(1);
    for (auto& worker : pool.workers_) {
      descriptors.push_back({worker->busy() ? worker->output() : -1, POLLIN, 0});
      if (worker->busy()) soonest = std::min(soonest, worker->leeway());
    }
    auto wait = std::chrono::duration_cast<std::chrono::milliseconds>(soonest).count() + 1;
    ::poll(descriptors.data(), descriptors.size(), static_cast<int>(std::clamp<long long>(wait, 0, 60000)));
    for (std::size_t i = 0; i < pool.workers_.size(); ++i) {
      WorkerProcess& worker = *pool.workers_[i];
      if (!worker.busy()) continue;
      if ((descriptors[i].revents & (POLLIN | POLLHUP | POLLERR)) != 0)
        receive(worker);
      else if (std::string reason = worker.overdue(); !reason.empty())
        lose(worker, facts::UnitStatus::timeout, reason);
      next(worker);
    }
  }

  void receive(WorkerProcess& worker) {
    Analysed analysed;
    switch (worker.receive(analysed)) {
      case WorkerProcess::Outcome::nothing:
        return;
      case WorkerProcess::Outcome::lost:
        return lose(worker, facts::UnitStatus::crashed, "the worker process ended: " + worker.reap());
      case WorkerProcess::Outcome::answer:
        break;
    }
    if (analysed.crashed) {
      worker.stop();
      worker.start();
    }
    finish(worker.unit(), std::move(analysed));
  }
};

void WorkerPool::run(const std::vector<std::size_t>& units, Progress& progress, const Take& take) {
  while (workers_.size() < std::min<std::size_t>(options_.jobs, units.size()))
    workers_.push_back(std::make_unique<WorkerProcess>(options_));
  Round round{*this, units, progress, take};
  for (auto& worker : workers_) round.next(*worker);
  while (round.finished < units.size()) round.step();
}

}  // namespace envleak::analyzer
