// What questions about recorded runs are answered from, and how processes and spawns are named in them.
#pragma once

#include "reports/crosscheck/report.h"

namespace envleak::reports {

// A report with runs, places and classes of names alone: what the cross-check would add is not asked for.
Report openRuns(const std::vector<facts::RuntimeFacts>& runs, const Policy& policy);

// The images that a selector means: an id ("p3", "r2.p3"; with several runs "p3" is that of each), else a pid, else the
// program's name, or the one it was started by, else a part of the program's path, else a part of an argument. In order
// of appearance. Throws InputError, which names some processes that there are, if there is none.
std::vector<Index> selectImages(const Report& report, const std::string& selector);

// As selectImages(), for the id of a spawn ("e3", "r2.e3").
std::vector<Index> selectEdges(const Report& report, const std::string& selector);

// The place of the innermost source lines that called the innermost one, without libc's.
std::vector<Place> callersOf(const Report& report, const std::vector<facts::Frame>& frames);

// Names in the order people look for them: ambient ones last, then by bytes.
void sortForPeople(const Report& report, std::vector<NameId>& names);

}  // namespace envleak::reports
