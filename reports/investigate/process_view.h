// Everything about a process: what it received and from where, who started it and how, what it read, what cannot be
// known, what it started. Processes of which all that is told is equal are one view.
#pragma once

#include "reports/investigate/handover.h"
#include "reports/investigate/origins.h"

namespace envleak::reports {

// Received variables of one origin.
struct VariablesFrom {
  Origin origin;
  std::optional<FileLine> file;
  std::vector<NameId> names;
};

struct ReadView {
  NameId name = 0;
  std::uint32_t read = 0;   // into the image's reads
  std::uint64_t count = 0;  // in all processes of the view
  bool own = false;         // the process may have given it this value itself
  Place place;
};

struct WriteView {
  std::uint32_t write = 0;  // into the image's writes
  Place place;
};

// Spawns of one call that handed the environment on in one way, to one program, or failed.
struct SpawnsView {
  std::vector<Index> edges;
  std::string program;  // of the child where it is known, else as given to the call
  Handover handover;
  Place place;
};

struct ProcessView {
  Index image = 0;                   // that stands for all of them
  std::vector<Index> alike;          // with this one
  std::optional<Handover> handover;  // none for an image that no seen spawn made
  bool received_known = false;
  std::vector<VariablesFrom> from;
  std::vector<ReadView> reads;  // of variables that were set; what was imported is not listed
  std::vector<ReadView> asked;  // for variables that were not set
  std::vector<NameId> unread;   // received and not read: only of a fully observed process
  std::vector<NameId> open;     // received; whether they were read is not known
  std::vector<WriteView> writes;
  std::vector<ShadowedFile> shadowed;
  std::vector<SpawnsView> spawns;  // in order
};

std::vector<ProcessView> viewProcesses(const Report& report, const std::vector<Index>& images);

}  // namespace envleak::reports
