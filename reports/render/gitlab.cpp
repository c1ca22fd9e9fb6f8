// Findings for GitLab's Code Quality: an array of what was found, in the form that its widget and its merge requests
// read. What is set aside is left out: GitLab would show it as new.
#include "reports/render/render.h"

#include "facts/text.h"
#include "reports/crosscheck/fingerprint.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace envleak::reports {
namespace {

using Json = nlohmann::ordered_json;

std::string_view severity(Level level) {
  return level == Level::error ? "critical" : level == Level::warning ? "minor" : "info";
}

}  // namespace

std::string renderGitlab(const Report& report) {
  Json list = Json::array();
  for (const Finding& finding : report.findings) {
    const Place& place = finding.place;
    std::string path = printable(place.file);
    while (path.starts_with("./")) path.erase(0, 2);
    list.push_back(
        {{"description", printable(finding.message)},
         {"check_name", finding.rule},
         {"fingerprint", fingerprint({path, finding.fingerprint})},  // unique in the whole file
         {"severity", severity(finding.level)},
         {"location", {{"path", path.empty() ? "." : path}, {"lines", {{"begin", std::max(place.line, 1U)}}}}}});
  }
  return list.dump(1) + "\n";
}

}  // namespace envleak::reports
