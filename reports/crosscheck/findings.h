// What somebody should act on, each with a fingerprint that stays when lines move.
#pragma once

#include "reports/crosscheck/report.h"

namespace envleak::reports {

// Fills report.findings, and report.set_aside with those that the source suppresses; sites and variables must have been
// decided.
void raiseFindings(Report& report);

// Errors first, then by place.
void sortFindings(Report& report);

// What to do about a site, one clause: "pass an explicit environment: posix_spawn(..., envp)".
std::string advice(const facts::SpawnSite& site);

// "DB_DATABASE, DB_HOST and 3 more".
std::string listNames(const std::vector<std::string>& names, std::size_t shown);

// The names crossed at a site whose reads stand so, not ambient.
std::vector<std::string> namesWith(const Report& report, const SiteReport& site, Reading reading);

}  // namespace envleak::reports
