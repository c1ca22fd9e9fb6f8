// The report: everything the cross-check states, each statement with what it rests on. Renderers only read it.
#pragma once

#include "reports/crosscheck/join.h"
#include "reports/crosscheck/places.h"
#include "reports/crosscheck/runs.h"
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
// all of them were fully observed; not_judged: ambient.
enum class Reading { read, looked_at, unread, undecided, not_judged };

std::string_view toString(Reading reading);

struct CrossedVariable {
  NameId name = 0;
  Reading reading = Reading::undecided;
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

struct VariableReader {
  Index image = 0;
  std::uint32_t read = 0;
  Place place;
};

// A file that defines a variable otherwise than it was inherited, opened by an image that never wrote it.
struct ShadowedFile {
  Index image = 0;
  NameId name = 0;
  std::string path;
  unsigned line = 0;
};

struct VariableReport {
  NameId name = 0;
  VariableClass classified = VariableClass::setting;
  std::optional<Origin> origin;  // none for an ambient variable of several origins
  std::uint64_t origins = 1;     // images where it began in this way
  std::vector<Index> carriers;   // images that received it so, parents first
  std::vector<Index> path;       // edges it crossed since
  std::vector<VariableReader> readers;
  std::vector<ShadowedFile> shadowed_files;
};

struct Agreement {
  std::uint64_t sites = 0, sites_exercised = 0, sites_suppressed = 0;
  std::map<Verdict, std::uint64_t> verdicts;
  std::uint64_t edges = 0, edges_predicted = 0, edges_ambiguous = 0, edges_unpredicted = 0, edges_outside = 0,
                edges_unlocated = 0, edges_failed = 0;
  std::uint64_t static_reads = 0, static_reads_observed = 0;       // places in the source
  std::uint64_t observed_reads = 0, observed_reads_predicted = 0;  // places in the source
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
  std::string fingerprint;
};

struct Report {
  const facts::StaticFacts* sources = nullptr;  // null: none given
  std::unique_ptr<Runs> runs;
  std::unique_ptr<SourceFiles> files;
  std::vector<VariableClass> classes;  // by name
  JoinResult join;
  std::vector<SiteReport> sites;  // as StaticFacts::spawn_sites
  std::vector<VariableReport> variables;
  Agreement agreement;
  std::vector<Finding> findings;  // by level, then place
  bool incomplete = false;        // part of the sources or of a run could not be analysed

  bool ambient(NameId name) const { return classes[name] == VariableClass::ambient; }
  const std::string& site(Index i) const { return sources->spawn_sites[i].id; }
};

}  // namespace envleak::reports
