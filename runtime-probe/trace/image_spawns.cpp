// The part of ImageBuilder that follows spawn records: edges, blind images, vfork children.
#include "runtime-probe/trace/images.h"

namespace envleak::trace {
namespace {

constexpr std::size_t spawnFrames = 64;

// Does the call without an environment argument hand on the caller's?
bool inheritsByItself(SpawnApi api) {
  switch (api) {
    case SpawnApi::execv:
    case SpawnApi::execvp:
    case SpawnApi::execl:
    case SpawnApi::execlp:
    case SpawnApi::system:
    case SpawnApi::popen:
    case SpawnApi::wordexp:
      return true;
    default:
      return false;
  }
}

Reason blindReason(const Spawn& spawn) {
  Reason unknown{"other", "no sign from the new program"};
  if (spawn.blind_reason == nullptr) return unknown;
  auto body = spawn.blind_reason->as<BlindRecord>();
  Reason reason{spawn.blind_reason->text(body.kind), spawn.blind_reason->text(body.detail)};
  return reason.kind.empty() ? unknown : reason;
}

}  // namespace

// A vfork child has no record of its own start. Its answer names the parent.
std::optional<ImageBuilder::ProcessIndex> ImageBuilder::vforkParent(const Record& record) const {
  const Spawn* spawn = spawns_.find(record.as<SpawnRecord>().spawn);
  if (spawn == nullptr || spawn->outcome != Outcome::attached) return std::nullopt;
  return processOf(spawn->hello_parent_pid);
}

void ImageBuilder::adoptVforkChild(const Record& record, ProcessIndex parent) {
  Process child;
  child.image = processes_[parent].image;
  child.shares_memory = true;
  child.modules = processes_[parent].modules;
  ProcessIndex index = addProcess(record.pid(), std::move(child));
  auto waiting = waiting_.extract(record.pid());
  if (waiting.empty()) return;
  for (const Record* earlier : waiting.mapped()) {
    try {
      takeOwn(*earlier, index);
    } catch (DamagedRecord) {
      ++damaged_;
    }
  }
}

void ImageBuilder::takeSpawn(const Record& record, ProcessIndex caller) {
  auto body = record.as<SpawnRecord>();
  std::string_view api = nameOf(body.api);
  const Spawn* spawn = spawns_.find(body.spawn);
  // A second record with an id that was given out already is not from the probe.
  if (api.empty() || spawn == nullptr || spawn->order != record.offset()) throw DamagedRecord{};

  EdgeWork edge;
  edge.parent = processes_[caller].image;
  std::int32_t thread = record.header().tid;
  // A vfork child may publish under its parent's pid; its thread id is its own.
  bool by_vfork_child =
      body.vforked != 0 && (processes_[caller].shares_memory || (thread != 0 && thread != record.pid()));
  edge.facts.pid = by_vfork_child && thread != 0 ? thread : record.pid();
  edge.facts.api = std::string(api);
  edge.facts.program = record.text(body.program);
  edge.facts.error = spawn->outcome == Outcome::failed ? spawn->error : 0;
  edge.facts.order = record.offset();
  edge.facts.frames = framesOf(record, body.site, processes_[caller], spawnFrames, edge.facts.frames_complete);

  Process& process = processes_[caller];
  bool replaces = mannerOf(body.api) == SpawnManner::replaces;
  if (!replaces || body.vforked != 0) {
    edge.before = spawn->at_call;
    if (auto writes = process.thread_writes.find(thread); by_vfork_child && writes != process.thread_writes.end())
      edge.undone = writes->second;
  } else if (!process.main && !process.late) {
    edge.before = process.at_fork;
  } else {
    // What this program put there itself is new to the next one, though it is the same process. What a child of a
    // fork that was noticed late had at first is not known; what its image received is what is nearest.
    edge.before_is_received = true;
  }
  edge.passed = spawn->passed;
  if (edge.passed == nullptr && inheritsByItself(body.api)) edge.passed = spawn->at_call;
  if (!replaces || body.vforked != 0) process.exact = false;  // it goes on after its last account

  if (spawn->outcome == Outcome::blind) addBlindImage(record, body, *spawn, caller, edge);
  if (spawn->outcome == Outcome::unsure)
    spots_.emplace_back(edge.parent, Reason{"torn-record", "the outcome of " + edge.facts.api + " of '" +
                                                               edge.facts.program + "' was not recorded"});
  edge_of_spawn_.try_emplace(body.spawn, edges_.size());
  edges_.push_back(std::move(edge));
}

void ImageBuilder::addBlindImage(const Record& record, const SpawnRecord& body, const Spawn& spawn, ProcessIndex caller,
                                 EdgeWork& edge) {
  std::string program = edge.facts.program;
  Reason reason{"other", "no sign from the new program"};
  try {
    reason = blindReason(spawn);
    if (spawn.blind_reason != nullptr) {
      std::string found = spawn.blind_reason->text(spawn.blind_reason->as<BlindRecord>().program);
      if (!found.empty()) program = std::move(found);
    }
  } catch (DamagedRecord) {
    ++damaged_;
  }
  std::vector<std::string> arguments = record.strings(body.arguments);

  bool replaces = mannerOf(body.api) == SpawnManner::replaces && body.vforked == 0;
  std::int32_t pid = mannerOf(body.api) == SpawnManner::replaces ? edge.facts.pid : spawn.child_pid;
  // Where a vfork child's own number was not recorded, there is only that of its parent.
  if (body.vforked != 0 && !processes_[caller].shares_memory && pid == record.pid()) pid = 0;
  ImageIndex index = addImage(pid, record, edge.parent);
  ImageWork& image = images_[index];
  image.blind = true;
  image.blind_reason = std::move(reason);
  image.facts.program = std::move(program);
  image.facts.argv = std::move(arguments);
  edge.child = index;

  Process process;
  process.image = index;
  process.main = true;
  process.execs = 1;
  if (replaces) {
    Process& before = processes_[caller];
    image.facts.exec_number = before.execs;
    process.execs = before.execs + 1;
    before.ended = true;
    if (before.main) {
      images_[before.image].ended_by_exec = true;
      if (root_image_ == before.image) root_image_ = index;
    }
  }
  if (pid != 0) addProcess(pid, std::move(process));
}

}  // namespace envleak::trace
