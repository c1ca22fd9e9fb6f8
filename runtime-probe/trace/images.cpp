#include "runtime-probe/trace/images.h"

#include "runtime-probe/trace/record_names.h"

#include <cstring>

namespace envleak::trace {

ImageBuilder::ImageBuilder(const TraceFile& trace, ModuleTable& modules, Unwinder& unwinder, Symbols& symbols)
    : trace_(trace), modules_(modules), unwinder_(unwinder), symbols_(symbols), spawns_(trace), silent_execs_(trace) {
  const char* path = trace.header().preload_library;
  preload_library_.assign(path, ::strnlen(path, sizeof trace.header().preload_library));
}

void ImageBuilder::run() {
  const Record* first_read = nullptr;  // of a row of reads that were taken
  const Record* last_read = nullptr;
  for (const Record& record : trace_.records()) {
    const bool done = record.kind() == RecordKind::read && processOf(record.pid());
    try {
      take(record);
    } catch (DamagedRecord) {
      ++damaged_;
    }
    if (!done && first_read != nullptr) trace_.forget(*first_read, *last_read);
    if (done && first_read == nullptr) first_read = &record;
    if (!done) first_read = nullptr;
    last_read = &record;
  }
  for (const auto& [pid, records] : waiting_) unattributed_[pid] += records.size();
  for (const Process& process : processes_) {
    if (process.shares_memory) continue;
    ImageWork& image = images_[process.image];
    image.all_ended &= process.ended;
    image.exact_to_the_end &=
        process.exact.environment && (process.exact.script || !image.script_watched) && process.ended;
  }
}

void ImageBuilder::take(const Record& record) {
  switch (record.kind()) {
    case RecordKind::command: {
      auto body = record.as<CommandRecord>();
      command_ = record.strings(body.arguments);
      directory_ = record.text(body.directory);
      return;
    }
    case RecordKind::hello:
      return takeHello(record);
    case RecordKind::fork:
      return takeFork(record);
    case RecordKind::exec:
      return takeExec(record);
    case RecordKind::windows:
      return;  // for the recorder
    case RecordKind::definition:
      return takeDefinition(record);
    case RecordKind::file_value:
      return takeFileValue(record);
    case RecordKind::script:
      return takeScript(record);
    case RecordKind::blind:
      return takeBlind(record);
    case RecordKind::end:
      return takeEnd(record);
    default:
      break;
  }
  std::optional<ProcessIndex> process = processOf(record.pid());
  if (record.kind() == RecordKind::spawn && record.as<SpawnRecord>().vforked != 0 &&
      (!process || processes_[*process].ended)) {
    if (std::optional<ProcessIndex> parent = vforkParent(record)) {
      adoptVforkChild(record, *parent);
      process = processOf(record.pid());
    }
  }
  if (process)
    takeOwn(record, *process);
  else
    waiting_[record.pid()].push_back(&record);
}

void ImageBuilder::takeOwn(const Record& record, ProcessIndex index) {
  Process& process = processes_[index];
  switch (record.kind()) {
    case RecordKind::environment:
      return takeEnvironment(record, process);
    case RecordKind::module_map:
      return takeModule(record, process);
    case RecordKind::read:
      return takeRead(record, process);
    case RecordKind::write:
      return takeWrite(record, process);
    case RecordKind::spawn:
      return takeSpawn(record, index);
    case RecordKind::spawn_result:
      if (record.as<SpawnResultRecord>().error != 0) process.exact = {};  // it goes on
      return;
    case RecordKind::file_open:
      return takeFile(record, process);
    case RecordKind::touched:
      // The last account follows the spawn record, which has put a blind image in the teller's place already.
      return takeTouched(record, process.before_exec ? processes_[*process.before_exec] : process);
    case RecordKind::first_touch:
      return takeFirstTouch(record, process.before_exec ? processes_[*process.before_exec] : process);
    case RecordKind::exit:
      return takeExit(record, process);
    case RecordKind::note:
      return takeNote(record, process);
    case RecordKind::adapter:
      return takeAdapter(record, process);
    default:
      throw DamagedRecord{};
  }
}

std::optional<ImageBuilder::ProcessIndex> ImageBuilder::processOf(std::int32_t pid) const {
  auto found = by_pid_.find(pid);
  if (found == by_pid_.end()) return std::nullopt;
  return found->second;
}

ImageBuilder::ProcessIndex ImageBuilder::addProcess(std::int32_t pid, Process process) {
  ProcessIndex index = processes_.size();
  processes_.push_back(std::move(process));
  by_pid_[pid] = index;
  return index;
}

ImageIndex ImageBuilder::addImage(std::int32_t pid, const Record& record, std::optional<ImageIndex> parent) {
  ImageWork image;
  image.order = record.offset();
  image.parent = parent;
  image.facts.pid = pid;
  images_.push_back(std::move(image));
  return images_.size() - 1;
}

std::optional<std::size_t> ImageBuilder::edgeOf(std::uint32_t spawn) const {
  auto found = edge_of_spawn_.find(spawn);
  if (found == edge_of_spawn_.end()) return std::nullopt;
  return found->second;
}

// One call of wordexp runs a shell for each substitution.
std::optional<std::size_t> ImageBuilder::furtherShell(const Record& hello, const HelloRecord& body) {
  const Spawn* spawn = spawns_.find(body.spawn);
  std::optional<std::size_t> first = edgeOf(body.spawn);
  if (spawn == nullptr || !first || spawn->api != SpawnApi::wordexp || body.parent_pid != spawn->pid)
    return std::nullopt;
  EdgeWork edge = edges_[*first];
  edge.child.reset();
  edge.facts.order = hello.offset();
  edges_.push_back(std::move(edge));
  return edges_.size() - 1;
}

// No spawn record leads to this program: it was lost, or a program without probe started it, and handed its handle on.
std::optional<ImageIndex> ImageBuilder::parentWithoutEdge(const HelloRecord& hello,
                                                          std::optional<ProcessIndex> before) const {
  if (before && !processes_[*before].ended) return processes_[*before].image;
  if (std::optional<ProcessIndex> source = processOf(hello.parent_pid)) return processes_[*source].image;
  std::optional<std::size_t> edge = edgeOf(hello.spawn);
  if (!edge) return std::nullopt;
  return edges_[*edge].child.value_or(edges_[*edge].parent);
}

void ImageBuilder::takeHello(const Record& record) {
  auto body = record.as<HelloRecord>();
  std::string program = record.text(body.program);
  std::vector<std::string> arguments = record.strings(body.arguments);
  std::int32_t pid = record.pid();

  std::optional<ProcessIndex> before = processOf(pid);
  bool seen = spawns_.answers(record.offset(), body.spawn);
  std::optional<std::size_t> edge = seen ? edgeOf(body.spawn) : furtherShell(record, body);
  std::optional<ImageIndex> parent;
  if (edge)
    parent = edges_[*edge].parent;
  else if (!images_.empty())
    parent = parentWithoutEdge(body, before);

  ImageIndex index = addImage(pid, record, parent);
  // The same process goes on under a new program, unless its number was given to a new process.
  bool same_process = before && !processes_[*before].ended && !processes_[*before].shares_memory;
  if (seen && mannerOf(spawns_.find(body.spawn)->api) == SpawnManner::creates) same_process = false;
  int execs = same_process ? processes_[*before].execs : 0;
  if (same_process) {
    processes_[*before].ended = true;
    ImageWork& old = images_[processes_[*before].image];
    if (processes_[*before].main) {
      old.ended_by_exec = true;
      old.read_at = {};
    }
  }
  if (index == 0) root_pid_ = pid;
  if (index == 0 || (same_process && processes_[*before].main && root_image_ == processes_[*before].image))
    root_image_ = index;

  Process process;
  process.image = index;
  process.main = true;
  process.execs = execs + 1;
  addProcess(pid, std::move(process));
  ImageWork& image = images_[index];
  image.facts.exec_number = execs;
  image.facts.program = std::move(program);
  image.facts.argv = std::move(arguments);
  if (edge) {
    edges_[*edge].child = index;
  } else if (parent) {
    addUnseenEdge(record, *parent, index);
  } else if (index != 0) {
    spots_.emplace_back(index, Reason{"unattributed", "which process started it was not seen"});
  }
}

void ImageBuilder::addUnseenEdge(const Record& hello, ImageIndex parent, ImageIndex child) {
  EdgeWork edge;
  edge.parent = parent;
  edge.child = child;
  edge.facts.pid = hello.pid();
  edge.facts.api = "unknown";
  edge.facts.program = images_[child].facts.program;
  edge.facts.order = hello.offset();
  edge.before_is_received = true;
  edges_.push_back(std::move(edge));
  spots_.emplace_back(child, Reason{"unseen-spawn", "the call that started it was not seen"});
}

void ImageBuilder::takeFork(const Record& record) {
  auto body = record.as<ForkRecord>();
  std::optional<ProcessIndex> parent = processOf(body.parent_pid);
  if (!parent) {
    by_pid_.erase(record.pid());
    ++unattributed_[record.pid()];
    return;
  }
  bool by_recorder = record.header().by_recorder != 0;
  if (std::optional<ProcessIndex> told = processOf(record.pid()); told && !by_recorder)
    if (processes_[*told].by_recorder && !processes_[*told].ended) return;  // by the child itself, after the recorder
  Process child;
  child.image = processes_[*parent].image;
  child.parent = *parent;
  child.by_recorder = by_recorder;
  child.forked_at = record.offset();
  child.modules = processes_[*parent].modules;
  addProcess(record.pid(), std::move(child));
}

void ImageBuilder::takeEnvironment(const Record& record, Process& process) {
  auto body = record.as<EnvironmentRecord>();
  switch (body.purpose) {
    case Purpose::received: {
      ImageWork& image = images_[process.image];
      if (image.received_known || !process.main) return;
      image.facts.received = environments_.of(record);
      image.received_known = true;
      return;
    }
    case Purpose::at_fork:
      environments_.of(record);  // for its checks
      if (!process.main) process.at_fork = &record;
      return;
    case Purpose::at_call:
    case Purpose::passed:
    case Purpose::at_call_passed:
      return;  // found by the spawn's id
  }
  throw DamagedRecord{};
}

void ImageBuilder::takeModule(const Record& record, Process& process) {
  auto body = record.as<ModuleRecord>();
  ModuleId module = modules_.idOf(record.bytes(body.path), record.bytes(body.build_id));
  AddressSpace::Mapping mapping{body.end, body.bias, module};
  process.last_call.reset();
  process.modules.map(body.start, mapping);
  images_[process.image].modules_anywhere.map(body.start, mapping);
  images_[process.image].modules.insert(module);
}

std::uint32_t ImageBuilder::nameId(std::string_view name) {
  auto found = name_ids_.find(name);
  if (found != name_ids_.end()) return found->second;
  auto id = static_cast<std::uint32_t>(names_.size());
  name_ids_.emplace(names_.emplace_back(name), id);
  return id;
}

void ImageBuilder::takeRead(const Record& record, Process& process) {
  auto body = record.as<ReadRecord>();
  if (body.api == ReadApi::all_by_script) return takeCopy(record, process);
  std::string_view name = record.bytes(body.name);
  std::string_view api = body.api == ReadApi::by_script ? record.bytes(body.via) : nameOf(body.api);
  ImageWork& image = images_[process.image];
  process.exact = {};

  std::optional<CodeAddress> call = callOf(body.site, process);
  ImageWork::ReadKey key{nameId(name), call ? call->module : UINT32_MAX, call ? call->offset : body.site.return_address,
                         static_cast<std::uint32_t>(body.api), 0, body.set != 0};
  if (auto script = scripts_.find(body.script); script != scripts_.end()) key.script = script->second.place;
  if (body.api == ReadApi::by_script) key.offset = nameId(api);
  auto [entry, added] = image.read_at.try_emplace(key, image.facts.reads.size());
  if (!added) {
    image.facts.reads[entry->second].count += body.count;
    return;
  }
  facts::Read read;
  read.name = std::string(name);
  read.set = body.set != 0;
  read.api = std::string(api);
  read.count = body.count;
  read.order = record.offset();
  image.facts.reads.push_back(std::move(read));
  image.facts.reads.back().frames = framesOfRead(record, body, process);
}

void ImageBuilder::takeWrite(const Record& record, Process& process) {
  auto body = record.as<WriteRecord>();
  facts::Write write;
  write.kind = kindOf(body.api);
  write.name = record.text(body.name);
  write.hash = body.hash;
  write.api = std::string(nameOf(body.api));
  if (write.api.empty()) write.api = record.text(body.via);
  write.order = record.offset();
  bool complete = false;
  write.frames = framesOf(record, body.site, body.script, process, readFrames, complete);
  process.exact = {};
  process.writes.push_back({write.kind, write.name, write.hash, write.order, record.header().tid});
  images_[process.image].facts.writes.push_back(std::move(write));
}

void ImageBuilder::takeNote(const Record& record, const Process& process) {
  auto body = record.as<NoteRecord>();
  Reason note{record.text(body.kind), record.text(body.detail)};
  if (note.kind == libcReads) images_[process.image].libc_unheard = true;
  if (concernsNoRead(note.kind)) {
    spots_.emplace_back(process.image, std::move(note));
    return;
  }
  images_[process.image].notes.push_back(std::move(note));
}

void ImageBuilder::takeExit(const Record& record, Process& process) {
  auto body = record.as<ExitRecord>();
  process.ended = true;
  if (!process.main) return;
  images_[process.image].read_at = {};
  images_[process.image].facts.exit = facts::Exit{body.by_signal != 0, body.status, record.offset()};
}

// What the recorder tells of a spawn was read with its SpawnRecord; the rest is about the command itself, which no
// spawn record led to, or about the run.
void ImageBuilder::takeBlind(const Record& record) {
  auto body = record.as<BlindRecord>();
  if (body.spawn != 0) return;
  Reason reason{record.text(body.kind), record.text(body.detail)};
  std::string program = record.text(body.program);
  outlived_ |= reason.kind == "still-running";
  if (root_image_ && images_[*root_image_].executed) return;  // the recorder told of it at its exec
  if (reason.kind == "still-running" || !images_.empty()) {
    trace_spots_.push_back(std::move(reason));
    return;
  }
  root_image_ = addImage(0, record, std::nullopt);
  ImageWork& image = images_.back();
  image.blind = true;
  image.blind_reason = std::move(reason);
  image.facts.program = std::move(program);
  image.facts.argv = command_;
}

void ImageBuilder::takeEnd(const Record& record) {
  auto body = record.as<EndRecord>();
  ended_ = true;
  if (root_image_ && images_[*root_image_].blind && !root_pid_) {
    root_pid_ = body.pid;
    images_[*root_image_].facts.pid = body.pid;
  }
  if (root_image_ && root_pid_ == body.pid)
    images_[*root_image_].facts.exit = facts::Exit{body.by_signal != 0, body.value, record.offset()};
}

}  // namespace envleak::trace
