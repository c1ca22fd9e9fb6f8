// What the preload library and a language adapter tell each other.
//
// An adapter is a small shared library of its own, for one language. The preload library opens it before main, in a
// process whose executable, or a library of it, exports what only that language's interpreter does, and calls its
// `envleak_adapter`. It tells
//   - where in the script an event happened, of which the probe sees only the interpreter's C code (Adapter::frames),
//   - which variables the script asks for in copies of the environment that the interpreter made (Host::read),
//   - what it changes there (Host::write).
// An adapter that finds something other than it was made for does nothing but say so (Host::note). It never changes
// what the program does, keeps errno, and throws nothing. Texts are not NUL-terminated, need not be UTF-8, and live as
// long as the call.
#pragma once

#include <cstddef>
#include <cstdint>

namespace envleak::adapters {

inline constexpr std::uint32_t interfaceVersion = 1;

struct Text {
  const char* data;
  std::size_t length;
};

// A call in progress in the script. Without a function: code at the top of a file.
struct Frame {
  Text file;  // as the interpreter knows it; absolute as a rule
  Text function;
  std::uint32_t line;
};
inline constexpr std::size_t mostFrames = 48;

// One access of the script to a variable by its name.
struct Access {
  Text name;
  const char* api;      // as the language's users write it: "$_SERVER", "os.environ", "%ENV". Static storage
  std::uint64_t place;  // equal for equal places in the script, and for no others; see Adapter::place
  bool set;             // the variable was there
};

enum class ChangeKind : std::uint32_t { set = 1, unset, clear };
struct Change {
  ChangeKind kind;
  Text name;   // empty for clear
  Text value;  // is hashed, not kept; empty for unset and clear
  const char* api;
};

// The preload library's side. All of it may be called at any time after `envleak_adapter` has begun, by any thread, in a
// forked child too; nothing is allocated and no lock is taken.
struct Host {
  std::uint32_t version;  // interfaceVersion

  // The script read, or asked whether there is, a variable of this name. Equal accesses are counted.
  void (*read)(const Access&);
  void (*write)(const Change&);

  // From now on every access to the interpreter's copy is told, by `read`, `touched` or `copied`: an image that imported
  // its environment counts as observed. `version` as users know it: "8.2.29".
  void (*covers)(const char* version);

  // The script looked at, or took with it, all variables at once (a loop, a copy), and what it does with them is not
  // seen: its observation is partial. With the script's frames, like a read.
  void (*copied)(const char* api, std::uint64_t place);

  // A reason why this image is not fully observed: `kind` is one word ("adapter-version"), `detail` one clause.
  void (*note)(const char* kind, const char* detail);

  // Was there a variable of this name in the environment that this process received?
  bool (*received)(Text name);

  // For interpreters whose copies of a text share its bytes: the received values lie once more in pages that nobody has
  // looked at yet. Who looks at one there, by whatever way, has looked at the script's copy of the variable, which is
  // told as `touched`. To be called before main: later the process may have changed its root. False: there are none.
  bool (*makeWindows)();
  // Where the value of this variable lies there, ended by a NUL. The windowHead bytes before it are the adapter's to
  // write; the value's own bytes nobody must write. Null: it has none, or was not received with this value.
  char* (*window)(Text name, Text value);
};
inline constexpr std::size_t windowHead = 64;

// The adapter's side, in static storage.
struct Adapter {
  std::uint32_t version;  // interfaceVersion
  const char* language;   // "PHP", "Python", "Perl", "Ruby", "JavaScript", "bash"

  // The calls in progress, innermost first; 0 if no script is running on this thread, or where it cannot be asked
  // (another thread holds the interpreter's lock). Called in hooks: also in signal handlers and vfork children, so it
  // allocates nothing and changes nothing. Frames that are the interpreter's own (without a file) are left out.
  std::size_t (*frames)(Frame* to, std::size_t most);

  // A number for the innermost place, cheaply: equal for equal places, and for no others as far as can be had; 0 if
  // frames() would give none.
  std::uint64_t (*place)();

  // A call of getenv for this name, at this moment, is no read of the script's: the interpreter makes a copy of the
  // environment that Host::copied has told, or one for a program that it starts. May be null.
  bool (*withholds)(const char* name) = nullptr;
};

}  // namespace envleak::adapters

// Null: nothing can be told in this process (which was noted).
extern "C" __attribute__((visibility("default"))) const envleak::adapters::Adapter* envleak_adapter(
    const envleak::adapters::Host* host);
