// The entry points for questions about what happened in recorded runs, and about what differs between two.
#pragma once

#include "reports/reports.h"

namespace envleak::reports {

struct TimelineOptions {
  std::string name;             // of a variable: only what concerns it; empty: all
  std::string process;          // as in ExplainOptions; empty: all
  std::string format = "text";  // or "json"
  bool color = false;
};

// What happened, in the order of its events. `found` is false if there is nothing to tell. Throws InputError if no
// process matches the selector.
Explanation timeline(const std::vector<facts::RuntimeFacts>& runs, const CheckInput& policy,
                     const TimelineOptions& options);

// A run to compare: the facts of a trace, or the text of a report in JSON.
struct ComparedInput {
  std::string file;                        // how people call it
  std::vector<facts::RuntimeFacts> facts;  // of one trace
  std::string report;                      // JSON; used if there are no facts
};

struct CompareOptions {
  std::string name;             // of a variable: only it; empty: all
  std::string process;          // a part of the program's name; empty: all
  std::string format = "text";  // or "json"
  bool color = false;
};

struct Compared {
  std::string text;
  bool differs = false;
  bool incomplete = false;  // events of a run were lost: there may be more
};
// Throws InputError for a report that is none.
Compared compare(const ComparedInput& first, const ComparedInput& second, const CheckInput& policy,
                 const CompareOptions& options);

// Is this the beginning of a report that 'check' or 'audit' wrote as JSON?
bool isReport(std::string_view beginning);

}  // namespace envleak::reports
