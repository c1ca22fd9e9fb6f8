#include "runtime-probe/record/closing.h"

#include "runtime-probe/preload/target.h"
#include "runtime-probe/record/blind.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <climits>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <thread>
#include <utility>

namespace envleak::probe {
namespace {

struct Spawned {
  trace::SpawnApi api{};
  bool injected = false;
  bool lists = false;
  std::string program, search_path, directory;
};

// The programs that run a command line: the file is the shell.
bool isShell(trace::SpawnApi api) {
  return api == trace::SpawnApi::system || api == trace::SpawnApi::popen || api == trace::SpawnApi::wordexp;
}

std::string executedFile(const Spawned& spawn) {
  if (isShell(spawn.api)) return "/bin/sh";
  if (!spawn.search_path.empty() && spawn.program.find('/') == std::string::npos) {
    char found[PATH_MAX];
    return preload::searchPath(spawn.program.c_str(), spawn.search_path.c_str(), found, sizeof found) ? found : "";
  }
  if (spawn.program.empty() || spawn.program[0] == '/' || spawn.directory.empty()) return spawn.program;
  return spawn.directory + '/' + spawn.program;
}

void appendBlind(TraceFile& trace, std::uint32_t id, const std::string& file, bool injected, bool lists) {
  preload::Target target;
  target.kind = preload::TargetKind::missing;
  if (!file.empty()) target = preload::inspectTarget(AT_FDCWD, file.c_str());
  const auto [kind, detail] =
      describeBlindness(target, lists ? Injection::only_lists : injected ? Injection::given : Injection::withheld);
  trace.append<trace::BlindRecord>(trace::RecordKind::blind, {file, kind, detail},
                                   [&](trace::BlindRecord& record, const std::vector<trace::Bytes>& places) {
                                     record.spawn = id;
                                     record.program = places[0];
                                     record.kind = places[1];
                                     record.detail = places[2];
                                   });
}

// How long a program that was started at the very end has to show itself.
constexpr int startAttempts = 10;
constexpr std::chrono::milliseconds startWait{20};

// Neither ended nor waiting to be reaped.
bool isRunning(int pid) {
  if (::kill(pid, 0) != 0 && errno != EPERM) return false;
  std::ifstream file("/proc/" + std::to_string(pid) + "/stat");
  std::string text;
  std::getline(file, text);
  const std::size_t name_end = text.rfind(')');
  return name_end != std::string::npos && name_end + 2 < text.size() && text[name_end + 2] != 'Z' &&
         text[name_end + 2] != 'X';
}

// Processes that have the trace mapped, the recorder apart. A child that was forked a moment ago is among them though
// it has published nothing yet.
void findWriters(const std::string& trace_path, std::set<int>& found) {
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator("/proc", error)) {
    const std::string name = entry.path().filename().string();
    if (name.find_first_not_of("0123456789") != std::string::npos) continue;
    const int pid = std::stoi(name);
    if (pid == ::getpid()) continue;
    std::ifstream maps(entry.path() / "maps");
    for (std::string line; std::getline(maps, line);) {
      if (line.size() < trace_path.size() ||
          line.compare(line.size() - trace_path.size(), trace_path.size(), trace_path) != 0)
        continue;
      found.insert(pid);
      break;
    }
  }
}

}  // namespace

void appendClosingRecords(TraceFile& trace, const std::string& command) {
  std::map<std::uint32_t, Spawned> silent;
  std::set<int> open_processes;
  std::set<std::uint32_t> heard, failed;
  // Before the records are read: who is found neither here nor there has ended.
  findWriters(trace.path(), open_processes);
  const auto read = [&](const trace::RecordHeader& header) {
    const auto text = [&](const trace::Bytes& place) { return std::string(TraceFile::bytes(header, place)); };
    switch (static_cast<trace::RecordKind>(header.kind)) {
      case trace::RecordKind::spawn: {
        if (header.size < sizeof(trace::SpawnRecord)) return;
        const auto& record = reinterpret_cast<const trace::SpawnRecord&>(header);
        silent[record.spawn] = {record.api,           record.injected == 1,     record.injected == 2,
                                text(record.program), text(record.search_path), text(record.directory)};
        return;
      }
      case trace::RecordKind::hello:
        if (header.size < sizeof(trace::HelloRecord)) return;
        heard.insert(reinterpret_cast<const trace::HelloRecord&>(header).spawn);
        open_processes.insert(header.pid);
        return;
      case trace::RecordKind::spawn_result: {
        if (header.size < sizeof(trace::SpawnResultRecord)) return;
        const auto& record = reinterpret_cast<const trace::SpawnResultRecord&>(header);
        if (record.error != 0) failed.insert(record.spawn);
        return;
      }
      case trace::RecordKind::fork:
        open_processes.insert(header.pid);
        return;
      case trace::RecordKind::exit:
        open_processes.erase(header.pid);
        return;
      default:
        return;
    }
  };
  trace.forEach(read);
  // In the midst of an exec a process has nothing mapped and nothing said yet.
  const auto isStarting = [&] {
    for (const auto& [id, spawn] : silent)
      if (spawn.injected && heard.count(id) == 0 && failed.count(id) == 0) return true;
    return false;
  };
  for (int attempt = 0; attempt < startAttempts && isStarting(); ++attempt) {
    std::this_thread::sleep_for(startWait);
    trace.forEach(read);
  }
  if (!command.empty() && heard.count(0) == 0) appendBlind(trace, 0, command, true, false);
  for (const auto& [id, spawn] : silent)
    if (heard.count(id) == 0 && failed.count(id) == 0)
      appendBlind(trace, id, executedFile(spawn), spawn.injected, spawn.lists);
  for (const int pid : open_processes) {
    if (!isRunning(pid)) continue;
    trace.append<trace::BlindRecord>(
        trace::RecordKind::blind,
        {"still-running",
         "process " + std::to_string(pid) + " outlived the command: what it did afterwards is not recorded"},
        [](trace::BlindRecord& record, const std::vector<trace::Bytes>& places) {
          record.kind = places[0];
          record.detail = places[1];
        });
  }
}

void appendBlindCommand(TraceFile& trace, const std::string& path) { appendBlind(trace, 0, path, false, false); }

}  // namespace envleak::probe
