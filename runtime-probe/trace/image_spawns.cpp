// The part of ImageBuilder that follows spawn records: edges, blind images, vfork children.
#include "runtime-probe/trace/environment.h"
#include "runtime-probe/trace/images.h"

#include <algorithm>
#include <iterator>

namespace envleak::trace {
namespace {

constexpr std::size_t spawnFrames = 64;
// Forks within forks, none of which was noticed at once: more than this is no honest trace.
constexpr std::size_t longestLine = 64;

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
  child.parent = parent;
  child.forked_at = record.offset();
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

// The environment of a process at some time, from the last that was recorded and the writes since.
std::optional<ImageBuilder::Environment> ImageBuilder::environmentOf(ProcessIndex index, std::uint64_t until,
                                                                     std::int32_t but_thread) const {
  std::vector<std::pair<const Process*, std::uint64_t>> line{{&processes_[index], until}};
  while (line.size() <= longestLine && !line.back().first->main && line.back().first->at_fork == nullptr &&
         line.back().first->parent)
    line.emplace_back(&processes_[*line.back().first->parent], line.back().first->forked_at);

  if (line.size() > longestLine) return std::nullopt;
  const Process& eldest = *line.back().first;
  Environment environment;
  if (eldest.at_fork != nullptr)
    environment = variablesOf(*eldest.at_fork);
  else if (eldest.main && images_[eldest.image].received_known)
    environment = images_[eldest.image].facts.received;
  else
    return std::nullopt;

  for (auto process = line.rbegin(); process != line.rend(); ++process) {
    for (const Process::OwnWrite& write : process->first->writes) {
      if (write.order > process->second || (but_thread != 0 && write.thread == but_thread)) continue;
      if (write.kind == facts::WriteKind::clear) {
        environment.clear();
        continue;
      }
      std::erase_if(environment, [&](const facts::Variable& variable) { return variable.name == write.name; });
      bool sets = write.kind == facts::WriteKind::set || (write.kind == facts::WriteKind::put && write.hash != 0);
      if (sets) environment.push_back({write.name, write.hash, {}, {}});
    }
  }
  return environment;
}

// The environment at the call, as it was before the vfork child's own writes: they show in its parent's memory, but
// they were made for the new program. Nothing if it made none.
std::optional<ImageBuilder::Environment> ImageBuilder::withoutWritesOf(const Process& process, std::int32_t thread,
                                                                       const Record* at_call,
                                                                       const Record& spawn) const {
  std::set<std::string> names;
  bool cleared = false;
  for (const Process::OwnWrite& write : process.writes) {
    if (!process.shares_memory && write.thread != thread) continue;
    names.insert(write.name);
    cleared |= write.kind == facts::WriteKind::clear;
  }
  if (names.empty() || at_call == nullptr) return std::nullopt;
  ProcessIndex parent = process.shares_memory ? process.parent.value() : processOf(spawn.pid()).value();
  std::optional<Environment> before = environmentOf(parent, spawn.offset(), process.shares_memory ? 0 : thread);
  if (cleared || !before) return before;
  Environment environment = variablesOf(*at_call);
  auto is_own = [&](const facts::Variable& variable) { return names.contains(variable.name); };
  std::erase_if(environment, is_own);
  std::copy_if(before->begin(), before->end(), std::back_inserter(environment), is_own);
  return environment;
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
  edge.facts.frames = framesOf(record, body.site, body.script, processes_[caller], spawnFrames, edge.facts.frames_complete);

  Process& process = processes_[caller];
  bool replaces = mannerOf(body.api) == SpawnManner::replaces;
  if (!replaces || body.vforked != 0) {
    edge.before = spawn->at_call;
    if (by_vfork_child) edge.before_worked_out = withoutWritesOf(process, thread, spawn->at_call, record);
  } else if (process.main) {
    // What this program put there itself is new to the next one, though it is the same process.
    edge.before_is_received = true;
  } else if (process.at_fork != nullptr) {
    edge.before = process.at_fork;
  } else if (process.parent) {
    edge.before_worked_out = environmentOf(*process.parent, process.forked_at, 0);
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
    process.before_exec = caller;
    before.ended = true;
    if (before.main) {
      images_[before.image].ended_by_exec = true;
      if (root_image_ == before.image) root_image_ = index;
    }
  }
  if (pid != 0) addProcess(pid, std::move(process));
}

}  // namespace envleak::trace
