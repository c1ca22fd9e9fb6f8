#include "runtime-probe/preload/spawn.h"

#include "runtime-probe/preload/bytes.h"
#include "runtime-probe/preload/channel.h"
#include "runtime-probe/preload/environment.h"
#include "runtime-probe/preload/process.h"
#include "runtime-probe/preload/reads.h"
#include "runtime-probe/preload/script.h"
#include "runtime-probe/preload/target.h"

extern "C" int* __errno_location();

namespace envleak::preload {
namespace {

constexpr std::size_t longestArguments = 65536;
constexpr char defaultPath[] = "/bin:/usr/bin";

const char* searchedPath(const SpawnCall& call) {
  if (!call.searches || findByte(call.program, '/') != nullptr) return nullptr;
  const char* path = valueOf("PATH");
  return path == nullptr ? defaultPath : path;
}

__attribute__((noinline)) Target inspectCall(const SpawnCall& call) {
  if (call.executed != nullptr) return inspectTarget(currentDirectory, call.executed);
  if (const char* path = searchedPath(call)) {
    char found[4096];
    if (searchPath(call.program, path, found, sizeof found)) return inspectTarget(currentDirectory, found);
    Target none;
    none.kind = TargetKind::missing;
    return none;
  }
  return inspectTarget(call.directory, call.program);
}

bool isReachable() {
  constexpr int may_read = 4, may_write = 2;
  return systemCall(SYS_faccessat, currentDirectory, probeNames().library, may_read) == 0 &&
         systemCall(SYS_faccessat, currentDirectory, probeNames().trace, may_read | may_write) == 0;
}

std::size_t totalLength(Strings strings, std::size_t limit) {
  std::size_t length = 0;
  for (; strings != nullptr && *strings != nullptr && length < limit; ++strings) length += lengthOf(*strings) + 1;
  return length < limit ? length : limit;
}

// The loader is asked to list the libraries, as ldd(1) does: the probe would be one of them, and nothing is run.
bool onlyLists(Strings environment) {
  for (; environment != nullptr && *environment != nullptr; ++environment)
    if (startsWith(*environment, "LD_TRACE_LOADED_OBJECTS=")) return true;
  return false;
}

trace::Bytes appendAll(RecordWriter& record, Strings strings, std::size_t total) {
  char* start = record.reserve(total, 1);
  std::size_t used = 0;
  for (; strings != nullptr && *strings != nullptr && used < total; ++strings) {
    std::size_t length = lengthOf(*strings) + 1;
    if (length > total - used) length = total - used;
    copyBytes(start + used, *strings, length);
    used += length;
  }
  return {record.offsetOf(start), static_cast<std::uint32_t>(used)};
}

std::size_t descriptorPath(int descriptor, char* to, std::size_t size) {
  char link[32] = "/proc/self/fd/";
  *putNumber(link + 14, static_cast<std::uint32_t>(descriptor)) = '\0';
  const long length = systemCall(SYS_readlink, link, to, size);
  return failed(length) ? 0 : static_cast<std::size_t>(length);
}

// Either the program's own path (for a descriptor) or the directory it is relative to.
std::size_t contextPath(const SpawnCall& call, char* to, std::size_t size) {
  if (sandboxed() || *call.program == '/' || call.executed != nullptr) return 0;
  if (call.directory != currentDirectory) return descriptorPath(call.directory, to, size);
  const long length = systemCall(SYS_getcwd, to, size);
  return failed(length) || length == 0 ? 0 : static_cast<std::size_t>(length) - 1;
}

__attribute__((noinline)) void publishSpawn(const SpawnCall& call, Announced& spawn) {
  const StackCapture capture(call.from, spawnWindow);
  const std::uint64_t script = publishScript();
  char context[4096];
  const std::size_t context_length = contextPath(call, context, sizeof context);
  const bool by_descriptor = *call.program == '\0' && call.directory != currentDirectory;
  const char* path = searchedPath(call);
  const std::size_t program_length = lengthOf(call.program), path_length = path == nullptr ? 0 : lengthOf(path);
  const std::size_t arguments_length = totalLength(call.arguments, longestArguments);
  RecordWriter record(trace::RecordKind::spawn, sizeof(trace::SpawnRecord),
                      program_length + context_length + path_length + arguments_length + capture.space());
  if (!record) return;
  auto* body = record.body<trace::SpawnRecord>();
  body->api = call.api;
  body->spawn = spawn.id;
  body->vforked = inVforkChild();
  body->injected = spawn.injected ? 1 : spawn.lists ? 2 : 0;
  body->script = script;
  capture.fill(record, &body->site);
  if (by_descriptor) {
    body->program = record.append(context, context_length);
  } else {
    body->program = record.append(call.program, program_length);
    body->directory = record.append(context, context_length);
  }
  body->search_path = record.append(path, path_length);
  body->arguments = appendAll(record, call.arguments, arguments_length);
  record.stampTime();
  record.publish();
  spawn.record = record.offset();
}

}  // namespace

Announced announce(const SpawnCall& call) {
  Announced spawn;
  if (call.program == nullptr || !observing()) return spawn;
  spawn.published = true;
  spawn.id = __atomic_add_fetch(&traceHeader()->last_spawn, 1, __ATOMIC_RELAXED);
  Target target;
  if (!sandboxed()) target = inspectCall(call);
  const bool possible = target.kind == TargetKind::observable || target.kind == TargetKind::missing;
  spawn.lists = onlyLists(call.environment);
  spawn.injected =
      possible && !spawn.lists && !belongsElsewhere(call.environment, probeNames()) && (sandboxed() || isReachable());
  copyBytes(spawn.first, target.sanitizer, sizeof spawn.first);
  publishSpawn(call, spawn);
  if (searchedPath(call) != nullptr && *call.program != '\0') noteSearch(call.from);
  spawn.looked_at = askResidency();
  // A shell tries every folder of PATH: what is not there crosses no edge.
  if (target.kind == TargetKind::missing) return spawn;
  // A vfork child looks with its parent's eyes; the parent itself will tell.
  if (call.api <= trace::SpawnApi::execveat || call.api >= trace::SpawnApi::syscall_execve)
    if (!inVforkChild()) publishTouched();
  if (call.environment == currentEnvironment()) {
    publishEnvironment(trace::Purpose::at_call_passed, spawn.id, call.environment, spawn.looked_at);
  } else {
    publishEnvironment(trace::Purpose::at_call, spawn.id, currentEnvironment(), spawn.looked_at);
    publishEnvironment(trace::Purpose::passed, spawn.id, call.environment, spawn.looked_at);
  }
  return spawn;
}

void publishResult(const Announced& spawn, int error, int child) {
  if (!spawn.published) return;
  RecordWriter record(trace::RecordKind::spawn_result, sizeof(trace::SpawnResultRecord), 0);
  if (!record) return;
  auto* body = record.body<trace::SpawnResultRecord>();
  body->spawn = spawn.id;
  body->error = error;
  body->child_pid = child;
  record.publish();
}

void withdraw(Announced& spawn) {
  spawn.injected = false;
  if (spawn.record == 0) return;
  auto* record = reinterpret_cast<trace::SpawnRecord*>(reinterpret_cast<char*>(traceHeader()) + spawn.record);
  __atomic_store_n(&record->injected, 0, __ATOMIC_RELAXED);
}

int& errorNumber() { return *__errno_location(); }

}  // namespace envleak::preload
