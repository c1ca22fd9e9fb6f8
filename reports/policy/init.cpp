#include "reports/policy/init.h"

#include "facts/text.h"
#include "reports/crosscheck/flow.h"
#include "reports/render/style.h"

#include <algorithm>
#include <cstdio>
#include <map>
#include <set>

namespace envleak::reports {
namespace {

// In double quotes, pure ASCII: nothing in a name can end the line, for any reader of YAML, nor in a comment.
std::string quoted(std::string_view bytes) {
  const std::string text = printable(bytes);
  std::string out = "\"";
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = utf8SequenceLength(text, at);
    unsigned code = static_cast<unsigned char>(text[at]);
    if (length > 1) code &= 0xFFU >> (length + 1);
    for (std::size_t i = 1; i < length; ++i) code = code << 6 | (static_cast<unsigned char>(text[at + i]) & 0x3F);
    char escape[12];
    if (code == '"' || code == '\\') {
      out += '\\';
      out += static_cast<char>(code);
    } else if (code >= 0x20 && code < 0x7F) {
      out += static_cast<char>(code);
    } else {
      std::snprintf(escape, sizeof escape, code > 0xFFFF ? "\\U%08x" : "\\u%04x", code);
      out += escape;
    }
    at += length;
  }
  return out + "\"";
}

// A pattern that matches the text: what has a meaning in patterns, or cannot stand in one, is any one character.
std::string pattern(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c == '*' || c == '=') c = '?';
  return quoted(out);
}

struct Child {
  std::string name;
  std::vector<Index> edges;
  std::set<Index> images;
};

class Writer {
 public:
  explicit Writer(const Report& report) : report_(report), runs_(*report.runs), followed_(runs_.names().size()) {
    for (NameId name = 0; name < followed_.size(); ++name) followed_[name] = !report.ambient(name);
    for (const VariableReport& variable : report.variables)
      for (const ShadowedFile& file : variable.shadowed_files) shadowed_[{file.image, file.name}] = file.path;
  }

  std::string render() {
    std::string entries;
    for (const Child& child : children()) entries += entryOf(child);
    std::string text =
        "# Written by 'envleak policy init' for review: what crossed to each program in the recorded runs and was\n"
        "# read there. Give each entry a reason, or take it out and mend the call. docs/policy.md has the form.\n";
    return text + (any_ ? "allow:\n" : "allow: []\n") + entries;
  }

 private:
  std::string nameOf(Index image) const { return shortPath(runs_.images()[image].facts->program); }
  static std::string shortPath(const std::string& path) { return path.substr(path.rfind('/') + 1); }

  std::vector<Child> children() const {
    std::map<std::string, Child> by_name;
    for (Index e = 0; e < runs_.edges().size(); ++e) {
      const RunEdge& edge = runs_.edges()[e];
      if (edge.failed()) continue;
      const std::string name = edge.child ? nameOf(*edge.child) : shortPath(edge.facts->program);
      Child& child = by_name[name];
      child.name = name;
      child.edges.push_back(e);
      if (edge.child) child.images.insert(*edge.child);
    }
    std::vector<Child> list;
    for (auto& [name, child] : by_name) list.push_back(std::move(child));
    return list;
  }

  std::string entryOf(const Child& child) {
    const Flow flow = follow(report_, child.edges, followed_);
    std::set<NameId> read, called, allowed;
    for (const SiteReading& reading : flow.readings) {
      read.insert(reading.name);
      if (runs_.images()[reading.image].facts->reads[reading.read].kind == facts::ReadKind::read)
        called.insert(reading.name);
    }
    std::set<std::string> from, unread, secret, open, odd;
    std::map<std::string, std::string> beats;
    bool unknown = false;
    for (Index e : child.edges) {
      const RunEdge& edge = runs_.edges()[e];
      if (!edge.facts->compared) unknown = true;
      for (NameId name : edge.crossed) {
        if (report_.ambient(name)) continue;
        const std::string text(runs_.names()[name]);
        auto shadow = edge.child ? shadowed_.find({*edge.child, name}) : shadowed_.end();
        if (shadow != shadowed_.end()) beats[text] = shadow->second;
        if (beats.contains(text)) continue;
        if (text.empty()) {
          odd.insert(text);
        } else if (read.contains(name)) {
          allowed.insert(name);
          from.insert(nameOf(edge.parent));
        } else if (flow.open.contains(name)) {
          open.insert(text);
        } else {
          (report_.classes[name] == VariableClass::secret ? secret : unread).insert(text);
        }
      }
    }
    for (const auto& [name, file] : beats)
      if (std::optional<NameId> id = runs_.find(name)) allowed.erase(*id);
    std::string text;
    if (!allowed.empty()) {
      any_ = true;
      std::map<std::string, NameId> sorted;
      for (NameId name : allowed) sorted.emplace(runs_.names()[name], name);
      text += "  - variables:\n";
      for (const auto& [name, id] : sorted) text += "      - " + pattern(name) + remark(id, called.contains(id)) + "\n";
      text += "    to: " + pattern(child.name) + "\n    from: [";
      for (const std::string& parent : from) text += (parent == *from.begin() ? "" : ", ") + pattern(parent);
      text += "]\n    reason: " + quoted("TODO: why does " + child.name + " need these?") + "\n";
    }
    std::string comments;
    comment(comments, "crossed, not read in these runs, and secret: do not hand them on", secret);
    comment(comments, "crossed, not read in these runs: perhaps not needed", unread);
    comment(comments, "crossed, and it cannot be told whether they are read (" + whyOpen(child) + ")", open);
    for (const auto& [name, file] : beats)
      comments += "    #   " + quoted(name) + " beats what the program's own file gives it: " + quoted(file) + "\n";
    if (!odd.empty()) comments += "    # crossed: a variable without a name\n";
    if (unknown) comments += "    # what crossed in some of the spawns is not known\n";
    if (comments.empty()) return text;
    return text + "    # " + quoted(child.name) + ", " + counted(child.images.size(), "process", "processes") + ":\n" +
           comments;
  }

  std::string remark(NameId name, bool by_name) const {
    std::string text = report_.classes[name] == VariableClass::secret ? "secret" : "";
    if (!by_name) text += std::string(text.empty() ? "" : ", ") + "looked at, by what code is not known";
    return text.empty() ? text : "  # " + text;
  }

  static void comment(std::string& text, const std::string& what, const std::set<std::string>& names) {
    if (names.empty()) return;
    text += "    # " + what + ":\n";
    constexpr std::size_t width = 110;
    std::string line;
    for (const std::string& name : names) {
      std::string word = quoted(name);
      if (!line.empty() && line.size() + word.size() > width) {
        text += line + "\n";
        line.clear();
      }
      line += (line.empty() ? "    #   " : " ") + word;
    }
    text += line + "\n";
  }

  // How the program's processes were observed.
  std::string whyOpen(const Child& child) const {
    std::set<std::string_view> seen;
    for (Index image : child.images)
      if (facts::Observation observation = runs_.images()[image].facts->observation;
          observation != facts::Observation::full)
        seen.insert(toString(observation));
    std::string text;
    for (std::string_view word : seen) text += (text.empty() ? "" : ", ") + std::string(word);
    return text.empty() ? "something that it started" : text;
  }

  const Report& report_;
  const Runs& runs_;
  std::vector<bool> followed_;
  std::map<std::pair<Index, NameId>, std::string> shadowed_;  // by image
  bool any_ = false;
};

}  // namespace

std::string policyFor(const Report& report) { return Writer(report).render(); }

}  // namespace envleak::reports
