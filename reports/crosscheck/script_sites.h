// Spawn sites that only a run shows: calls in scripts, which the analyzer does not read.
#pragma once

#include "reports/crosscheck/report.h"

namespace envleak::reports {

inline constexpr const char* scriptRule = "envleak-script";

// Adds a site for each place of a script that spawned in the runs to what the report knows of the sources, which may be
// nothing. To be called before the join.
void addScriptSites(Report& report);

// Did everything that crossed at the site end in programs that were there to start another one, such as a shell and
// env(1), which read none of it and handed none of it on?
bool droppedOnTheWay(const Report& report, const SiteReport& site);

// What to do about a spawn of a script.
std::string scriptAdvice(std::string_view language);

}  // namespace envleak::reports
