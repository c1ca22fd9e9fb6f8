#include "reports/gate/changes.h"

#include "facts/error.h"
#include "facts/text.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <string_view>

namespace envleak::reports {
namespace {

struct Hunk {
  unsigned old_count = 1, new_first = 0, new_count = 1;
};

// "-5,2 +7 @@ ...": the ranges of a hunk.
std::optional<Hunk> hunkOf(std::string_view text) {
  auto number = [&](unsigned& value) {
    auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc()) return false;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    return true;
  };
  auto range = [&](char sign, unsigned& first, unsigned& count) {
    if (!text.starts_with(sign)) return false;
    text.remove_prefix(1);
    if (!number(first)) return false;
    if (!text.starts_with(',')) return true;
    text.remove_prefix(1);
    return number(count);
  };
  Hunk hunk;
  unsigned old_first = 0;
  if (!range('-', old_first, hunk.old_count) || !text.starts_with(' ')) return std::nullopt;
  text.remove_prefix(1);
  if (!range('+', hunk.new_first, hunk.new_count) || !text.starts_with(" @@")) return std::nullopt;
  return hunk;
}

// A name as git quotes it, in the manner of C.
std::string unquoted(std::string_view text) {
  constexpr std::string_view letters = "abtnvfr", meant = "\a\b\t\n\v\f\r";
  std::string name;
  for (std::size_t at = 1; at < text.size() && text[at] != '"'; ++at) {
    if (text[at] != '\\' || at + 1 == text.size()) {
      name += text[at];
      continue;
    }
    const char c = text[++at];
    if (c >= '0' && c <= '7') {
      unsigned value = 0;
      std::size_t end = at;
      for (; end < text.size() && end < at + 3 && text[end] >= '0' && text[end] <= '7'; ++end)
        value = value * 8 + static_cast<unsigned>(text[end] - '0');
      name += static_cast<char>(value);
      at = end - 1;
    } else if (std::size_t letter = letters.find(c); letter != std::string_view::npos) {
      name += meant[letter];
    } else {
      name += c;
    }
  }
  return name;
}

// The name after "--- " or "+++ "; what follows a tab is a date.
std::string nameOf(std::string_view header) {
  header.remove_prefix(4);
  if (header.starts_with('"')) return unquoted(header);
  return std::string(header.substr(0, header.find('\t')));
}

// Without the letter that git puts before the two sides (a/ and b/, i/ and w/...), unless it was told not to.
std::string withoutSide(const std::string& old_name, const std::string& new_name) {
  auto side = [](const std::string& name) { return name.size() > 2 && name[1] == '/' ? name[0] : '\0'; };
  const char here = side(new_name), there = side(old_name);
  const bool added = old_name == "/dev/null" && std::string_view("bwi2").find(here) != std::string_view::npos;
  std::string name = here != '\0' && (added || (there != '\0' && there != here)) ? new_name.substr(2) : new_name;
  while (name.starts_with("./")) name.erase(0, 2);
  return name;
}

// Lines come in order: those that touch become one range.
void add(ChangedLines::Ranges& ranges, unsigned first, unsigned last) {
  if (!ranges.empty() && first <= ranges.back().second + 1 && first >= ranges.back().first)
    ranges.back().second = std::max(ranges.back().second, last);
  else
    ranges.push_back({first, last});
}

}  // namespace

ChangedLines ChangedLines::fromDiff(const std::string& text, const std::string& origin, const std::string& prefix) {
  ChangedLines changes;
  changes.whole_paths_ = !prefix.empty();
  std::string old_name;
  Ranges* ranges = nullptr;
  Ranges deleted_file;
  Hunk hunk{0, 0, 0};
  unsigned next = 0;  // line of the new side
  std::size_t number = 0;
  bool any = false;
  auto fail = [&](const std::string& what) {
    return InputError(oneLine(origin) + ":" + std::to_string(number) + ": " + what + "; 'git diff BASE' writes one");
  };
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    std::string_view line = std::string_view(text).substr(at, end - at);
    at = end + 1;
    ++number;
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (hunk.old_count > 0 || hunk.new_count > 0) {
      const char kind = line.empty() ? ' ' : line.front();
      if (kind == '\\') continue;
      const bool has_old = kind != '+', has_new = kind != '-';
      if ((kind != ' ' && kind != '+' && kind != '-') || (has_old && hunk.old_count == 0) ||
          (has_new && hunk.new_count == 0))
        throw fail("is no unified diff: a hunk is shorter than it says");
      if (has_old) --hunk.old_count;
      if (has_new) --hunk.new_count;
      // What was taken away changes the lines around it.
      if (kind == '-') add(*ranges, std::max(next, 2U) - 1, next);
      if (kind == '+') add(*ranges, next, next);
      if (has_new) ++next;
    } else if (line.starts_with("--- ")) {
      old_name = nameOf(line);
    } else if (line.starts_with("+++ ")) {
      any = true;
      const std::string name = nameOf(line);
      ranges = name == "/dev/null" ? &deleted_file : &changes.files_[prefix + withoutSide(old_name, name)];
    } else if (line.starts_with("@@@")) {
      throw fail("is the diff of a merge, which has several old sides");
    } else if (line.starts_with("@@ ")) {
      std::optional<Hunk> found = hunkOf(line.substr(3));
      if (!found || ranges == nullptr) throw fail("is no unified diff");
      hunk = *found;
      next = hunk.new_count == 0 ? hunk.new_first + 1 : hunk.new_first;  // "+5,0": after line 5
    } else if (line.starts_with("diff --git ")) {
      any = true;  // perhaps without hunks: a rename, a binary file
    }
  }
  if (hunk.old_count > 0 || hunk.new_count > 0) throw fail("is no unified diff: its end is missing");
  if (!any && text.find_first_not_of(" \t\r\n") != std::string::npos) throw fail("is no unified diff");
  return changes;
}

ChangedLines::Ranges ChangedLines::of(const std::string& path) const {
  if (whole_paths_) {
    auto found = files_.find(path);
    return found == files_.end() ? Ranges() : found->second;
  }
  Ranges all;
  for (const auto& [name, ranges] : files_)
    if (path.ends_with(name) &&
        (path.size() == name.size() || name.starts_with('/') || path[path.size() - name.size() - 1] == '/'))
      all.insert(all.end(), ranges.begin(), ranges.end());
  return all;
}

ChangeFilter::ChangeFilter(const Report& report, const ChangedLines& changes) : report_(report), changes_(changes) {
  if (report.sources == nullptr) return;
  for (const facts::SpawnSite& site : report.sources->spawn_sites) sites_.try_emplace(site.id, &site);
  for (const facts::Program& program : report.sources->programs) programs_.try_emplace(program.id, &program);
}

bool ChangeFilter::belongs(const Finding& finding) const {
  if (touches(finding.place.file, finding.place.line)) return true;
  if (finding.site && site(*finding.site)) return true;
  if (finding.edge && edge(*finding.edge)) return true;
  return finding.image && finding.variable && reads(*finding.image, *finding.variable);
}

bool ChangeFilter::site(Index index) const {
  const facts::SpawnSite& site = report_.sources->spawn_sites[index];
  auto other = [&](const std::string& id) {
    auto found = sites_.find(id);
    return found != sites_.end() && call(*found->second);
  };
  if (call(site) || other(site.decided_at) || std::ranges::any_of(site.callers, other)) return true;
  for (const std::string& id : site.children)
    if (auto program = programs_.find(id); program != programs_.end())
      for (const facts::Program::Read& read : program->second->reads)
        if (touches(read.file, read.line)) return true;
  return std::ranges::any_of(report_.sites[index].read,
                             [&](const SiteReading& read) { return touches(read.place.file, read.place.line); });
}

bool ChangeFilter::call(const facts::SpawnSite& site) const {
  return touches(site.file, site.line, site.end_line) ||
         std::ranges::any_of(site.path, [&](const facts::PathStep& step) { return touches(step.file, step.line); });
}

bool ChangeFilter::reads(Index image, NameId name) const {
  const RunImage& of = report_.runs->images()[image];
  for (const ByName& entry : entriesOf(of.reads, name)) {
    const Place place = report_.files->place(of.facts->reads[entry.index].frames);
    if (touches(place.file, place.line)) return true;
  }
  return false;
}

bool ChangeFilter::edge(Index index) const {
  if (report_.sources != nullptr) {
    const EdgeJoin& join = report_.join.edges[index];
    auto called = [&](Index i) { return call(report_.sources->spawn_sites[i]); };
    if (std::ranges::any_of(join.sites, called) || std::ranges::any_of(join.wrappers, called)) return true;
  }
  const Place place = report_.files->place(report_.runs->edges()[index].facts->frames);
  return touches(place.file, place.line);
}

bool ChangeFilter::touches(const std::string& file, unsigned line, unsigned last) const {
  if (file.empty()) return false;
  auto [entry, is_new] = known_.try_emplace(file);
  if (is_new) entry->second = changes_.of(file.starts_with('/') ? file : report_.files->root() + "/" + file);
  last = std::max(line, last);
  return std::ranges::any_of(entry->second,
                             [&](const auto& range) { return range.first <= last && line <= range.second; });
}

}  // namespace envleak::reports
