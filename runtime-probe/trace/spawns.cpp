#include "runtime-probe/trace/spawns.h"

#include <algorithm>
#include <array>
#include <vector>

namespace envleak::trace {
namespace {

constexpr std::array<std::string_view, 16> apiNames{
    "execv",    "execve",      "execvp",       "execvpe", "execl", "execle",  "execlp",  "fexecve",
    "execveat", "posix_spawn", "posix_spawnp", "system",  "popen", "wordexp", "syscall", "syscall"};

struct Hello {
  std::uint64_t order;
  std::int32_t pid;
  std::int32_t parent_pid;
  bool runs_shell_command;  // its arguments are "sh -c ..."
};

struct Candidates {
  Spawn spawn;
  bool has_result = false;
  std::vector<Hello> hellos;
};

// The hello of the process that the spawn itself started. A program without probe hands its handle on to what it
// spawns, so that a later hello can carry the same id.
const Hello* answerTo(const Candidates& candidates) {
  const Spawn& spawn = candidates.spawn;
  auto first = [&](auto matches) -> const Hello* {
    auto found = std::find_if(candidates.hellos.begin(), candidates.hellos.end(),
                              [&](const Hello& hello) { return hello.order > spawn.order && matches(hello); });
    return found == candidates.hellos.end() ? nullptr : &*found;
  };
  auto same_process = [&](const Hello& hello) { return hello.pid == spawn.pid; };
  auto child = [&](const Hello& hello) { return hello.parent_pid == spawn.pid; };
  if (mannerOf(spawn.api) == SpawnManner::replaces) {
    if (!spawn.vforked) return first(same_process);
    // A vforked child shares its parent's memory: either pid may stand in the record; its thread id is its own.
    const Hello* hello = first([&](const Hello& other) { return other.pid == spawn.tid; });
    if (hello == nullptr) hello = first(same_process);
    return hello != nullptr ? hello : first(child);
  }
  if (spawn.child_pid != 0) return first([&](const Hello& hello) { return hello.pid == spawn.child_pid; });
  const Hello* hello = first(child);
  // The caller may be gone by then and the child have another parent.
  return hello != nullptr ? hello : first([](const Hello& other) { return other.runs_shell_command; });
}

// When each process published records, and when each of its lives began (a pid is reused after a fork).
struct Life {
  std::vector<std::uint64_t> activity;
  std::vector<std::uint64_t> begins;
};

bool wentOn(const Life& life, std::uint64_t order) {
  auto next = std::upper_bound(life.activity.begin(), life.activity.end(), order);
  if (next == life.activity.end()) return false;
  auto begin = std::upper_bound(life.begins.begin(), life.begins.end(), order);
  return begin == life.begins.end() || *next < *begin;
}

}  // namespace

SpawnManner mannerOf(SpawnApi api) {
  switch (api) {
    case SpawnApi::posix_spawn:
    case SpawnApi::posix_spawnp:
    case SpawnApi::system:
    case SpawnApi::popen:
    case SpawnApi::wordexp:
      return SpawnManner::creates;
    default:
      return SpawnManner::replaces;
  }
}

std::string_view nameOf(SpawnApi api) {
  std::size_t index = static_cast<std::uint32_t>(api) - std::size_t{1};
  return index < apiNames.size() ? apiNames[index] : std::string_view{};
}

SpawnIndex::SpawnIndex(const TraceFile& trace) {
  std::unordered_map<std::uint32_t, Candidates> candidates;
  std::unordered_map<std::int32_t, Life> lives;

  for (const Record& record : trace.records()) {
    if (record.kind() != RecordKind::spawn) continue;
    try {
      auto body = record.as<SpawnRecord>();
      Spawn spawn{record.offset(), record.pid(), record.header().tid, body.api, body.vforked != 0};
      candidates.try_emplace(body.spawn, Candidates{spawn, false, {}});
      lives.try_emplace(record.pid());
    } catch (DamagedRecord) {  // counted when the images are built
    }
  }

  auto of = [&](std::uint32_t id) -> Candidates* {
    auto found = candidates.find(id);
    return found == candidates.end() ? nullptr : &found->second;
  };
  for (const Record& record : trace.records()) {
    try {
      auto life = lives.find(record.pid());
      if (life != lives.end()) {
        bool starts = record.kind() == RecordKind::hello || record.kind() == RecordKind::fork;
        bool by_recorder =
            record.kind() == RecordKind::blind || record.kind() == RecordKind::end || record.header().by_recorder != 0;
        // What belongs to a spawn record itself is no sign of going on.
        bool of_a_spawn = record.kind() == RecordKind::environment || record.kind() == RecordKind::touched ||
                          record.kind() == RecordKind::first_touch || record.kind() == RecordKind::module_map ||
                          record.kind() == RecordKind::note;
        if (starts)
          life->second.begins.push_back(record.offset());
        else if (!by_recorder && !of_a_spawn)
          life->second.activity.push_back(record.offset());
      }
      switch (record.kind()) {
        case RecordKind::hello: {
          auto body = record.as<HelloRecord>();
          Candidates* target = of(body.spawn);
          if (target == nullptr) break;
          std::string_view arguments = record.bytes(body.arguments);
          std::string_view shell_command("sh\0-c\0", 6);
          target->hellos.push_back({record.offset(), record.pid(), body.parent_pid,
                                    arguments.substr(0, shell_command.size()) == shell_command});
          break;
        }
        case RecordKind::spawn_result: {
          auto body = record.as<SpawnResultRecord>();
          Candidates* target = of(body.spawn);
          if (target == nullptr || target->has_result) break;
          target->has_result = true;
          target->spawn.error = body.error;
          target->spawn.child_pid = body.child_pid;
          break;
        }
        case RecordKind::environment: {
          auto body = record.as<EnvironmentRecord>();
          const bool both = body.purpose == Purpose::at_call_passed;
          const bool at_call = both || body.purpose == Purpose::at_call;
          const bool passed = both || body.purpose == Purpose::passed;
          Candidates* target = at_call || passed ? of(body.spawn) : nullptr;
          if (target == nullptr) break;
          if (at_call && target->spawn.at_call == nullptr) target->spawn.at_call = &record;
          if (passed && target->spawn.passed == nullptr) target->spawn.passed = &record;
          break;
        }
        case RecordKind::blind: {
          auto body = record.as<BlindRecord>();
          if (Candidates* target = of(body.spawn)) target->spawn.blind_reason = &record;
          break;
        }
        default:
          break;
      }
    } catch (DamagedRecord) {
    }
  }

  for (auto& [id, candidate] : candidates) {
    Spawn& spawn = candidate.spawn;
    if (const Hello* hello = answerTo(candidate)) {
      spawn.outcome = Outcome::attached;
      spawn.error = 0;
      spawn.hello = hello->order;
      spawn.hello_pid = hello->pid;
      spawn.hello_parent_pid = hello->parent_pid;
    } else if (spawn.error != 0) {
      spawn.outcome = Outcome::failed;
    } else if (mannerOf(spawn.api) == SpawnManner::replaces && !spawn.vforked && !candidate.has_result &&
               wentOn(lives[spawn.pid], spawn.order)) {
      spawn.outcome = Outcome::unsure;
    } else {
      spawn.outcome = Outcome::blind;
    }
    spawns_.emplace(id, spawn);
  }
}

const Spawn* SpawnIndex::find(std::uint32_t id) const {
  auto found = spawns_.find(id);
  return found == spawns_.end() ? nullptr : &found->second;
}

bool SpawnIndex::answers(std::uint64_t hello_offset, std::uint32_t id) const {
  const Spawn* spawn = find(id);
  return spawn != nullptr && spawn->outcome == Outcome::attached && spawn->hello == hello_offset;
}

}  // namespace envleak::trace
