// The part of ImageBuilder that follows the execs which a supervising recorder saw.
#include "runtime-probe/trace/images.h"

#include <algorithm>

namespace envleak::trace {

// A program that says hello tells all of this itself.
void ImageBuilder::takeExec(const Record& record) {
  auto body = record.as<ExecRecord>();
  if (!silent_execs_.has(record.offset())) return;
  if (!confirmBlindImage(record.pid(), body)) addSilentImage(record, body);
  // Blind images of spawn records know less: the name as it was given, no process.
  ImageWork& image = images_[processes_[processOf(record.pid()).value()].image];
  image.executed = true;
  std::string program = record.text(body.program);
  if (!program.empty()) image.facts.program = std::move(program);
  image.facts.argv = record.strings(body.arguments);
  // After a chroot, only at the exec itself the file was there to be looked at.
  if (!image.blind_reason || image.blind_reason->kind == "other")
    image.blind_reason = Reason{record.text(body.kind), record.text(body.detail)};
}

// Is it the program of a spawn record that was taken for blind already?
bool ImageBuilder::confirmBlindImage(std::int32_t pid, const ExecRecord& body) {
  auto waits = [&](ImageIndex index) { return images_[index].blind && !images_[index].executed; };
  if (std::optional<ProcessIndex> process = processOf(pid); process && !processes_[*process].ended)
    if (processes_[*process].main && waits(processes_[*process].image)) return true;
  // Where the spawn record names no process of its own: system, vfork.
  auto edge = std::find_if(edges_.begin(), edges_.end(), [&](const EdgeWork& candidate) {
    return candidate.child && waits(*candidate.child) && images_[*candidate.child].facts.pid == 0 &&
           (candidate.facts.pid == body.parent_pid || candidate.facts.pid == pid);
  });
  if (edge == edges_.end()) return false;
  images_[*edge->child].facts.pid = pid;
  Process process;
  process.image = *edge->child;
  process.main = true;
  process.execs = 1;
  addProcess(pid, std::move(process));
  return true;
}

// No spawn record leads to it: a program without probe started it, or an exec that passed by libc.
void ImageBuilder::addSilentImage(const Record& record, const ExecRecord& body) {
  std::int32_t pid = record.pid();
  std::optional<ProcessIndex> before = processOf(pid);
  bool same_process = before && !processes_[*before].ended && !processes_[*before].shares_memory;
  std::optional<ProcessIndex> source = same_process ? before : processOf(body.parent_pid);
  std::optional<ImageIndex> parent;
  if (source) parent = processes_[*source].image;

  ImageIndex index = addImage(pid, record, parent);
  Process process;
  process.image = index;
  process.main = true;
  process.execs = 1;
  EdgeWork edge;
  if (same_process) {
    Process& old = processes_[*before];
    images_[index].facts.exec_number = old.execs;
    process.execs = old.execs + 1;
    old.ended = true;
    if (old.main) {
      images_[old.image].ended_by_exec = true;
      if (root_image_ == old.image) root_image_ = index;
      edge.before_is_received = true;
    } else if (old.at_fork != nullptr) {
      edge.before = old.at_fork;
    } else if (old.parent) {
      edge.before_worked_out = environmentOf(*old.parent, old.forked_at, 0);
    }
  } else {
    edge.before_is_received = true;
  }
  addProcess(pid, std::move(process));
  if (index == 0) {
    root_image_ = index;
    root_pid_ = pid;
  }

  ImageWork& image = images_[index];
  image.blind = true;
  image.blind_reason = Reason{record.text(body.kind), record.text(body.detail)};
  image.facts.program = record.text(body.program);
  if (parent) {
    edge.parent = *parent;
    edge.child = index;
    edge.facts.pid = pid;
    edge.facts.api = "unknown";
    edge.facts.program = image.facts.program;
    edge.facts.order = record.offset();
    edges_.push_back(std::move(edge));
    spots_.emplace_back(index, Reason{"unseen-spawn", "the call that started it was not seen"});
  } else if (index != 0) {
    spots_.emplace_back(index, Reason{"unattributed", "which process started it was not seen"});
  }
}

}  // namespace envleak::trace
