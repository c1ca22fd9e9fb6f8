// The report: everything the cross-check states, each statement with what it rests on. Renderers only read it.
#pragma once

#include "reports/crosscheck/join.h"
#include "reports/crosscheck/places.h"
#include "reports/crosscheck/runs.h"
#include "reports/gate/baseline.h"
#include "reports/policy/policy.h"
#include "reports/reports.h"

#include <map>
#include <memory>
#include <set>

namespace envleak::reports {

enum class Verdict { confirmed, latent, unexercised, contained, contradicted, unpredicted, undecided };

std::string_view toString(Verdict verdict);
std::string_view toString(Level level);

// What is known of one crossed variable in the images it crossed to. read and looked_at were seen; unread only where
// all of them were fully observed; not_judged: ambient; allowed: by the policy, wherever it crossed at this site.
enum class Reading { read, looked_at, unread, undecided, not_judged, allowed };

// Does it count for the verdict?
constexpr bool isJudged(Reading reading) { return reading != Reading::not_judged && reading != Reading::allowed; }

std::string_view toString(Reading reading);

struct CrossedVariable {
  NameId name = 0;
  Reading reading = Reading::undecided;
  std::optional<std::uint32_t> allowance;  // of an allowed one: the entry of the policy
};

// A read of a crossed variable, by the child or by a descendant that it kept crossing to. The first image of a program
// that read it at a place stands for all of them.
struct SiteReading {
  NameId name = 0;
  Index edge = 0;          // the site's
  Index image = 0;         // that read
  std::uint32_t read = 0;  // into the image's reads
  std::uint64_t processes = 1;
  std::uint64_t count = 0;  // in all of them
  Place place;
};

struct SiteReport {
  std::optional<Verdict> verdict;        // none without a run
  std::vector<std::string> why;          // clauses
  std::vector<Index> edges;              // spawns that succeeded
  std::vector<Index> failed;             // spawns that did not
  bool ambiguous = false;                // some edge may be another site's
  std::vector<CrossedVariable> crossed;  // those that are not ambient first, by name
  std::vector<SiteReading> read;         // of variables that are not ambient, in order of name and image
  std::vector<Index> unobserved;         // images that keep the verdict open
};

// A line of a file that gives a name a value.
struct FileLine {
  std::string path;
  unsigned line = 0;
};

// How a variable came into the world: with the first image's environment; by a write in an image; by the spawning
// program, in the array that it passed on an edge; by the image itself in a way that left no write to see; unknown.
struct Origin {
  enum class Kind { outside, write, edge, unseen, unknown } kind = Kind::unknown;
  Index image = 0;          // first image with it; of a write or an edge, the image that did it
  std::uint32_t write = 0;  // into the image's writes
  Index edge = 0;
  Place place;  // of the write, or of the spawn
};

std::string_view toString(Origin::Kind kind);

// Who read a variable at a place: images of one program.
struct VariableReader {
  std::vector<Index> images;  // parents first
  std::uint32_t read = 0;     // into the reads of the first
  std::uint64_t count = 0;  // in all of them
  Place place;
};

// A file that gives a variable another value than the one that was inherited, opened by an image that never set it.
struct ShadowedFile {
  Index image = 0;
  NameId name = 0;
  std::string path;
  unsigned line = 0;
  // A dotenv file is there to set variables: the inherited value has won. What counts where another settings file
  // speaks of a variable is for the program to know; such files are listed only where it asked for the variable too.
  bool dotenv = true;
};

// A value that went from one image to another through a file.
struct Laundered {
  NameId name = 0;  // as the writer had it
  Index writer = 0;
  Index reader = 0;
  std::string path;
  unsigned line = 0;
  std::uint64_t count = 1;  // of readings by processes of the same program
};

struct VariableReport {
  NameId name = 0;
  VariableClass classified = VariableClass::setting;
  std::optional<Origin> origin;  // none for an ambient variable of several origins
  std::optional<FileLine> settings;  // that gave this value to the program which introduced it
  std::uint64_t origins = 1;     // images where it began in this way
  std::vector<Index> carriers;   // images that received it so, parents first
  std::vector<Index> path;       // edges it crossed since
  std::vector<VariableReader> readers;
  std::vector<ShadowedFile> shadowed_files;
};

// A program of the static facts that was seen to run. Names are sorted.
struct ProgramReport {
  Index program = 0;          // into StaticFacts::programs
  std::vector<Index> images;  // that executed it
  std::uint64_t fully_observed = 0;
  std::vector<std::string> both;            // the source shows that it can ask for them, and it did
  std::vector<std::string> only_predicted;  // it did not, in these runs
  std::vector<std::string> only_observed;   // its source asked for them, and the scan does not know
  std::vector<std::string> by_libraries;    // asked for by libraries, of which the scan knows nothing
};

struct Agreement {
  std::uint64_t sites = 0, sites_exercised = 0, sites_suppressed = 0;
  std::map<Verdict, std::uint64_t> verdicts;
  std::uint64_t edges = 0, edges_predicted = 0, edges_ambiguous = 0, edges_unpredicted = 0, edges_outside = 0,
                edges_of_scripts = 0, edges_unlocated = 0, edges_failed = 0;
  std::uint64_t static_reads = 0, static_reads_observed = 0;       // places in the source
  std::uint64_t observed_reads = 0, observed_reads_predicted = 0;  // places in the source
  // Names of all programs in Report::programs: asked for and predicted, only predicted, only asked for.
  std::uint64_t names_both = 0, names_only_predicted = 0, names_only_observed = 0;
  std::uint64_t images = 0;
  std::map<facts::Observation, std::uint64_t> observations;
};

struct Finding {
  std::string rule;
  Level level = Level::warning;
  std::string message;  // one sentence
  std::optional<Index> site;
  std::optional<Index> image;
  std::optional<Index> edge;
  std::optional<NameId> variable;
  Place place;              // where a person should look
  std::uint64_t count = 1;  // of equal cases that this finding stands for
  std::string fingerprint;  // with place.file, no two of a report are equal
};

// Findings that do not count. suppressed: in the source; excluded, off, allowed: by the policy; known: to the baseline;
// elsewhere: no step of it lies in the change that was asked for.
enum class Aside { suppressed, excluded, off, allowed, known, elsewhere };

std::string_view toString(Aside aside);

struct SetAside {
  Finding finding;
  Aside why = Aside::suppressed;
  std::string reason;  // as the source or the policy gives it; for the baseline and the change: which
};

// What a baseline said of this report.
struct BaselineUse {
  std::string file;
  std::uint64_t known = 0;
  std::vector<BaselineEntry> absent;  // entries that did not occur
};

struct Report {
  // Null: none given, and no script spawned. With a site for each call of a script that did (script_sites.h).
  const facts::StaticFacts* sources = nullptr;
  bool scanned = false;  // static facts were given
  std::unique_ptr<facts::StaticFacts> with_scripts;
  std::vector<std::string> languages;  // as StaticFacts::spawn_sites: of a script's call; or empty
  std::unique_ptr<Runs> runs;
  std::unique_ptr<SourceFiles> files;
  std::vector<VariableClass> classes;  // by name
  JoinResult join;
  Policy policy;
  std::vector<std::map<NameId, std::uint32_t>> allowed;  // by edge: what may cross, by the policy's entry; or empty
  std::vector<std::uint64_t> allowance_uses;             // by the policy's entry: crossings
  std::vector<SiteReport> sites;  // as StaticFacts::spawn_sites
  std::vector<VariableReport> variables;
  std::vector<Laundered> laundered;
  std::vector<ProgramReport> programs;
  Agreement agreement;
  std::vector<Finding> findings;    // those that count: by level, then place
  std::vector<SetAside> set_aside;  // the others, by place
  std::optional<BaselineUse> baseline;
  std::string base;  // of the change that was asked for; empty: none
  bool incomplete = false;        // part of the sources or of a run could not be analysed

  bool ambient(NameId name) const { return classes[name] == VariableClass::ambient; }
  std::optional<std::uint32_t> allowance(Index edge, NameId name) const {
    if (allowed.empty()) return std::nullopt;
    auto found = allowed[edge].find(name);
    return found == allowed[edge].end() ? std::nullopt : std::optional(found->second);
  }
  const std::string& language(Index site) const { return languages[site]; }
  const std::string& site(Index i) const { return sources->spawn_sites[i].id; }
};

}  // namespace envleak::reports
