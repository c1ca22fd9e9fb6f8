// What the probe saw: images, the edges between them, and the reads and writes of each.
//
// An image is one program from its exec to its next exec or its end; children it forked that have not called exec
// belong to it. `order` is the position of an event in the trace: of two events the smaller was published first.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "facts/shared_list.h"
#include "facts/static_facts.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace envleak::facts {

// read: asked for by name; touched: the value was looked at, caller unknown; imported: the image copied the whole
// environment. Never merged.
enum class ReadKind { read, touched, imported };
enum class Observation { full, imports, partial, blind };

std::string_view toString(ReadKind);
std::string_view toString(Observation);

// A place in machine code, and in the source as far as debug information tells; or, with a language, a place in a script.
// Innermost frames come first: those of a script, then those of its interpreter.
struct Frame {
  std::string module;       // path of the ELF file
  std::string build_id;     // lower-case hex; empty if it has none
  std::uint64_t offset = 0;  // of the call in the module's address space: return address minus one minus load bias
  std::string function;     // empty if not known
  std::string file;         // absolute where the debug information is; empty if not known
  unsigned line = 0;
  unsigned column = 0;
  bool inlined = false;     // this frame was inlined into the next one, which has the same offset
  std::string language;     // of a script: "PHP", "Python"...; module and offset mean nothing then
};

struct Variable {
  std::string name;
  std::uint64_t hash = 0;  // of the value, keyed by a secret of the run: equal hashes mean equal values
  std::string shape;       // why the value looks like a secret: "url-with-password", "private-key", "token"; or empty
  std::optional<std::string> value;  // only if the user asked the recorder for values
};

struct Read {
  ReadKind kind = ReadKind::read;
  std::string name;
  bool set = false;  // the variable existed when first asked for
  // "getenv", "secure_getenv", or as the script's language has it ("$_SERVER"); empty for touched and imported.
  std::string api;
  std::uint64_t count = 0;  // of the same name at the same place
  std::uint64_t order = 0;  // of the first
  SharedList<Frame> frames;
};

struct Write {
  WriteKind kind = WriteKind::set;
  std::string name;        // empty for clear
  std::uint64_t hash = 0;  // of the new value; 0 for unset and clear
  std::string api;
  std::uint64_t order = 0;
  SharedList<Frame> frames;
};

struct FileDefinition {
  std::string name;
  unsigned line = 0;
  std::uint64_t hash = 0;  // of the value the file gives it
};

// A value that stands in a file, under whatever name.
struct FileValue {
  unsigned line = 0;
  std::uint64_t hash = 0;
};

// A dotenv or settings file that the image opened, with what it says.
struct ConfigFile {
  std::string path;  // absolute
  std::uint64_t order = 0;
  // All of a dotenv file; of another one those whose names were variables of the image.
  std::vector<FileDefinition> defines;
  std::vector<FileValue> values;  // only of files that were written while the recording ran
};

// A file of such a name that the image made, changed or moved there.
struct WrittenFile {
  std::string path;  // absolute
  std::uint64_t order = 0;
};

struct Exit {
  bool by_signal = false;
  int value = 0;  // status or signal number
  std::uint64_t order = 0;  // of the event that told it; 0 if not known
};

// A language adapter told of the script that the image ran.
struct Adapter {
  std::string language;
  std::string version;  // of the interpreter; empty if not known
  // Also of what the script did with the interpreter's copy of the environment: that there is one hides nothing.
  bool covers = false;
};

struct Image {
  std::string id;                     // "p1", "p2"... in order of appearance
  std::optional<std::string> parent;  // id; none for the first
  int pid = 0;
  int exec_number = 0;  // how many execs this process had had before
  std::string program;  // path of the executable
  std::vector<std::string> argv;
  std::optional<Exit> exit;  // if seen
  Observation observation = Observation::full;
  std::vector<std::string> reasons;  // why it is not full; for blind: "static", "setuid"... first word, then detail
  std::optional<Adapter> adapter;
  SharedList<Variable> received;     // the environment it started with
  std::vector<Read> reads;
  std::vector<Write> writes;
  std::vector<ConfigFile> files;
  std::vector<WrittenFile> files_written;
};

// One observed spawn.
struct Edge {
  std::string id;                    // "e1", "e2"...
  std::string parent;                // image id
  std::optional<std::string> child;  // image id; none if the exec failed. A blind child is an image too
  int pid = 0;                       // the process that called exec; for posix_spawn, system, popen the caller
  std::string api;                   // "execve", "posix_spawn", "system"...
  std::string program;               // as given to the call: a path, a name, or a command line
  int error = 0;                     // errno if the spawn failed
  std::uint64_t order = 0;
  SharedList<Frame> frames;
  bool frames_complete = false;  // the frames reach the outermost function (main or a thread's start)
  // Names, sorted. Compared with the environment the parent image had before it prepared this child (at its fork or
  // at the call). Empty, with `compared` false, where the child's environment is not known.
  bool compared = false;
  SharedList<std::string> crossed;
  SharedList<std::string> added;
  SharedList<std::string> changed;
  SharedList<std::string> removed;
};

struct BlindSpot {
  std::optional<std::string> process;  // image id; none: the whole trace
  std::string kind;                    // "static", "setuid", "trace-full", "torn-record", "no-debug-info"...
  std::string detail;
};

struct RuntimeFacts {
  std::vector<std::string> command;
  std::string directory;  // the working directory of the command
  bool finished = false;  // the recorder saw the end; false: killed, or still being written
  std::vector<Image> images;
  std::vector<Edge> edges;
  std::vector<BlindSpot> blind_spots;
};

nlohmann::ordered_json toJson(const RuntimeFacts&);
// Throws InputError on anything that is not runtime facts of this version.
RuntimeFacts runtimeFactsFromJson(const std::string& text, const std::string& origin);

}  // namespace envleak::facts
