#include "runtime-probe/record/process_tree.h"

#include "runtime-probe/record/blind.h"
#include "runtime-probe/record/environment_record.h"
#include "runtime-probe/record/late_injection.h"
#include "runtime-probe/record/proc_files.h"

#include <linux/kcmp.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace envleak::probe {
namespace {

constexpr std::size_t longestArguments = 65536;
constexpr std::size_t longestEnvironment = 4 << 20;

bool shareMemory(int one, int other) { return ::syscall(SYS_kcmp, one, other, KCMP_VM, 0, 0) == 0; }

// The record speaks for this process.
void speakFor(trace::RecordHeader& header, int own_pid) {
  header.pid = header.tid = own_pid;
  header.by_recorder = 1;
}

}  // namespace

void ProcessTree::begun(int tid, int parent) {
  const std::optional<ProcStatus> status = procStatus(tid);
  if (!status || knows(tid)) return;
  process_of_[tid] = status->process;
  auto [entry, is_new] = processes_.try_emplace(status->process);
  Process& process = entry->second;
  process.threads.insert(tid);
  if (!is_new) return;
  process.own_pid = status->own_pid;
  const auto maker = process_of_.find(parent);
  process.parent = maker != process_of_.end() ? maker->second : status->parent;
  const auto before = processes_.find(process.parent);
  if (before == processes_.end()) return;  // the command itself
  process.image = before->second.image;
  process.shares_memory = shareMemory(process.parent, tid);
  if (process.shares_memory) return;
  publishFork(process);
  // Pages that its parent wrote to are handed to it.
  if (process.image == nullptr) return;
  for (const View view : {of_program, of_script})
    if (const Windows* windows = windowsOfImage(*process.image, view))
      if (auto present = lookFromOutside(tid, *windows)) process.touched_before[view] = std::move(*present);
}

void ProcessTree::executed(int pid, int caller) {
  if (caller != pid) process_of_.erase(caller);
  begun(pid, 0);
  const auto found = processes_.find(pid);
  if (found == processes_.end()) return;
  Process& process = found->second;
  for (const int thread : process.threads)
    if (thread != pid) process_of_.erase(thread);
  process.threads = {pid};
  process_of_[pid] = pid;
  process.shares_memory = false;
  process.touched_before = {};
  process.image = std::make_shared<Image>(Image{process.own_pid, trace_.used(), {}});
  publishExec(pid, process);
}

void ProcessTree::ending(int tid, int wait_status) {
  const auto thread = process_of_.find(tid);
  if (thread == process_of_.end()) return;
  Process& process = processes_[thread->second];
  process.threads.erase(tid);
  if (!process.threads.empty() || process.shares_memory) return;
  // The kernel has read values for the dump: whether the program did can no longer be told.
  if (WIFSIGNALED(wait_status) && WCOREDUMP(wait_status)) return;
  if (process.image == nullptr) return;
  for (const View view : {of_program, of_script})
    if (const Windows* windows = windowsOfImage(*process.image, view))
      if (const auto present = lookFromOutside(tid, *windows)) publishTouched(process, view, *present);
}

void ProcessTree::ended(int tid, int wait_status) {
  const auto thread = process_of_.find(tid);
  if (thread == process_of_.end()) return;
  const int pid = thread->second;
  process_of_.erase(thread);
  Process& process = processes_[pid];
  process.threads.erase(tid);
  // The first thread is gone for its parent only when all the others are.
  if (tid != pid) return;
  if (!process.shares_memory) publishExit(process, wait_status);
  for (const int other : process.threads) process_of_.erase(other);
  processes_.erase(pid);
}

const Windows* ProcessTree::windowsOfImage(Image& image, View view) {
  std::optional<Windows>& windows = image.windows[view];
  if (!windows) {
    const trace::RecordHeader* record = trace_.find(image.since, [&](const trace::RecordHeader& header) {
      return header.kind == static_cast<std::uint32_t>(trace::RecordKind::windows) && header.pid == image.own_pid &&
             isOfScript(header) == (view == of_script);
    });
    if (record != nullptr) windows = windowsOf(*record);
  }
  return windows ? &*windows : nullptr;
}

// A vfork child is none of the trace's processes: its parent, or whichever is, stands for it.
int ProcessTree::tellable(int pid) const {
  auto found = processes_.find(pid);
  while (found != processes_.end() && found->second.shares_memory) {
    pid = found->second.parent;
    found = processes_.find(pid);
  }
  return found == processes_.end() ? pid : found->second.own_pid;
}

void ProcessTree::publishFork(const Process& child) {
  trace_.append<trace::ForkRecord>(trace::RecordKind::fork, {},
                                   [&](trace::ForkRecord& record, const std::vector<trace::Bytes>&) {
                                     speakFor(record.header, child.own_pid);
                                     record.parent_pid = tellable(child.parent);
                                   });
}

void ProcessTree::publishExec(int pid, const Process& process) {
  const std::string program = procLink(pid, "exe");
  const std::string arguments = procStrings(pid, "cmdline", longestArguments).value_or(std::string());
  const std::optional<std::string> environment = procStrings(pid, "environ", longestEnvironment);
  preload::Target target = preload::inspectTarget(-100 /* AT_FDCWD */, program.c_str());
  if (target.kind == preload::TargetKind::missing) target = preload::inspectTarget(-100, procPath(pid, "exe").c_str());
  // That an interpreter runs a script shows in its arguments.
  const bool injected =
      environment && (carriesProbe(*environment, names_) || injectLate(pid, *environment, target, names_));
  const bool lists = environment && listsLibraries(*environment);
  const Blindness blindness = describeBlindness(target, lists      ? Injection::only_lists
                                                        : injected ? Injection::given
                                                                   : Injection::withheld);
  trace_.append<trace::ExecRecord>(trace::RecordKind::exec, {program, arguments, blindness.kind, blindness.detail},
                                   [&](trace::ExecRecord& record, const std::vector<trace::Bytes>& places) {
                                     speakFor(record.header, process.own_pid);
                                     record.parent_pid = tellable(process.parent);
                                     record.program = places[0];
                                     record.arguments = places[1];
                                     record.kind = places[2];
                                     record.detail = places[3];
                                   });
  // One that says hello tells this itself.
  const bool answers = injected && target.kind == preload::TargetKind::observable;
  if (environment && !answers)
    appendReceived(trace_, *environment, names_,
                   [&](trace::RecordHeader& header) { speakFor(header, process.own_pid); });
}

void ProcessTree::publishTouched(const Process& process, View view, const std::vector<bool>& present) {
  const Windows& windows = *process.image->windows[view];
  const std::vector<bool>& before_fork = process.touched_before[view];
  std::string names;
  std::size_t touched = 0;
  for (std::size_t i = 0; i < present.size(); ++i) {
    const bool before = i < before_fork.size() && before_fork[i];
    if (!present[i] || before) continue;
    ++touched;
    names.append(windows.names[i]).push_back('\0');
  }
  trace_.append<trace::TouchedRecord>(trace::RecordKind::touched, {names},
                                      [&](trace::TouchedRecord& record, const std::vector<trace::Bytes>& places) {
                                        speakFor(record.header, process.own_pid);
                                        record.all = trace::touchedAll(touched, windows.names.size());
                                        record.exact = windows.complete;
                                        record.by_script = view == of_script;
                                        record.names = places[0];
                                      });
}

void ProcessTree::publishExit(const Process& process, int wait_status) {
  trace_.append<trace::ExitRecord>(
      trace::RecordKind::exit, {}, [&](trace::ExitRecord& record, const std::vector<trace::Bytes>&) {
        speakFor(record.header, process.own_pid);
        record.by_signal = WIFSIGNALED(wait_status);
        record.status = record.by_signal != 0 ? WTERMSIG(wait_status) : WEXITSTATUS(wait_status);
      });
}

}  // namespace envleak::probe
