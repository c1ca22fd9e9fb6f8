// A summary for a merge request: short enough for every host, without links, and with all that comes from the program
// in code spans, where no name can become a mention, a link or a tag.
#include "reports/render/render.h"
#include "reports/render/set_aside.h"

#include "facts/text.h"
#include "reports/crosscheck/findings.h"

#include <algorithm>

namespace envleak::reports {
namespace {

constexpr std::size_t longest = 58000;       // bytes; hosts cut at 65,536 characters
constexpr std::size_t longestMessage = 600;  // bytes
constexpr std::size_t shownFindings = 25;    // before the fold

// Between more backticks than the text has in a row, as CommonMark says; in a table a bar would end the cell.
std::string code(const std::string& bytes) {
  std::string text = oneLine(bytes);
  std::size_t longest_row = 0, row = 0;
  for (char c : text) {
    row = c == '`' ? row + 1 : 0;
    longest_row = std::max(longest_row, row);
  }
  const std::string fence(longest_row + 1, '`');
  const bool padded = text.empty() || text.front() == '`' || text.back() == '`';
  return fence + (padded ? " " + text + " " : text) + fence;
}

// Cut at a character's end.
std::string shortened(const std::string& bytes) {
  const std::string text = oneLine(bytes);
  if (text.size() <= longestMessage) return text;
  std::size_t end = longestMessage;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return text.substr(0, end) + "...";
}

class Markdown {
 public:
  explicit Markdown(const Report& report) : report_(report) {}

  std::string render() {
    const std::vector<Finding>& all = report_.findings;
    auto wrong = static_cast<std::size_t>(
        std::ranges::count_if(all, [](const Finding& finding) { return finding.level >= Level::warning; }));
    auto errors = static_cast<std::size_t>(std::ranges::count(all, Level::error, &Finding::level));
    text_ = "### envleak: " + counted(errors, "error", "errors") + ", " +
            counted(wrong - errors, "warning", "warnings") + "\n\n";
    figures();
    list(0, std::min(wrong, shownFindings));
    if (wrong > shownFindings) folded("More findings", shownFindings, wrong);
    if (all.size() > wrong) folded("Notes", wrong, all.size());
    others();
    return text_;
  }

 private:
  bool add(const std::string& text, std::size_t kept = 0) {
    if (text_.size() + text.size() + kept > longest) return false;
    text_ += text;
    return true;
  }

  void figures() {
    std::string head = "| sites | ", rule = "|---:|", row = "| " + std::to_string(report_.sites.size()) + " | ";
    auto column = [&](std::string_view name, std::size_t count) {
      head += std::string(name) + " | ";
      rule += "---:|";
      row += std::to_string(count) + " | ";
    };
    if (report_.runs->runs().empty()) {
      std::map<facts::EnvironmentClass, std::size_t> classes;
      if (report_.sources != nullptr)
        for (const facts::SpawnSite& site : report_.sources->spawn_sites) ++classes[site.environment];
      for (const auto& [name, count] : classes) column(toString(name), count);
    } else {
      for (const auto& [verdict, count] : report_.agreement.verdicts) column(toString(verdict), count);
      if (report_.agreement.edges_unpredicted > 0) column("unpredicted spawns", report_.agreement.edges_unpredicted);
      column("processes", report_.agreement.images);
    }
    head.pop_back();
    row.pop_back();
    add(head + "\n" + rule + "\n" + row + "\n\n");
  }

  std::string item(const Finding& finding) const {
    std::string place = locationPrefix(finding.place.file, finding.place.line, finding.place.column);
    while (place.ends_with(' ') || place.ends_with(':')) place.pop_back();
    std::string message = finding.message;
    if (finding.count > 1) message += " (" + std::to_string(finding.count) + " times)";
    std::string text = "- **" + std::string(toString(finding.level)) + "** " +
                       (place.empty() ? finding.rule : code(place) + " " + finding.rule) + "  \n  " +
                       code(shortened(message)) + "\n";
    if (!finding.site || report_.runs->runs().empty() || finding.rule == "envleak-shadowed-file") return text;
    for (const auto& [reading, label] :
         {std::pair(Reading::read, "crossed and read"), std::pair(Reading::looked_at, "crossed and looked at"),
          std::pair(Reading::undecided, "crossed, perhaps read"), std::pair(Reading::unread, "crossed, not read")})
      if (std::string names = namesOf(*finding.site, reading); !names.empty())
        text += "  - " + std::string(label) + ": " + names + "\n";
    return text;
  }

  std::string namesOf(Index site, Reading reading) const {
    constexpr std::size_t shown = 8;
    std::string text;
    std::size_t count = 0;
    for (const CrossedVariable& variable : report_.sites[site].crossed) {
      if (variable.reading != reading || ++count > shown) continue;
      text += (text.empty() ? "" : ", ") + code(shortened(std::string(report_.runs->names()[variable.name])));
      if (report_.classes[variable.name] == VariableClass::secret) text += " (secret)";
    }
    return count > shown ? text + " and " + std::to_string(count - shown) + " more" : text;
  }

  // Whole items, as long as there is room; what follows must still fit.
  void list(std::size_t first, std::size_t last) {
    constexpr std::size_t room = 2000;
    for (std::size_t i = first; i < last; ++i)
      if (!add(item(report_.findings[i]), room)) {
        text_ += "- and " + std::to_string(last - i) + " more\n";
        break;
      }
  }

  void folded(const std::string& title, std::size_t first, std::size_t last) {
    if (!add("\n<details><summary>" + title + " (" + std::to_string(last - first) + ")</summary>\n\n", 2500)) {
      text_ += "\nand " + counted(last - first, "finding", "findings") + " more\n";
      return;
    }
    list(first, last);
    text_ += "\n</details>\n";
  }

  void others() {
    std::vector<std::string> lines = setAsideLines(report_);
    std::set<std::string> kinds;
    for (const facts::RuntimeFacts* run : report_.runs->runs())
      for (const facts::BlindSpot& spot : run->blind_spots) kinds.insert(spot.kind);
    if (!kinds.empty()) lines.push_back("blind spots: " + listNames({kinds.begin(), kinds.end()}, 10));
    if (report_.sources != nullptr) {
      auto lost = std::ranges::count_if(report_.sources->units,
                                        [](const facts::Unit& unit) { return facts::hasLostParts(unit.status); });
      if (lost > 0)
        lines.push_back(counted(static_cast<std::size_t>(lost), "unit", "units") + " not parsed without errors");
    }
    if (lines.empty()) return;
    std::string text = "\n<details><summary>Not counted, not seen</summary>\n\n";
    for (const std::string& line : lines) text += "- " + code(shortened(line)) + "\n";
    add(text + "\n</details>\n");
  }

  const Report& report_;
  std::string text_;
};

}  // namespace

std::string renderMarkdown(const Report& report) { return Markdown(report).render(); }

}  // namespace envleak::reports
