// One self-contained page: the parts of page/ with the data between them. The page's text is constant, so that a
// content security policy can name it by its hash and forbid all else, the network too.
#include "reports/render/html/data.h"
#include "reports/render/html/page.h"
#include "reports/render/render.h"
#include "reports/render/style.h"

#include <llvm/ADT/ArrayRef.h>
#include <llvm/ADT/StringRef.h>
#include <llvm/Support/Base64.h>
#include <llvm/Support/SHA256.h>

#include <algorithm>

namespace envleak::reports {
namespace {

std::string hashOf(const std::string& text) {
  auto digest = llvm::SHA256::hash(llvm::ArrayRef(reinterpret_cast<const std::uint8_t*>(text.data()), text.size()));
  return "'sha256-" + llvm::encodeBase64(digest) + "'";
}

std::string escaped(std::string_view text) {
  std::string out;
  for (char c : html::clean(text)) {
    switch (c) {
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '&':
        out += "&amp;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

// '<' stands only within JSON's strings: no text of the data can end the element or begin a comment.
std::string dataText(const Report& report) {
  std::string text = html::Data(report).json().dump();
  std::string out;
  out.reserve(text.size() + text.size() / 16);
  for (char c : text) c == '<' ? out.append("\\u003c") : out.append(1, c);
  return out;
}

std::string summary(const Report& report) {
  auto level = [&](Level wanted) {
    return static_cast<std::uint64_t>(std::ranges::count(report.findings, wanted, &Finding::level));
  };
  std::string text =
      counted(level(Level::error), "error", "errors") + ", " + counted(level(Level::warning), "warning", "warnings");
  if (report.sources != nullptr)
    text += "; " + counted(report.sources->spawn_sites.size(), "spawn site", "spawn sites");
  for (const auto& [verdict, count] : report.agreement.verdicts)
    text += (verdict == report.agreement.verdicts.begin()->first ? ": " : ", ") + std::to_string(count) + " " +
            std::string(toString(verdict));
  if (report.agreement.edges_unpredicted > 0)
    text += "; " + counted(report.agreement.edges_unpredicted, "spawn", "spawns") + " unpredicted";
  if (!report.runs->runs().empty())
    text += "; " + counted(report.runs->images().size(), "process", "processes") + " observed";
  return text;
}

// What is left where scripts do not run: the figures, and every finding in one line.
std::string withoutScripts(const Report& report) {
  std::string text = "<p>envleak: " + escaped(summary(report)) + "</p>\n<ul>\n";
  for (const Finding& finding : report.findings)
    text += "<li>" + escaped(locationPrefix(finding.place.file, finding.place.line, finding.place.column)) +
            std::string(toString(finding.level)) + ": " + escaped(finding.message) + " [" + escaped(finding.rule) +
            "]</li>\n";
  return text + "</ul>\n<p>The other views of this report need JavaScript.</p>";
}

}  // namespace

std::string renderHtml(const Report& report) {
  std::string style(html::pageStyle), script;
  for (std::string_view part : html::pageScripts) script += part;
  script = "(() => {\n\"use strict\";\n" + script + "})();\n";
  // A text of the page with @NAME@ in the place of what goes there.
  const std::pair<std::string_view, std::string> parts[] = {
      {"@POLICY@", "default-src 'none'; style-src " + hashOf(style) + "; script-src " + hashOf(script) +
                       "; base-uri 'none'; form-action 'none'"},
      {"@STYLE@", style},
      {"@NOSCRIPT@", withoutScripts(report)},
      {"@DATA@", dataText(report)},
      {"@SCRIPT@", script}};
  std::string out;
  std::string_view rest = html::pageFrame;
  for (const auto& [mark, text] : parts) {
    std::size_t at = rest.find(mark);
    out.append(rest.substr(0, at)).append(text);
    rest.remove_prefix(at + mark.size());
  }
  return out.append(rest);
}

}  // namespace envleak::reports
