// The variables that a program needs to do what it did: those that it, or what it handed them on to, read.
#pragma once

#include "reports/investigate/origins.h"

namespace envleak::reports {

// Why a name is among those a program needs, or may be.
struct NeededName {
  NameId name = 0;
  std::vector<SiteReading> readings;   // one for each program and place; of several runs the first
  std::vector<Index> runs;             // in which it was read
  std::vector<Origin> origins;         // from where it came, those that a person would call the same once
  std::vector<ShadowedFile> shadowed;  // files that would decide without it
};

// A name that one run brought.
struct BroughtName {
  NameId name = 0;
  std::vector<Index> runs;  // that brought it
};

struct MinimalEnvironment {
  std::vector<Index> images;          // all processes that ran it
  std::vector<Index> runs;            // in which they did
  std::vector<NeededName> read;       // asked for by name, and set
  std::vector<NeededName> looked_at;  // the value was looked at, by whom is not known
  std::vector<NameId> asked;          // asked for and never set
  std::vector<BroughtName> unread;    // brought and certainly not read in any run
  std::vector<BroughtName> open;      // brought; that it was not needed cannot be said
  std::vector<Index> unobserved;      // the processes that may have
};

// One for each program among the images, in order of appearance. Programs are told apart by the last part of their
// path: runs of several machines and builds are to be one.
std::vector<MinimalEnvironment> minimalEnvironments(const Report& report, const std::vector<Index>& images);

}  // namespace envleak::reports
