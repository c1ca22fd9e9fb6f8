// Findings as JUnit XML, for Jenkins, GitLab and others that show tests: a suite for each file, a case for each rule in
// it. Errors and warnings fail; notes and what is set aside do not.
#include "reports/render/render.h"

#include "facts/text.h"
#include "reports/render/style.h"
#include "reports/render/xml_text.h"

#include <map>

namespace envleak::reports {
namespace {

std::string attribute(std::string_view name, std::string_view value) {
  return " " + std::string(name) + "=\"" + xmlText(value) + "\"";
}

struct Case {
  std::string message;  // of the first that fails
  std::size_t failures = 0;
  std::string lines;
};

}  // namespace

std::string renderJunit(const Report& report) {
  std::map<std::string, std::map<std::string, Case>> suites;
  if (report.sources != nullptr)  // a file without findings is a test that passed
    for (const facts::SpawnSite& site : report.sources->spawn_sites) suites[site.file];
  std::size_t tests = 0, failures = 0;
  for (const Finding& finding : report.findings) {
    Case& of = suites[finding.place.file][finding.rule];
    const bool fails = finding.level >= Level::warning;
    if (fails && of.failures++ == 0) of.message = finding.message;
    of.lines += locationPrefix(finding.place.file, finding.place.line, finding.place.column) +
                std::string(toString(finding.level)) + ": " + finding.message + "\n";
  }
  std::string body;
  for (const auto& [file, cases] : suites) {
    const std::string name = file.empty() ? "(no file)" : file;
    std::size_t failed = 0;
    for (const auto& [rule, of] : cases) failed += of.failures > 0 ? 1 : 0;
    const std::size_t count = std::max<std::size_t>(cases.size(), 1);
    body += " <testsuite" + attribute("name", name) + attribute("tests", std::to_string(count)) +
            attribute("failures", std::to_string(failed)) + ">\n";
    if (cases.empty())
      body += "  <testcase" + attribute("classname", name) + attribute("name", "envleak") + attribute("file", name) +
              "/>\n";
    for (const auto& [rule, of] : cases) {
      body += "  <testcase" + attribute("classname", name) + attribute("name", rule) + attribute("file", name) + ">\n";
      if (of.failures > 0)
        body += "   <failure" + attribute("message", of.message) + attribute("type", rule) + ">" + xmlText(of.lines) +
                "</failure>\n";
      else
        body += "   <system-out>" + xmlText(of.lines) + "</system-out>\n";
      body += "  </testcase>\n";
    }
    body += " </testsuite>\n";
    tests += count;
    failures += failed;
  }
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites" + attribute("name", "envleak") +
         attribute("tests", std::to_string(tests)) + attribute("failures", std::to_string(failures)) + ">\n" + body +
         "</testsuites>\n";
}

}  // namespace envleak::reports
