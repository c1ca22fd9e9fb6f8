// From the records of a trace to images, edges, reads and writes.
#pragma once

#include "facts/runtime_facts.h"
#include "runtime-probe/trace/environment.h"
#include "runtime-probe/trace/modules.h"
#include "runtime-probe/trace/silent_execs.h"
#include "runtime-probe/trace/spawns.h"
#include "runtime-probe/trace/symbols.h"
#include "runtime-probe/trace/trace_file.h"
#include "runtime-probe/trace/unwind.h"

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace envleak::trace {

using ImageIndex = std::size_t;

// A reason why something was not seen, as in facts::BlindSpot.
struct Reason {
  std::string kind;
  std::string detail;
  auto operator<=>(const Reason&) const = default;
};

// What is gathered about an image beside its facts.
struct ImageWork {
  facts::Image facts;       // ids are given out at the end
  std::uint64_t order = 0;  // where it appeared in the trace
  std::optional<ImageIndex> parent;
  bool blind = false;
  bool executed = false;  // the recorder saw the exec of a blind one
  bool received_known = false;
  bool ended_by_exec = false;
  bool imported = false;
  bool libc_unheard = false;  // what libc itself asks its getenv for is not seen, only which values it looks at
  bool all_ended = true;  // every process of the image, forked ones included, said so or went on to another program
  // Every process of the image ended, and told exactly before that what it had looked at.
  bool exact_to_the_end = true;
  AddressSpace modules_anywhere;  // what any of its processes has published
  std::set<ModuleId> modules;
  using Looks = std::map<std::string, std::pair<facts::ReadKind, std::uint64_t>>;  // name -> kind, order
  Looks looked_at;
  // The same of what the script looked at in its interpreter's copy, where that is watched.
  Looks script_looked_at;
  bool script_watched = false;
  std::map<std::string, facts::SharedList<facts::Frame>> first_touches;  // who looked at a name's value first, if known
  std::vector<Reason> notes;
  std::vector<Reason> copies;  // the script took all variables at once
  std::optional<Reason> blind_reason;

  struct ReadKey {
    std::uint32_t name, module;
    std::uint64_t offset;
    std::uint32_t api;
    std::uint32_t script;  // name of the place in the script, with its callers
    bool set;
    bool operator==(const ReadKey&) const = default;
  };
  struct ReadKeyHash {
    std::size_t operator()(const ReadKey& key) const {
      std::uint64_t mixed = key.offset * 0x9E3779B97F4A7C15ULL ^ (std::uint64_t{key.name} << 32 | key.module);
      return std::hash<std::uint64_t>{}(mixed * 0xD6E8FEB86659FD93ULL + key.script * 0xC2B2AE3D27D4EB4FULL +
                                        key.api * 2 + (key.set ? 1 : 0));
    }
  };
  // Index in facts.reads; emptied at the image's end: a process that it forked tells its later reads apart.
  std::unordered_map<ReadKey, std::size_t, ReadKeyHash> read_at;
};

struct EdgeWork {
  facts::Edge facts;
  ImageIndex parent = 0;
  std::optional<ImageIndex> child;
  // What the parent had: an EnvironmentRecord, or worked out from its writes, or what the parent image received. None
  // of them: not known.
  const Record* before = nullptr;
  std::optional<facts::SharedList<facts::Variable>> before_worked_out;
  bool before_is_received = false;
  const Record* passed = nullptr;  // what the child was given, where its own word is missing
};

// Reads the records in their order. Throws nothing on bad records: it counts them.
class ImageBuilder {
 public:
  ImageBuilder(const TraceFile& trace, ModuleTable& modules, Unwinder& unwinder, Symbols& symbols);

  void run();

  std::vector<ImageWork>& images() { return images_; }
  std::vector<EdgeWork>& edges() { return edges_; }
  Environments& environments() { return environments_; }
  const std::vector<std::string>& command() const { return command_; }
  const std::string& directory() const { return directory_; }
  const std::string& preloadLibrary() const { return preload_library_; }
  bool ended() const { return ended_; }
  std::uint64_t damaged() const { return damaged_; }
  // Records of processes of which it is not known what they run, by pid.
  const std::map<std::int32_t, std::uint64_t>& unattributed() const { return unattributed_; }
  // Processes may have gone on after the recording, or after its reading.
  bool mayGoOn() const { return outlived_ || !ended_ || trace_.header().finished == 0; }
  // Blind spots of the whole trace that the recorder noted.
  const std::vector<Reason>& traceSpots() const { return trace_spots_; }
  // Blind spots found on the way: image and reason.
  const std::vector<std::pair<ImageIndex, Reason>>& spots() const { return spots_; }

 private:
  struct Process {
    ImageIndex image = 0;
    bool main = false;           // it executed the image's program; else it was forked from there
    bool shares_memory = false;  // a vfork child
    bool by_recorder = false;    // the recorder told of its fork
    const Record* at_fork = nullptr;
    AddressSpace modules;
    int execs = 0;
    // Its last word was an exact account of what it, and its script, had looked at.
    struct {
      bool environment = false;
      bool script = false;
    } exact;
    bool ended = false;
    std::optional<std::size_t> before_exec;  // of one that was seen to become a blind image: what it was until then
    std::optional<std::size_t> parent;  // of a forked or vforked one: the process, and when it was forked
    std::uint64_t forked_at = 0;
    struct OwnWrite {
      facts::WriteKind kind;
      std::string name;
      std::uint64_t hash;
      std::uint64_t order;
      std::int32_t thread;  // a vfork child publishes under its parent's pid and its own thread id
    };
    std::vector<OwnWrite> writes;
    // Of the last read: a program that asks for many names asks in a loop, with the same stack.
    struct KnownCall {
      CallSite site;
      std::uint64_t script;
      std::string words;
      facts::SharedList<facts::Frame> frames;
    };
    std::optional<KnownCall> last_call;
  };
  using ProcessIndex = std::size_t;

  // A read's chain is kept short: wrappers such as qgetenv are passed, whole stacks are for spawns.
  static constexpr std::size_t readFrames = 16;

  void take(const Record& record);
  void takeOwn(const Record& record, ProcessIndex process);
  void takeHello(const Record& record);
  void takeFork(const Record& record);
  void takeExec(const Record& record);
  void takeEnvironment(const Record& record, Process& process);
  void takeModule(const Record& record, Process& process);
  void takeRead(const Record& record, Process& process);
  void takeWrite(const Record& record, Process& process);
  void takeSpawn(const Record& record, ProcessIndex process);
  void takeFile(const Record& record, const Process& process);
  void takeDefinition(const Record& record);
  void takeFileValue(const Record& record);
  void takeFirstTouch(const Record& record, const Process& process);
  void takeTouched(const Record& record, Process& process);
  void takeNote(const Record& record, const Process& process);
  void takeAdapter(const Record& record, const Process& process);
  void takeScript(const Record& record);
  void takeCopy(const Record& record, const Process& process);
  void takeExit(const Record& record, Process& process);
  void takeBlind(const Record& record);
  void takeEnd(const Record& record);

  bool confirmBlindImage(std::int32_t pid, const ExecRecord& body);
  void addSilentImage(const Record& record, const ExecRecord& body);
  ProcessIndex addProcess(std::int32_t pid, Process process);
  std::optional<ProcessIndex> processOf(std::int32_t pid) const;
  std::optional<ProcessIndex> vforkParent(const Record& spawn) const;
  void adoptVforkChild(const Record& spawn, ProcessIndex parent);
  ImageIndex addImage(std::int32_t pid, const Record& record, std::optional<ImageIndex> parent);
  void addBlindImage(const Record& record, const SpawnRecord& body, const Spawn& spawn, ProcessIndex caller,
                     EdgeWork& edge);
  std::optional<std::size_t> edgeOf(std::uint32_t spawn) const;
  std::optional<std::size_t> furtherShell(const Record& hello, const HelloRecord& body);
  std::optional<ImageIndex> parentWithoutEdge(const HelloRecord& hello, std::optional<ProcessIndex> before) const;
  void addUnseenEdge(const Record& hello, ImageIndex parent, ImageIndex child);
  using Environment = std::vector<facts::Variable>;
  std::optional<Environment> environmentOf(ProcessIndex process, std::uint64_t until, std::int32_t but_thread) const;
  std::optional<Environment> withoutWritesOf(const Process& process, std::int32_t thread, const Record* at_call,
                                             const Record& spawn) const;
  // `script`: of the record; 0 if it has none.
  facts::SharedList<facts::Frame> framesOf(const Record& record, const CallSite& site, std::uint64_t script,
                                           const Process& process, std::size_t limit, bool& complete);
  facts::SharedList<facts::Frame> framesOfRead(const Record& record, const ReadRecord& body, Process& process);
  const facts::SharedList<facts::Frame>& scriptFrames(std::uint64_t script) const;
  std::optional<CodeAddress> callOf(const CallSite& site, const Process& process) const;
  bool isProbe(ModuleId module);
  std::uint32_t nameId(std::string_view name);

  const TraceFile& trace_;
  ModuleTable& modules_;
  Unwinder& unwinder_;
  Symbols& symbols_;
  SpawnIndex spawns_;
  Environments environments_;
  SilentExecs silent_execs_;
  std::string preload_library_;
  ModuleId modules_judged_ = 0;  // of these it is known whether they are the probe
  std::set<ModuleId> probes_;

  std::vector<ImageWork> images_;
  std::vector<EdgeWork> edges_;
  std::deque<Process> processes_;
  std::unordered_map<std::int32_t, ProcessIndex> by_pid_;
  std::unordered_map<std::int32_t, std::vector<const Record*>> waiting_;  // of pids not heard of yet
  std::unordered_map<std::uint32_t, std::size_t> edge_of_spawn_;
  struct Script {
    facts::SharedList<facts::Frame> frames;
    std::uint32_t place = 0;  // nameId of all of them
  };
  std::unordered_map<std::uint64_t, Script> scripts_;  // by offset of the ScriptRecord
  std::unordered_map<std::uint64_t, std::pair<ImageIndex, std::size_t>> files_;  // by offset of the FileRecord
  std::deque<std::string> names_;
  std::unordered_map<std::string_view, std::uint32_t> name_ids_;
  std::optional<ImageIndex> root_image_;
  std::optional<std::int32_t> root_pid_;
  std::vector<std::string> command_;
  std::string directory_;
  bool ended_ = false;
  bool outlived_ = false;  // the recorder saw processes that outlived the command
  std::uint64_t damaged_ = 0;
  std::map<std::int32_t, std::uint64_t> unattributed_;
  std::vector<std::pair<ImageIndex, Reason>> spots_;
  std::vector<Reason> trace_spots_;
};

}  // namespace envleak::trace
