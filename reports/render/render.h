// Renderings of a report. Each returns the whole text; nothing is written here.
#pragma once

#include "reports/crosscheck/report.h"

namespace envleak::reports {

std::string renderJson(const Report& report);
// counted: what counts, no more results than GitHub's code scanning shows, the worst first; it takes every result for an
// alert, whatever the result says of itself. all: with what is suppressed, known to the baseline, or absent, marked so.
enum class SarifScope { counted, all };
std::string renderSarif(const Report& report, SarifScope scope);
std::string renderGitlab(const Report& report);    // Code Quality
std::string renderJunit(const Report& report);     // for Jenkins, GitLab and others
std::string renderMarkdown(const Report& report);  // for a merge request
// The programs of the runs and what crossed between them, for GraphViz. Throws InputError if there is no run.
std::string renderDot(const Report& report);
// A page that needs no other file and no network. Lines of the scanned sources are read from the project root.
std::string renderHtml(const Report& report);
std::string renderCheckText(const Report& report, const RenderOptions& options);
std::string renderRunsText(const Report& report, const RenderOptions& options);
// The tree of processes of the runs, as a part of another text.
std::string processTree(const Report& report, bool color);
std::string renderScanText(const Report& report, const RenderOptions& options);
std::string renderExplanation(const Report& report, const ExplainOptions& options, bool& found);

}  // namespace envleak::reports
