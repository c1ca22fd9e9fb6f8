// The trace file: what the preload library writes and the reader reads.
//
// One file, made at full (sparse) size by the recorder and mapped MAP_SHARED, whole, by every observed process. It
// starts with a TraceHeader; behind it stand records, each at a multiple of recordAlignment. A writer claims space by
// one atomic addition to TraceHeader::used, then
//   1. stores RecordHeader::magic and ::size as one 64-bit word, so that a reader can step over the record,
//   2. fills the body,
//   3. stores RecordHeader::kind with release order: the record is published.
// A record whose kind is still 0 was being written when its process died; one without magic likewise: the reader
// looks for the next magic. What does not fit is not written and counted in TraceHeader::dropped.
// Before it writes, it sees to it that the disk has room for the pages (preload/pages.h).
// The reader treats everything here as untrusted: any process under observation can write anything.
//
// Native byte order and sizes: a trace is read on the kind of machine that wrote it. This header is shared with the
// freestanding preload library: plain types only.
#pragma once

#include <cstddef>
#include <cstdint>

namespace envleak::trace {

inline constexpr char fileMagic[8] = {'E', 'N', 'V', 'L', 'E', 'A', 'K', '\0'};
inline constexpr std::uint32_t formatVersion = 4;
inline constexpr std::uint32_t recordMagic = 0x314C5645;  // "EVL1"
inline constexpr std::size_t recordAlignment = 16;
inline constexpr std::size_t firstRecordOffset = 8192;

// The one variable the probe adds besides LD_PRELOAD: "<spawn id in decimal>:<key in hexadecimal>:<path of the trace>".
// The spawn id names the spawn record that led to this process; 0 for the first. The key is that of the run's hashes: it
// travels here and nowhere else, so that the trace never holds it. Both variables are hidden from the program (see
// preload/).
inline constexpr char handleVariable[] = "ENVLEAK_TRACE";
inline constexpr std::size_t keySize = 16;  // of SipHash

enum TraceFlags : std::uint32_t {
  keepValues = 1,  // EnvironmentEntry carries values
  supervised = 2,  // the recorder follows every process, and publishes on its behalf (RecordHeader::by_recorder)
  deep = 4,        // the probe publishes who looked at each value first
};

// Where the recorder keeps the strings of all environments (preload/pool.h): a descriptor of a process. pid 0: nowhere.
struct PoolPlace {
  std::uint32_t pid;
  std::uint32_t descriptor;
  std::uint64_t inode;
  std::uint32_t device_major;
  std::uint32_t device_minor;
};

struct TraceHeader {
  char magic[8];
  std::uint32_t version;
  std::uint32_t flags;         // TraceFlags
  std::uint64_t capacity;      // bytes of the file while it is being written
  std::uint64_t used;          // atomic: offset of the next record; beyond capacity when the trace is full
  std::uint64_t dropped;       // atomic: records that did not fit
  std::uint32_t last_spawn;    // atomic: the last spawn id given out
  std::uint32_t finished;      // 1 once the recorder has written its closing records
  std::uint64_t backed;        // atomic: the disk has given room up to this offset
  std::uint64_t without_room;  // atomic: how often the disk had none to give
  PoolPlace pool;
  std::uint64_t started_ns;    // since 1970, by the clock of the files' times (CLOCK_REALTIME_COARSE)
  char settings_files[1024];   // patterns for the names of files, NUL-terminated each; an empty one ends them
  char preload_library[2048];  // absolute path, NUL-terminated
};
static_assert(sizeof(TraceHeader) <= firstRecordOffset);

enum class RecordKind : std::uint32_t {
  unpublished = 0,
  command,      // CommandRecord, by the recorder: first record
  hello,        // HelloRecord: an image has started under the probe
  environment,  // EnvironmentRecord
  module_map,   // ModuleRecord: addresses of an ELF file in this process; before the first record that needs it
  read,         // ReadRecord
  write,        // WriteRecord
  spawn,        // SpawnRecord: published before the system call
  spawn_result, // SpawnResultRecord: the call failed, or returned a pid to the parent
  fork,         // ForkRecord, by the child
  file_open,    // FileRecord: a dotenv or settings file was opened
  definition,   // DefinitionRecord: what that file defines
  touched,      // TouchedRecord: names whose values were looked at
  exit,         // ExitRecord
  note,         // NoteRecord: a reason why this image is not fully observed
  blind,        // BlindRecord, by the recorder after the run: why a spawned image never said hello
  end,          // EndRecord, by the recorder: last record
  exec,         // ExecRecord, by the recorder that supervises: a process has become another program
  windows,      // WindowsRecord: where the recorder can see which values were looked at
  first_touch,  // FirstTouchRecord
  file_value,   // FileValueRecord: a value stands in that file
  script,       // ScriptRecord: calls in progress in an interpreted program; before the records that name it
  adapter,      // AdapterRecord: a language adapter is at work in this image
};

struct RecordHeader {
  std::uint32_t magic;  // recordMagic
  std::uint32_t size;   // of the whole record, this header included; a multiple of recordAlignment
  std::uint32_t kind;   // RecordKind; stored last, with release order
  std::int32_t pid;     // of the writing process, as it sees itself
  std::int32_t tid;
  std::uint32_t by_recorder;  // 1: published by the recorder on behalf of the process
  std::uint64_t time_ns;  // CLOCK_MONOTONIC; 0 where it was not asked for
};
static_assert(sizeof(RecordHeader) == 32);

// Byte strings in records: `length` bytes at `offset` from the start of the record (header included).
struct Bytes {
  std::uint32_t offset;
  std::uint32_t length;
};

// Where a call came from. Only words of the stack that point into a mapped module or into the stack itself are kept,
// so that no value of the program's data gets into the trace; the reader unwinds with the modules' own call frame
// information. `words` is an array of StackWord.
struct CallSite {
  std::uint64_t return_address;
  std::uint64_t stack_pointer;  // of the caller after the call has returned
  std::uint64_t frame_pointer;  // rbp (or its like) of the caller at the call
  Bytes words;
};
struct StackWord {
  std::uint64_t value;
  std::uint32_t slot;  // 8-byte words above CallSite::stack_pointer
  std::uint32_t reserved;
};

struct CommandRecord {
  RecordHeader header;
  Bytes arguments;  // NUL-terminated strings
  Bytes directory;
};

struct HelloRecord {
  RecordHeader header;
  std::uint32_t spawn;  // id from the handle; 0 for the first image
  std::int32_t parent_pid;
  Bytes program;    // of /proc/self/exe
  Bytes arguments;  // NUL-terminated strings, cut at 64 KiB
};

enum class Purpose : std::uint32_t {
  received = 1,  // by the image that says hello
  at_fork = 2,   // environ of a forked child when it began: what its parent had
  at_call = 3,   // environ of the caller of a spawn function
  passed = 4,    // what the spawn function was given for the child (the probe's own variables left out)
  at_call_passed = 5,  // both at once: the caller's environ itself was given
};

// Also an array of EnvironmentEntry, each followed by the name's bytes, then the value's if kept, then padding to 8.
struct EnvironmentRecord {
  RecordHeader header;
  Purpose purpose;
  std::uint32_t spawn;  // for at_call and passed
  std::uint32_t count;
  std::uint32_t reserved;
};
enum class Shape : std::uint8_t { plain, url_with_password, private_key, token };
struct EnvironmentEntry {
  std::uint64_t hash;  // SipHash-2-4 of the value's bytes
  std::uint32_t name_length;
  std::uint32_t value_length;  // 0xFFFFFFFF: the value was not kept
  Shape shape;
  std::uint8_t has_equals;  // 0: an entry without '=', which is not a variable for libc; its name is the whole entry
  std::uint8_t reserved[6];
};
static_assert(sizeof(EnvironmentEntry) == 24);

struct ModuleRecord {
  RecordHeader header;
  std::uint64_t start;  // address range of the mapping
  std::uint64_t end;
  std::uint64_t bias;  // address = bias + the address in the ELF file
  Bytes path;          // absolute
  Bytes build_id;      // raw bytes
};

// The calls in progress in an interpreted program, innermost first: an array of ScriptFrame.
struct ScriptFrame {
  Bytes file;
  Bytes function;  // empty: code at the top of the file
  std::uint32_t line;
  std::uint32_t reserved;
};
struct ScriptRecord {
  RecordHeader header;
  Bytes language;
  Bytes frames;
};

// `by_script`: told by a language adapter, and called `via` in that language; it has no CallSite.
// `script` is the offset of a ScriptRecord; 0: none.
// `all_by_script`: the script took all variables at once; without a name.
enum class ReadApi : std::uint32_t { getenv = 1, secure_getenv, by_script, all_by_script };
struct ReadRecord {
  RecordHeader header;
  ReadApi api;
  std::uint32_t set;    // 1: the variable existed
  std::uint64_t count;  // atomic: calls from this place with this name in this process
  std::uint64_t script;
  Bytes name;
  Bytes via;
  CallSite site;
};

enum class WriteApi : std::uint32_t { setenv = 1, putenv, unsetenv, clearenv, set_by_script, unset_by_script, clear_by_script };
struct WriteRecord {
  RecordHeader header;
  WriteApi api;
  std::uint32_t reserved;
  std::uint64_t hash;  // of the new value; 0 for unsetenv, clearenv, putenv of a name without '='
  std::uint64_t script;
  Bytes name;          // empty for clearenv
  Bytes via;
  CallSite site;
};

struct AdapterRecord {
  RecordHeader header;
  Bytes language;
  Bytes version;
  std::uint32_t covers;  // 1: from now on, what the program does with the interpreter's copy of the environment is told
  std::uint32_t reserved;
};


enum class SpawnApi : std::uint32_t {
  execv = 1, execve, execvp, execvpe, execl, execle, execlp, fexecve, execveat,
  posix_spawn, posix_spawnp, system, popen, wordexp, syscall_execve, syscall_execveat,
};
struct SpawnRecord {
  RecordHeader header;
  SpawnApi api;
  std::uint32_t spawn;  // the id handed to the child
  std::uint32_t vforked;  // 1: the caller shares its parent's memory
  // 1: the child was given the probe; 2: the loader only lists its libraries (ldd); 0: see a NoteRecord
  std::uint32_t injected;
  Bytes program;    // path, name or command line, as given
  Bytes arguments;  // NUL-terminated strings, cut at 64 KiB; empty for system, popen, wordexp
  Bytes search_path; // PATH, for the APIs that search it; else empty
  Bytes directory;   // working directory, if `program` is relative; else empty
  std::uint64_t script;
  CallSite site;
};

struct SpawnResultRecord {
  RecordHeader header;
  std::uint32_t spawn;
  std::int32_t error;      // errno, or 0
  std::int32_t child_pid;  // of posix_spawn; else 0
  std::uint32_t reserved;
};

// Without an EnvironmentRecord at_fork behind it: the fork was noticed at the child's first event, when the child may
// have changed its environment already. Where the recorder supervises, its record comes first; the child's own, if it
// publishes one, says no more.
struct ForkRecord {
  RecordHeader header;
  std::int32_t parent_pid;
  std::uint32_t reserved;
};

enum class FileAccess : std::uint32_t { read = 1, written };  // written: made, changed, or moved there
struct FileRecord {
  RecordHeader header;
  Bytes path;  // absolute
  FileAccess access;
  std::uint32_t reserved;
};

struct DefinitionRecord {
  RecordHeader header;
  std::uint64_t file;  // offset of the FileRecord in the trace
  std::uint64_t hash;  // of the value, quotes and trailing comment removed
  std::uint32_t line;
  std::uint32_t reserved;
  Bytes name;
};

// Only of files that were written while the recording ran, and not of texts that tell nothing.
struct FileValueRecord {
  RecordHeader header;
  std::uint64_t file;  // offset of the FileRecord in the trace
  std::uint64_t hash;
  std::uint32_t line;
  std::uint32_t reserved;
};

enum class TouchedAll : std::uint32_t { some = 0, imported = 1 };
struct TouchedRecord {
  RecordHeader header;
  TouchedAll all;       // imported: the image looked at (nearly) every variable it received
  std::uint32_t exact;  // 1: residency was known for every received variable
  Bytes names;          // NUL-terminated strings
  // 1: what the script looked at in an interpreter's copy, which is apart from what the interpreter itself did. The
  // names are those of the variables of which the copy is watched.
  std::uint32_t by_script;
  std::uint32_t reserved;
};
// Of fewer variables, all touched says nothing.
inline constexpr std::size_t fewestForImport = 8;
inline TouchedAll touchedAll(std::size_t touched, std::size_t received) {
  return received >= fewestForImport && touched * 10 >= received * 9 ? TouchedAll::imported : TouchedAll::some;
}

// Where a value was looked at first: the instruction itself, not a call, so `return_address` is one behind its start.
struct FirstTouchRecord {
  RecordHeader header;
  Bytes name;
  CallSite site;
};

// Value i of the received environment lies at first_value + i * stride, and its page is mapped if it was looked at.
struct WindowsRecord {
  RecordHeader header;
  std::uint64_t first_value;
  std::uint64_t stride;
  std::uint32_t count;
  std::uint32_t complete;  // 1: every received variable has its window
  Bytes names;             // NUL-terminated strings
};

struct ExitRecord {
  RecordHeader header;
  std::int32_t status;  // or signal number
  std::uint32_t by_signal;
};

// Published when the new program has not run yet. If it does not say hello, this and an EnvironmentRecord (received),
// if one follows, are all that is known of it.
struct ExecRecord {
  RecordHeader header;
  std::int32_t parent_pid;  // of the process that this one was forked from
  std::uint32_t reserved;
  Bytes program;    // of /proc/PID/exe
  Bytes arguments;  // NUL-terminated strings, cut at 64 KiB
  Bytes kind;       // as in BlindRecord, for the case that it stays silent
  Bytes detail;
};

// `kind` is a word of BlindSpot::kind, `detail` one clause for the report.
struct NoteRecord {
  RecordHeader header;
  Bytes kind;
  Bytes detail;
};

struct BlindRecord {
  RecordHeader header;
  std::uint32_t spawn;
  std::uint32_t reserved;
  Bytes program;  // the file that was executed, if it could be found
  Bytes kind;     // "static", "setuid", "foreign-architecture", "script", "other"
  Bytes detail;
};

struct EndRecord {
  RecordHeader header;
  std::int32_t pid;  // of the command
  std::int32_t by_signal;  // 1: value is a signal number
  std::int32_t value;
  std::uint32_t reserved;
};

}  // namespace envleak::trace
