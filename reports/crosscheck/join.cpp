#include "reports/crosscheck/join.h"

#include <algorithm>
#include <array>

namespace envleak::reports {
namespace {

using facts::SiteKind;
using facts::SpawnSite;

// The name without what compilers, headers and libc add to it: "std::system", "__execve", "__popen_chk".
std::string_view plainApi(std::string_view name) {
  name = baseFunction(name);
  while (name.starts_with('_')) name.remove_prefix(1);
  if (name.starts_with("IO_")) name.remove_prefix(3);
  if (name.ends_with("_chk")) name.remove_suffix(4);
  return name;
}

int family(std::string_view api) {
  if (api.starts_with("exec") || api == "fexecve" || api == "syscall") return 1;
  if (api.starts_with("posix_spawn") || api.starts_with("pidfd_spawn")) return 2;
  if (api == "system" || api == "popen" || api == "wordexp") return 3;
  return 0;
}

bool systemModule(std::string_view module) {
  constexpr std::array<std::string_view, 5> folders{"/usr/", "/lib", "/bin/", "/sbin/", "/opt/"};
  return module.empty() || module.front() == '[' ||
         std::ranges::any_of(folders, [&](std::string_view folder) { return module.starts_with(folder); });
}

// Sites by file and line; a call that spans lines is listed at each.
class SiteIndex {
 public:
  SiteIndex(const facts::StaticFacts& sources, const SourceFiles& files) : sites_(sources.spawn_sites) {
    for (Index i = 0; i < sites_.size(); ++i) {
      const SpawnSite& site = sites_[i];
      by_id_.try_emplace(site.id, i);
      std::optional<FileId> file = files.find(site.file);
      if (!file) continue;
      // A bound, for facts that claim a call of a million lines.
      unsigned last = std::min(std::max(site.end_line, site.line), site.line + 2000);
      for (unsigned line = site.line; line <= last; ++line) by_line_[key(*file, line)].push_back(i);
      for (const facts::Position& position : site.positions)
        if (std::vector<Index>& there = by_line_[key(*file, position.line)]; there.empty() || there.back() != i) there.push_back(i);
    }
  }

  const SpawnSite& operator[](Index i) const { return sites_[i]; }

  std::optional<Index> find(const std::string& id) const {
    auto found = by_id_.find(id);
    if (found == by_id_.end()) return std::nullopt;
    return found->second;
  }

  // The sites that `wanted` accepts and that fit the frame best: by line and column, else by line, else because the
  // call spans the line.
  template <typename Wanted>
  std::vector<Index> at(FileId file, const facts::Frame& frame, const Wanted& wanted) const {
    auto found = by_line_.find(key(file, frame.line));
    if (found == by_line_.end()) return {};
    std::array<std::vector<Index>, 3> by_quality;
    for (Index i : found->second) {
      if (!wanted(sites_[i])) continue;
      by_quality[quality(sites_[i], frame)].push_back(i);
    }
    for (std::vector<Index>& candidates : by_quality)
      if (!candidates.empty()) return candidates;
    return {};
  }

 private:
  static std::uint64_t key(FileId file, unsigned line) { return (std::uint64_t{file} << 32) | line; }

  static std::size_t quality(const SpawnSite& site, const facts::Frame& frame) {
    bool line = site.line == frame.line;
    for (const facts::Position& position : site.positions) {
      if (position.line != frame.line) continue;
      if (frame.column != 0 && position.column == frame.column) return 0;
      line = true;
    }
    return line ? 1 : 2;
  }

  const std::vector<SpawnSite>& sites_;
  std::unordered_map<std::uint64_t, std::vector<Index>> by_line_;
  std::unordered_map<std::string_view, Index> by_id_;
};

// Keeps the candidates with the best score.
template <typename Score>
void narrow(const SiteIndex& sites, std::vector<Index>& candidates, const Score& score) {
  if (candidates.size() < 2) return;
  int best = 0;
  for (Index i : candidates) best = std::max(best, score(sites[i]));
  std::erase_if(candidates, [&](Index i) { return score(sites[i]) < best; });
}

class Joiner {
 public:
  Joiner(const facts::StaticFacts& sources, const SourceFiles& files) : files_(files), sites_(sources, files) {
    for (Index i = 0; i < sources.spawn_sites.size(); ++i)
      if (sources.spawn_sites[i].kind != SiteKind::wrapper)
        by_function_[std::string(baseFunction(sources.spawn_sites[i].function))].push_back(i);
  }

  // `parent`: the program that spawned.
  EdgeJoin join(const facts::Edge& edge, const std::string& parent) const {
    EdgeJoin result;
    bool no_lines = unlocated(edge, parent);
    const std::vector<facts::Frame>& frames = edge.frames;
    Index at = 0;  // the frame that explains it
    for (Index i = 0; i < frames.size() && result.sites.empty(); ++i) {
      const SourceFiles::Match& match = files_.match(frames[i].file);
      if (!match.own()) continue;
      if (!result.frame) result.frame = i;
      if (!match.file) continue;
      at = i;
      result.sites = direct(edge, frames[i], *match.file);
      if (result.sites.empty() && result.frame == i)
        result.sites = behindWrapper(edge, frames[i], *match.file, result.wrappers);
    }
    if (result.sites.empty() && !result.frame && no_lines) result.sites = byName(edge);
    if (result.sites.empty()) {
      result.kind = result.frame ? JoinKind::unpredicted : no_lines ? JoinKind::unlocated : JoinKind::outside;
      return result;
    }
    result.kind = result.sites.size() == 1 ? JoinKind::site : JoinKind::ambiguous;
    addWrappers(edge, at + 1, result);
    return result;
  }

 private:
  std::vector<Index> direct(const facts::Edge& edge, const facts::Frame& frame, FileId file) const {
    std::vector<Index> found;
    if (frame.line == 0) {  // equal calls merged by the compiler: only the function is left
      found = inFunction(frame.function, edge);
      std::erase_if(found, [&](Index i) { return files_.find(sites_[i].file) != file; });
    } else {
      found = sites_.at(file, frame, [](const SpawnSite& site) { return site.kind != SiteKind::wrapper; });
    }
    narrow(sites_, found, [&](const SpawnSite& site) { return apiLikeness(site.callee, edge.api); });
    narrow(sites_, found, [&](const SpawnSite& site) { return sameFunction(site, frame) ? 1 : 0; });
    return found;
  }

  // The spawn itself has left no frame with a line (a tail call, merged code, no debug information): what the project's
  // function called at this line ends in.
  std::vector<Index> behindWrapper(const facts::Edge& edge, const facts::Frame& frame, FileId file,
                                   std::vector<Index>& wrappers) const {
    std::vector<Index> calls =
        sites_.at(file, frame, [](const SpawnSite& site) { return site.kind == SiteKind::wrapper; });
    std::vector<Index> found;
    for (Index call : calls) {
      std::vector<Index> ends;
      for (const std::string& id : sites_[call].spawns)
        if (std::optional<Index> end = sites_.find(id)) ends.push_back(*end);
      bool only = ends.size() == 1;
      std::erase_if(ends, [&](Index i) { return !sites_[i].tail && !only; });
      if (ends.empty()) continue;
      wrappers.push_back(call);
      for (Index end : ends)
        if (std::ranges::find(found, end) == found.end()) found.push_back(end);
    }
    narrow(sites_, found, [&](const SpawnSite& site) { return apiLikeness(site.callee, edge.api); });
    return found;
  }

  // Without debug information: the one site of the very same API in a function of the innermost frame's name.
  std::vector<Index> byName(const facts::Edge& edge) const {
    if (edge.frames.empty()) return {};
    std::vector<Index> found = inFunction(edge.frames.front().function, edge);
    if (found.size() != 1) found.clear();
    return found;
  }

  std::vector<Index> inFunction(const std::string& function, const facts::Edge& edge) const {
    auto found = by_function_.find(std::string(baseFunction(function)));
    if (function.empty() || found == by_function_.end()) return {};
    std::vector<Index> sites = found->second;
    std::erase_if(sites, [&](Index i) { return apiLikeness(sites_[i].callee, edge.api) < 2; });
    return sites;
  }

  void addWrappers(const facts::Edge& edge, Index first, EdgeJoin& result) const {
    for (Index i = first; i < edge.frames.size(); ++i) {
      const facts::Frame& frame = edge.frames[i];
      const SourceFiles::Match& match = files_.match(frame.file);
      if (!match.file || frame.line == 0) continue;
      std::vector<Index> calls = sites_.at(*match.file, frame, [&](const SpawnSite& site) {
        if (site.kind != SiteKind::wrapper) return false;
        return site.spawns.empty() || std::ranges::any_of(result.sites, [&](Index end) {
                 return std::ranges::find(site.spawns, sites_[end].id) != site.spawns.end();
               });
      });
      // The frame inside tells which function was called here.
      std::string_view inner = baseFunction(edge.frames[i - 1].function);
      narrow(sites_, calls, [&](const SpawnSite& site) { return baseFunction(site.callee) == inner ? 1 : 0; });
      narrow(sites_, calls, [&](const SpawnSite& site) { return sameFunction(site, frame) ? 1 : 0; });
      for (Index call : calls)
        if (std::ranges::find(result.wrappers, call) == result.wrappers.end()) result.wrappers.push_back(call);
    }
  }

  static bool sameFunction(const SpawnSite& site, const facts::Frame& frame) {
    return !frame.function.empty() && baseFunction(site.function) == baseFunction(frame.function);
  }

  // The code that spawned is none of the system's, and nowhere in it is a source line known.
  static bool unlocated(const facts::Edge& edge, const std::string& parent) {
    if (edge.frames.empty()) return !systemModule(parent);
    bool any = false;
    for (const facts::Frame& frame : edge.frames) {
      if (systemModule(frame.module)) continue;
      if (!frame.file.empty()) return false;
      any = true;
    }
    return any;
  }

  const SourceFiles& files_;
  SiteIndex sites_;
  std::unordered_map<std::string, std::vector<Index>> by_function_;
};

}  // namespace

std::string_view toString(JoinKind kind) {
  switch (kind) {
    case JoinKind::site:
      return "site";
    case JoinKind::ambiguous:
      return "ambiguous";
    case JoinKind::unpredicted:
      return "unpredicted";
    case JoinKind::unlocated:
      return "unlocated";
    case JoinKind::outside:
      break;
  }
  return "outside";
}

int apiLikeness(std::string_view callee, std::string_view api) {
  callee = plainApi(callee);
  api = plainApi(api);
  if (callee == api) return 2;
  return family(callee) != 0 && family(callee) == family(api) ? 1 : 0;
}

JoinResult join(const Runs& runs, const facts::StaticFacts* sources, const SourceFiles& files) {
  JoinResult result;
  result.edges.resize(runs.edges().size());
  if (sources == nullptr) return result;
  result.edges_of_site.resize(sources->spawn_sites.size());
  Joiner joiner(*sources, files);
  for (Index i = 0; i < runs.edges().size(); ++i) {
    EdgeJoin& edge = result.edges[i];
    edge = joiner.join(*runs.edges()[i].facts, runs.images()[runs.edges()[i].parent].facts->program);
    for (Index site : edge.sites) result.edges_of_site[site].push_back(i);
    for (Index site : edge.wrappers) result.edges_of_site[site].push_back(i);
  }
  return result;
}

}  // namespace envleak::reports
