// The processes that a supervising recorder follows, and what it publishes on their behalf: forks, new programs, ends,
// and which values each had looked at by its end. See supervise.h for who calls this and when.
#pragma once

#include "runtime-probe/preload/inject.h"
#include "runtime-probe/record/outside_look.h"
#include "runtime-probe/record/trace_file.h"

#include <cstdint>
#include <array>
#include <cstddef>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

namespace envleak::probe {

class ProcessTree {
 public:
  ProcessTree(TraceFile& trace, const preload::ProbeNames& names) : trace_(trace), names_(names) {}

  bool knows(int tid) const { return process_of_.count(tid) != 0; }
  // A thread, or the first one of a process, is about to run. `parent`: the thread that made it; 0: not known.
  void begun(int tid, int parent);
  // The process has become another program, which has not run yet; one of its threads, `caller`, asked for it.
  void executed(int pid, int caller);
  // A thread runs no more, and its process still has its memory. `wait_status`: how it ends.
  void ending(int tid, int wait_status);
  // A thread is gone, or a process, which is told of when its last thread is.
  void ended(int tid, int wait_status);

 private:
  // The values lie at one place for the program itself, and at another for the script that it interprets.
  enum View : std::size_t { of_program, of_script, views };

  // A program, shared by the processes that were forked from there.
  struct Image {
    int own_pid;          // of the process that executed it
    std::uint64_t since;  // its records stand behind this offset
    std::array<std::optional<Windows>, views> windows;
  };
  struct Process {
    int own_pid = 0;
    int parent = 0;
    bool shares_memory = false;  // with its parent: a vfork child
    std::set<int> threads;       // that have not ended
    std::shared_ptr<Image> image;
    std::array<std::vector<bool>, views> touched_before;  // by its parent, before it was forked
  };

  const Windows* windowsOfImage(Image& image, View view);
  int tellable(int pid) const;
  void publishFork(const Process& child);
  void publishExec(int pid, const Process& process);
  void publishTouched(const Process& process, View view, const std::vector<bool>& present);
  void publishExit(const Process& process, int wait_status);

  TraceFile& trace_;
  preload::ProbeNames names_;
  std::unordered_map<int, int> process_of_;  // by thread
  std::unordered_map<int, Process> processes_;
};

}  // namespace envleak::probe
