// What the analyzer knows: spawn sites, environment reads and writes, and what it could not parse.
//
// Lines and columns are 1-based; 0 means not known. Paths are relative to `StaticFacts::root` where they lie below
// it, absolute otherwise.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace envleak::facts {

// What the child gets; see docs/vocabulary.md. `unknown` is never folded into a safe class.
enum class EnvironmentClass { inherited, forwarded, extended, filtered, explicit_, empty, from_caller, unknown };
enum class SiteKind { direct, indirect, wrapper };
enum class WriteKind { set, put, unset, clear, assign };
// complete: parsed without errors; partial: errors, but a tree; failed: no tree; crashed/timeout: the worker was lost;
// missing: the source file is gone; skipped: not parsed, since its text uses no name that could change a finding.
enum class UnitStatus { complete, partial, failed, crashed, timeout, missing, skipped };

// What was changed in a compile command before it was parsed; docs/vocabulary.md tells each.
enum class RepairKind {
  launcher,
  response_file,
  dropped_flag,
  ignored_flag,
  compiler_headers,
  precompiled_header,
  modules,
  target,
  headers,
  headers_unknown,
};

std::string_view toString(EnvironmentClass);
std::string_view toString(SiteKind);
std::string_view toString(WriteKind);
std::string_view toString(UnitStatus);
std::string_view toString(RepairKind);
// Throw InputError for a name that is none.
WriteKind writeKindFromString(std::string_view);
EnvironmentClass environmentClassFromString(std::string_view);

// Does a class of this kind hand the parent's variables on? (inherited, forwarded, extended)
bool handsOn(EnvironmentClass);
// May something in such a unit have been overlooked?
bool hasLostParts(UnitStatus);

struct Position {
  unsigned line = 0;
  unsigned column = 0;
  friend bool operator==(const Position&, const Position&) = default;
};

struct PathStep {
  std::string file;
  unsigned line = 0;
  unsigned column = 0;
  std::string note;  // a sentence without a full stop, such as "'run' passes its parameter 'argv' on to 'execvp'"
  auto operator<=>(const PathStep&) const = default;
};

// Variables by which an environment differs from the parent's, as far as their names are constants. Sorted.
struct NamedVariables {
  std::vector<std::string> set;    // given by the program
  std::vector<std::string> unset;  // taken away
  std::vector<std::string> kept;   // taken over, and no others
  bool open = false;               // and others whose names are not known
};

struct SpawnSite {
  std::string id;  // "s1", "s2"... in order of file, line, column
  SiteKind kind = SiteKind::direct;
  std::string file;
  unsigned line = 0;
  unsigned column = 0;
  unsigned end_line = 0;
  // Where compilers place this call in their line tables: start of the expression, the callee's name, the opening
  // parenthesis (they differ by compiler and language). Used to join run time to source.
  std::vector<Position> positions;
  std::uint64_t code = 0;  // hash of the call's text, blanks and comments aside; 0: not known
  bool tail = false;  // in tail position: the compiler may have turned the call into a jump
  std::string callee;    // as the source names it: "execvp", "run_command"
  std::string function;  // the enclosing function, qualified
  EnvironmentClass environment = EnvironmentClass::unknown;
  std::string reason;          // one clause: why this class
  NamedVariables variables;    // of `extended` and `filtered`
  std::vector<PathStep> path;  // wrapper sites: from this call down to the spawn
  std::vector<std::string> spawns;   // wrapper sites: ids of the direct or indirect sites they end in
  std::vector<std::string> callers;  // direct/indirect sites in a wrapper: ids of the wrapper sites that end here
  std::string decided_at;  // id of the site where the class is decided; its own id when decided here
  std::optional<std::string> program;  // if constant
  std::vector<std::string> children;   // ids of the programs of this database that it may start, by their name
  std::string rule;  // the rule of the finding raised here; empty: none is raised here
  bool suppressed = false;
  std::string suppression;  // the reason given with the suppression
};

struct EnvironmentRead {
  std::string file;
  unsigned line = 0;
  unsigned column = 0;
  std::string function;
  // "getenv", "secure_getenv"...; "environ" for a direct use of the array; a project function that is given the name
  std::string callee;
  std::optional<std::string> name;  // if constant
  std::vector<PathStep> path{};     // from here to the call that reads, if the name is handed on or from a table
};

struct EnvironmentWrite {
  std::string file;
  unsigned line = 0;
  unsigned column = 0;
  std::string function;
  std::string callee;
  std::optional<std::string> name;
  WriteKind kind = WriteKind::set;
  std::vector<PathStep> path{};  // as for reads
};

// A finding of its own, at no spawn site: something that harms the process itself.
struct Hazard {
  std::string rule;  // "envleak-vfork-clear"
  std::string file;
  unsigned line = 0;
  unsigned column = 0;
  std::string function;
  std::string message;  // one sentence without a full stop
  bool suppressed = false;
  std::string suppression;  // the reason given with the suppression
};

struct Wrapper {
  std::string function;
  std::string file;
  unsigned line = 0;
  EnvironmentClass environment = EnvironmentClass::unknown;
};

struct Repair {
  RepairKind kind = RepairKind::launcher;
  std::string detail;  // the flag, the file, the compiler
  auto operator<=>(const Repair&) const = default;
};

struct Unit {
  std::string file;
  UnitStatus status = UnitStatus::complete;
  std::vector<std::string> errors;
  std::vector<Repair> repairs{};
  unsigned commands = 1;  // different ones for this file, all analysed
  // Of a unit with errors: names of spawn and environment functions in its text of which no call was understood.
  unsigned unseen_mentions = 0;
};

// What debug information calls a file that `#line` directives name, where that is not where the file lies; or a file
// that is not there, for the one that was made from it.
struct OtherName {
  std::string name;
  std::string file;
  auto operator<=>(const OtherName&) const = default;
};

// An entry of the compilation database that compiles neither C nor C++.
struct SkippedEntry {
  std::string file;
  std::string language;  // "assembler", "CUDA"...
  auto operator<=>(const SkippedEntry&) const = default;
};

// What one executable is made of, and the variables it can read.
struct Program {
  std::string id;                   // "g1", "g2"... in order of main's place
  std::optional<std::string> name;  // of the file that is executed, without folders; null: not known
  std::string file;                 // of main
  unsigned line = 0;
  std::string known_from;  // "link-command", "cmake-file-api", "ninja" or "call-graph"
  std::vector<std::string> units;
  struct Read {
    std::string name;
    std::string file;
    unsigned line = 0, column = 0;
    auto operator<=>(const Read&) const = default;
  };
  std::vector<Read> reads;
  unsigned unknown_reads = 0;  // of names that are not constant, or of the whole environment
};

struct Suppression {
  std::string file;
  unsigned line = 0;  // of the comment
  std::string rule;
  std::string reason;  // empty: none was given, which is reported
  bool used = false;
  unsigned covers = 0;  // the line whose findings it hides
};

struct StaticFacts {
  std::string root;  // absolute
  std::vector<SpawnSite> spawn_sites;
  std::vector<EnvironmentRead> environment_reads;
  std::vector<EnvironmentWrite> environment_writes;
  std::vector<Hazard> hazards;  // by file, line, column
  std::vector<Wrapper> wrappers;
  std::vector<Unit> units;
  std::vector<Suppression> suppressions;
  std::vector<OtherName> other_names;  // sorted
  std::vector<SkippedEntry> skipped;
  std::vector<Program> programs;

  // Every unit was parsed without errors, and nothing but assembler was skipped.
  bool complete() const;
};

// The names are those of share/envleak/schema/static-facts.schema.json.
nlohmann::ordered_json toJson(const StaticFacts&);
// `origin` names the file in messages. Throws InputError on anything that is not static facts of this version.
StaticFacts staticFactsFromJson(const std::string& text, const std::string& origin);

}  // namespace envleak::facts
