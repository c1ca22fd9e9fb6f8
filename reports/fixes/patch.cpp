// Edits as a unified diff. The changed places are known, so nothing is compared.
#include "reports/fixes/fixes.h"

#include <algorithm>
#include <set>

namespace envleak::reports {
namespace {

constexpr std::size_t contextLines = 3;

std::vector<Edit> allEdits(const FileFixes& file) {
  std::set<Edit> edits;
  for (const Fix& fix : file.fixes) edits.insert(fix.edits.begin(), fix.edits.end());
  return {edits.begin(), edits.end()};
}

std::string applied(std::string_view content, const std::vector<Edit>& edits, std::size_t begin, std::size_t end) {
  std::string text;
  for (const Edit& edit : edits) {
    if (edit.begin < begin || edit.end > end) continue;
    text += content.substr(begin, edit.begin - begin);
    text += edit.text;
    begin = edit.end;
  }
  return text + std::string(content.substr(begin, end - begin));
}

std::vector<std::string_view> linesOf(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    std::size_t end = text.find('\n');
    lines.push_back(text.substr(0, end == std::string_view::npos ? end : end + 1));
    text.remove_prefix(lines.back().size());
  }
  return lines;
}

// A run of lines that is replaced: numbers of lines, from 0.
struct Change {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::vector<Edit> edits;
};

std::string marked(char mark, std::string_view line) {
  std::string text = mark + std::string(line);
  return line.ends_with('\n') ? text : text + "\n\\ No newline at end of file\n";
}

std::string range(std::size_t start, std::size_t count) {
  return std::to_string(count == 0 ? start : start + 1) + (count == 1 ? "" : "," + std::to_string(count));
}

}  // namespace

std::string edited(const FileFixes& file) {
  return applied(file.content, allEdits(file), 0, file.content.size());
}

std::string unifiedDiff(const FileFixes& file) {
  std::vector<Edit> edits = allEdits(file);
  if (edits.empty() || file.content.empty()) return {};
  std::vector<std::string_view> lines = linesOf(file.content);
  std::vector<std::size_t> starts;
  std::size_t offset = 0;
  for (std::string_view line : lines) {
    starts.push_back(offset);
    offset += line.size();
  }
  starts.push_back(offset);
  auto lineOf = [&](std::size_t at) {
    return static_cast<std::size_t>(std::ranges::upper_bound(starts.begin(), starts.end() - 1, at) - starts.begin()) - 1;
  };

  std::vector<Change> changes;
  for (const Edit& edit : edits) {
    std::size_t begin = lineOf(edit.begin);
    // An insertion at the start of a line leaves the line itself alone.
    bool between_lines = edit.begin == edit.end && edit.begin == starts[begin] && edit.text.ends_with('\n');
    std::size_t end = between_lines ? begin : lineOf(edit.end) + 1;
    if (changes.empty() || begin > changes.back().end) changes.push_back({begin, end, {}});
    changes.back().end = std::max(changes.back().end, end);
    changes.back().edits.push_back(edit);
  }

  // A tab ends a name that holds blanks.
  std::string name = file.file + (file.file.find(' ') == std::string::npos ? "\n" : "\t\n");
  std::string diff = "--- a/" + name + "+++ b/" + name;
  long shift = 0;
  for (std::size_t i = 0; i < changes.size();) {
    std::size_t last = i;
    while (last + 1 < changes.size() && changes[last + 1].begin <= changes[last].end + 2 * contextLines) ++last;
    std::size_t begin = changes[i].begin - std::min(changes[i].begin, contextLines);
    std::size_t end = std::min(lines.size(), changes[last].end + contextLines);
    std::string body;
    std::size_t at = begin, added = 0;
    for (; i <= last; ++i) {
      for (; at < changes[i].begin; ++at, ++added) body += marked(' ', lines[at]);
      for (; at < changes[i].end; ++at) body += marked('-', lines[at]);
      std::string text = applied(file.content, changes[i].edits, starts[changes[i].begin], starts[changes[i].end]);
      for (std::string_view line : linesOf(text)) {
        body += marked('+', line);
        ++added;
      }
    }
    for (; at < end; ++at, ++added) body += marked(' ', lines[at]);
    diff += "@@ -" + range(begin, end - begin) + " +" +
            range(static_cast<std::size_t>(static_cast<long>(begin) + shift), added) + " @@\n" + body;
    shift += static_cast<long>(added) - static_cast<long>(end - begin);
  }
  return diff;
}

}  // namespace envleak::reports
