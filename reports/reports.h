// The reports' entry points: cross-check static with runtime facts, render the result.
#pragma once

#include "facts/runtime_facts.h"
#include "facts/static_facts.h"

#include <optional>
#include <string>
#include <vector>

namespace envleak::reports {

enum class Level { none, note, warning, error };

// Which findings count.
struct GateOptions {
  std::string baseline_file;  // findings that it has do not count; empty: none
  std::string change;  // only what touches it counts: a revision of git, a file with a unified diff, "-"; empty: all
};

struct CheckInput {
  std::optional<facts::StaticFacts> static_facts;
  std::vector<facts::RuntimeFacts> runs;
  std::string policy_file;    // empty: defaults only
  std::string defaults_file;  // share/envleak/policy/defaults.yaml
  GateOptions gate;
};

struct RenderOptions {
  std::string format = "text";  // one of formats()
  bool color = false;           // text only
};

struct Rendered {
  std::string content;
  Level highest = Level::none;  // of the findings that count
  bool incomplete = false;      // part of the input could not be analysed (exit status 3)
  std::string baseline;         // as a file that accepts all that was found
  std::size_t baselined = 0;    // findings in it
};

const std::vector<std::string>& formats();

// Throws InputError for a policy or baseline that cannot be used: for use before long work.
void validate(const CheckInput& input);

// Names of files that hold settings, as the policy has them: for the recording. Throws as validate().
std::vector<std::string> settingsFiles(const CheckInput& input);

// One side alone gives a report of that side. Throws InputError for a policy, a baseline or a change that cannot be used,
// and for a format that needs a run where there is none.
Rendered check(const CheckInput& input, const RenderOptions& options);

// Static facts as diagnostics in the compiler's form (text), as they are (json), or as check() renders them.
Rendered scan(const CheckInput& input, const RenderOptions& options);

// The static facts' own file.
std::string factsText(const facts::StaticFacts& facts);

// A policy file to begin with, from what the runs did.
std::string initialPolicy(const CheckInput& input);

// Edits that give children an environment of named variables; nothing is written here.
struct Suggestions {
  struct File {
    std::string path;     // to open it
    std::string content;  // as it was read
    std::string edited;
  };
  std::string diff;   // unified, for 'patch -p1' in the root of the facts
  std::string notes;  // one line for each finding at a spawn: what was done, or what to do by hand and why
  std::vector<File> files;
  Level highest = Level::none;
  bool incomplete = false;
};
Suggestions suggest(const facts::StaticFacts& facts);

// What is asked of recorded runs: a variable, processes, spawns, or the smallest environment of processes.
struct ExplainOptions {
  std::string name;      // of the variable; empty: `process` or `edge` is explained
  std::string process;   // selects images: an id ("p3"), a pid, a part of the program's path or of an argument; empty: all
  std::string edge = {};  // id of a spawn ("e3")
  bool minimal = false;  // of the processes: which variables they need
  std::string format = "text";  // or "json"
  bool color = false;    // text only
};

// `found` is false if no process had or asked for the variable. Throws InputError if nothing matches a selector.
struct Explanation {
  std::string text;
  bool found = false;
};
Explanation explain(const std::vector<facts::RuntimeFacts>& runs, const CheckInput& policy,
                    const ExplainOptions& options);

}  // namespace envleak::reports
