// The reports' entry points: cross-check static with runtime facts, render the result.
#pragma once

#include "facts/runtime_facts.h"
#include "facts/static_facts.h"

#include <optional>
#include <string>
#include <vector>

namespace envleak::reports {

enum class Level { none, note, warning, error };

struct CheckInput {
  std::optional<facts::StaticFacts> static_facts;
  std::vector<facts::RuntimeFacts> runs;
  std::string policy_file;    // empty: defaults only
  std::string defaults_file;  // share/envleak/policy/defaults.yaml
};

struct RenderOptions {
  std::string format = "text";  // one of formats()
  bool color = false;           // text only
};

struct Rendered {
  std::string content;
  Level highest = Level::none;  // of the findings that are not suppressed
  bool incomplete = false;      // part of the input could not be analysed (exit status 3)
};

const std::vector<std::string>& formats();

// One side alone gives a report of that side. Throws InputError for a policy that cannot be used.
Rendered check(const CheckInput& input, const RenderOptions& options);

// Static facts as diagnostics in the compiler's form (text) or as JSON.
Rendered renderScan(const facts::StaticFacts& facts, const RenderOptions& options);

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
