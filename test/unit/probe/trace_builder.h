// Builds traces in memory, as the preload library and the recorder write them, for the tests of the reader.
#pragma once

#include "runtime-probe/trace/format.h"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace envleak::test {

using namespace envleak::trace;

// NAME=value pairs; a name alone (empty optional value is "") is given by `noEquals`.
using Variables = std::vector<std::pair<std::string, std::string>>;

class TraceBuilder {
 public:
  TraceBuilder() : content_(firstRecordOffset, '\0') {
    TraceHeader& head = header();
    std::memcpy(head.magic, fileMagic, sizeof fileMagic);
    head.version = formatVersion;
    head.finished = 1;
    std::strcpy(head.preload_library, "/lib/envleak/libenvleak-preload.so");
  }

  TraceHeader& header() { return *reinterpret_cast<TraceHeader*>(content_.data()); }

  // The file as it stands.
  std::string content() {
    header().used = content_.size();
    header().capacity = std::max<std::uint64_t>(header().capacity, content_.size());
    return content_;
  }
  std::uint64_t size() const { return content_.size(); }
  char* data() { return content_.data(); }
  void appendRaw(std::string_view bytes) { content_.append(bytes); }

  std::uint64_t command(const std::vector<std::string>& arguments, const std::string& directory = "/tmp") {
    CommandRecord body{};
    Draft draft(sizeof body);
    body.arguments = draft.put(joined(arguments));
    body.directory = draft.put(directory);
    return add(RecordKind::command, 1, body, draft);
  }
  std::uint64_t hello(int pid, int parent_pid, std::uint32_t spawn, const std::string& program,
                      const std::vector<std::string>& arguments = {}) {
    HelloRecord body{};
    Draft draft(sizeof body);
    body.spawn = spawn;
    body.parent_pid = parent_pid;
    body.program = draft.put(program);
    body.arguments = draft.put(joined(arguments));
    return add(RecordKind::hello, pid, body, draft);
  }
  // Values stand for their hashes: equal text, equal hash. An entry named with a trailing '!' has no '='.
  std::uint64_t environment(int pid, Purpose purpose, std::uint32_t spawn, const Variables& variables,
                            bool keep_values = false) {
    EnvironmentRecord body{};
    Draft draft(sizeof body);
    body.purpose = purpose;
    body.spawn = spawn;
    body.count = static_cast<std::uint32_t>(variables.size());
    for (auto [name, value] : variables) {
      EnvironmentEntry entry{};
      entry.has_equals = name.ends_with('!') ? 0 : 1;
      if (entry.has_equals == 0) name.pop_back();
      entry.hash = hashOf(value);
      entry.name_length = static_cast<std::uint32_t>(name.size());
      entry.value_length = keep_values ? static_cast<std::uint32_t>(value.size()) : 0xFFFFFFFF;
      if (value.starts_with("ghp_")) entry.shape = Shape::token;
      draft.put(std::string_view(reinterpret_cast<const char*>(&entry), sizeof entry));
      draft.put(name);
      if (keep_values) draft.put(value);
      draft.align(8);
    }
    return add(RecordKind::environment, pid, body, draft);
  }
  std::uint64_t module(int pid, std::uint64_t start, std::uint64_t end, std::uint64_t bias, const std::string& path,
                       const std::string& build_id = {}) {
    ModuleRecord body{};
    Draft draft(sizeof body);
    body.start = start;
    body.end = end;
    body.bias = bias;
    body.path = draft.put(path);
    body.build_id = draft.put(build_id);
    return add(RecordKind::module_map, pid, body, draft);
  }
  std::uint64_t read(int pid, const std::string& name, bool set = true, std::uint64_t from = 0x1000,
                     std::uint64_t count = 1, ReadApi api = ReadApi::getenv) {
    ReadRecord body{};
    Draft draft(sizeof body);
    body.api = api;
    body.set = set ? 1 : 0;
    body.count = count;
    body.name = draft.put(name);
    body.site.return_address = from;
    return add(RecordKind::read, pid, body, draft);
  }
  std::uint64_t write(int pid, WriteApi api, const std::string& name, const std::string& value = {}, int tid = 0) {
    WriteRecord body{};
    Draft draft(sizeof body);
    body.api = api;
    body.hash = hashOf(value);
    body.name = draft.put(name);
    return add(RecordKind::write, pid, body, draft, tid);
  }
  struct SpawnOptions {
    bool vforked = false;
    int tid = 0;  // 0: the pid
    std::vector<std::string> arguments;
    CallSite site{};
    std::vector<StackWord> words;
  };
  std::uint64_t spawn(int pid, SpawnApi api, std::uint32_t id, const std::string& program) {
    return spawn(pid, api, id, program, SpawnOptions{});
  }
  std::uint64_t spawn(int pid, SpawnApi api, std::uint32_t id, const std::string& program,
                      const SpawnOptions& options) {
    SpawnRecord body{};
    Draft draft(sizeof body);
    body.api = api;
    body.spawn = id;
    body.vforked = options.vforked ? 1 : 0;
    body.injected = 1;
    body.program = draft.put(program);
    body.arguments = draft.put(joined(options.arguments));
    body.site = options.site;
    draft.align(8);
    body.site.words = draft.put(std::string_view(reinterpret_cast<const char*>(options.words.data()),
                                                 options.words.size() * sizeof(StackWord)));
    return add(RecordKind::spawn, pid, body, draft, options.tid);
  }
  std::uint64_t spawnResult(int pid, std::uint32_t id, int error, int child_pid = 0) {
    SpawnResultRecord body{};
    body.spawn = id;
    body.error = error;
    body.child_pid = child_pid;
    return add(RecordKind::spawn_result, pid, body, Draft(sizeof body));
  }
  std::uint64_t fork(int pid, int parent_pid) {
    ForkRecord body{};
    body.parent_pid = parent_pid;
    return add(RecordKind::fork, pid, body, Draft(sizeof body));
  }
  std::uint64_t file(int pid, const std::string& path, FileAccess access = FileAccess::read) {
    FileRecord body{};
    Draft draft(sizeof body);
    body.path = draft.put(path);
    body.access = access;
    return add(RecordKind::file_open, pid, body, draft);
  }
  std::uint64_t definition(int pid, std::uint64_t file, const std::string& name, const std::string& value,
                           unsigned line) {
    DefinitionRecord body{};
    Draft draft(sizeof body);
    body.file = file;
    body.hash = hashOf(value);
    body.line = line;
    body.name = draft.put(name);
    return add(RecordKind::definition, pid, body, draft);
  }
  std::uint64_t fileValue(int pid, std::uint64_t file, const std::string& value, unsigned line) {
    FileValueRecord body{};
    body.file = file;
    body.hash = hashOf(value);
    body.line = line;
    return add(RecordKind::file_value, pid, body, Draft(sizeof body));
  }
  std::uint64_t touched(int pid, const std::vector<std::string>& names, bool imported = false, bool exact = true) {
    TouchedRecord body{};
    Draft draft(sizeof body);
    body.all = imported ? TouchedAll::imported : TouchedAll::some;
    body.exact = exact ? 1 : 0;
    body.names = draft.put(joined(names));
    return add(RecordKind::touched, pid, body, draft);
  }
  std::uint64_t touchedByScript(int pid, const std::vector<std::string>& names, bool imported = false, bool exact = true) {
    const std::uint64_t offset = touched(pid, names, imported, exact);
    reinterpret_cast<TouchedRecord*>(content_.data() + offset)->by_script = 1;
    return offset;
  }
  std::uint64_t adapter(int pid, const std::string& language) {
    AdapterRecord body{};
    Draft draft(sizeof body);
    body.covers = 1;
    body.language = draft.put(language);
    body.version = draft.put("1");
    return add(RecordKind::adapter, pid, body, draft);
  }
  std::uint64_t exit(int pid, int status) {
    ExitRecord body{};
    body.status = status;
    return add(RecordKind::exit, pid, body, Draft(sizeof body));
  }
  // Of a supervising recorder, on behalf of the process.
  std::uint64_t byRecorder(std::uint64_t offset) {
    reinterpret_cast<RecordHeader*>(content_.data() + offset)->by_recorder = 1;
    return offset;
  }
  std::uint64_t recordedFork(int pid, int parent_pid) { return byRecorder(fork(pid, parent_pid)); }
  std::uint64_t recordedExit(int pid, bool by_signal, int value) {
    ExitRecord body{};
    body.status = value;
    body.by_signal = by_signal ? 1 : 0;
    return byRecorder(add(RecordKind::exit, pid, body, Draft(sizeof body)));
  }
  std::uint64_t recordedExec(int pid, int parent_pid, const std::string& program, const std::string& kind = "static") {
    ExecRecord body{};
    Draft draft(sizeof body);
    body.parent_pid = parent_pid;
    body.program = draft.put(program);
    body.arguments = draft.put(joined({program}));
    body.kind = draft.put(kind);
    body.detail = draft.put("why");
    return byRecorder(add(RecordKind::exec, pid, body, draft));
  }
  std::uint64_t note(int pid, const std::string& kind, const std::string& detail) {
    NoteRecord body{};
    Draft draft(sizeof body);
    body.kind = draft.put(kind);
    body.detail = draft.put(detail);
    return add(RecordKind::note, pid, body, draft);
  }
  std::uint64_t blind(std::uint32_t spawn, const std::string& kind, const std::string& detail,
                      const std::string& program = {}) {
    BlindRecord body{};
    Draft draft(sizeof body);
    body.spawn = spawn;
    body.program = draft.put(program);
    body.kind = draft.put(kind);
    body.detail = draft.put(detail);
    return add(RecordKind::blind, 1, body, draft);
  }
  std::uint64_t end(int pid, bool by_signal, int value) {
    EndRecord body{};
    body.pid = pid;
    body.by_signal = by_signal ? 1 : 0;
    body.value = value;
    return add(RecordKind::end, 1, body, Draft(sizeof body));
  }

  static std::uint64_t hashOf(const std::string& value) { return std::hash<std::string>{}(value); }
  static std::string joined(const std::vector<std::string>& list) {
    std::string text;
    for (const std::string& element : list) text += element + '\0';
    return text;
  }

 private:
  // The variable part of a record.
  class Draft {
   public:
    explicit Draft(std::size_t fixed) : fixed_(fixed) {}
    Bytes put(std::string_view bytes) {
      Bytes range{static_cast<std::uint32_t>(fixed_ + bytes_.size()), static_cast<std::uint32_t>(bytes.size())};
      bytes_.append(bytes);
      return range;
    }
    void align(std::size_t to) {
      while ((fixed_ + bytes_.size()) % to != 0) bytes_.push_back('\0');
    }
    const std::string& bytes() const { return bytes_; }

   private:
    std::size_t fixed_;
    std::string bytes_;
  };

  template <typename Body>
  std::uint64_t add(RecordKind kind, int pid, Body body, Draft draft, int tid = 0) {
    draft.align(recordAlignment);
    body.header.magic = recordMagic;
    body.header.size = static_cast<std::uint32_t>(sizeof body + draft.bytes().size());
    body.header.kind = static_cast<std::uint32_t>(kind);
    body.header.pid = pid;
    body.header.tid = tid != 0 ? tid : pid;
    std::uint64_t offset = content_.size();
    content_.append(reinterpret_cast<const char*>(&body), sizeof body);
    content_.append(draft.bytes());
    return offset;
  }

  std::string content_;
};

}  // namespace envleak::test
