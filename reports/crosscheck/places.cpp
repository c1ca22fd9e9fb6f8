#include "reports/crosscheck/places.h"

#include "facts/text.h"
#include "runtime-probe/trace/modules.h"

#include <algorithm>
#include <filesystem>

namespace envleak::reports {
namespace {

std::string_view baseName(std::string_view path) { return path.substr(path.rfind('/') + 1); }

// Is `tail` the end of `path`, cut at a slash?
bool endsPath(std::string_view path, std::string_view tail) {
  return path.ends_with(tail) && (path.size() == tail.size() || path[path.size() - tail.size() - 1] == '/');
}

bool below(std::string_view path, std::string_view root) {
  return root.size() > 1 && path.size() > root.size() && path.starts_with(root) && path[root.size()] == '/';
}

}  // namespace

// Where the packages of a language lie: what is called from there says less than who calls it.
bool isScriptLibrary(std::string_view file) {
  constexpr std::string_view folders[] = {"/vendor/", "/node_modules/", "/site-packages/", "/dist-packages/", "/gems/"};
  constexpr std::string_view starts[] = {"/usr/share/php/",  "/usr/share/perl", "/usr/lib/python3", "/usr/lib/ruby/",
                                         "/usr/lib/x86_64-linux-gnu/perl", "/usr/share/nodejs/", "/usr/share/ruby",
                                         "/etc/perl/", "node:", "<frozen ", "<internal:", "internal/"};
  return std::ranges::any_of(folders, [&](std::string_view folder) { return file.find(folder) != file.npos; }) ||
         std::ranges::any_of(starts, [&](std::string_view start) { return file.starts_with(start); });
}

std::string normalPath(std::string_view path) {
  std::string normal = std::filesystem::path(path).lexically_normal().string();
  while (normal.size() > 1 && normal.back() == '/') normal.pop_back();
  return normal;
}

std::string_view baseFunction(std::string_view name) {
  // Cut parameters and template arguments off the end, then the qualification.
  int depth = 0;
  std::size_t end = name.size();
  for (std::size_t i = name.size(); i-- > 0;) {
    char c = name[i];
    if (c == ')' || c == '>') {
      ++depth;
    } else if (c == '(' || c == '<') {
      if (depth > 0 && --depth == 0) end = i;
    } else if (depth == 0 && c == ':') {
      return name.substr(i + 1, end - i - 1);
    }
  }
  return name.substr(0, end);
}

SourceFiles::SourceFiles(const std::string& directory) : root_(normalPath(directory)) {}

SourceFiles::SourceFiles(const facts::StaticFacts& sources) : root_(normalPath(sources.root)) {
  auto add = [&](const std::string& file) {
    if (file.empty()) return;
    auto [entry, is_new] = by_name_.try_emplace(file, static_cast<FileId>(names_.size()));
    if (!is_new) return;
    names_.push_back(printable(file));
    by_path_.try_emplace(printable(normalPath(file.front() == '/' ? file : root_ + "/" + file)), entry->second);
    if (file.front() != '/') by_base_[printable(baseName(file))].push_back(entry->second);
  };
  for (const facts::Unit& unit : sources.units) add(unit.file);
  for (const facts::SpawnSite& site : sources.spawn_sites) add(site.file);
  for (const facts::EnvironmentRead& read : sources.environment_reads) add(read.file);
  for (const facts::EnvironmentWrite& write : sources.environment_writes) add(write.file);
  for (const facts::OtherName& other : sources.other_names) {
    auto file = by_name_.find(other.file);
    if (file == by_name_.end()) continue;
    by_path_.try_emplace(printable(normalPath(other.name.starts_with('/') ? other.name : root_ + "/" + other.name)), file->second);
  }
}

std::optional<FileId> SourceFiles::find(const std::string& relative) const {
  auto found = by_name_.find(relative);
  if (found == by_name_.end()) return std::nullopt;
  return found->second;
}

const SourceFiles::Match& SourceFiles::match(const std::string& path) const {
  auto found = cache_.find(path);
  if (found == cache_.end()) found = cache_.emplace(path, compute(path)).first;
  return found->second;
}

SourceFiles::Match SourceFiles::compute(const std::string& path) const {
  if (path.empty() || names_.empty()) return {};
  std::string normal = printable(normalPath(path));
  if (auto found = by_path_.find(normal); found != by_path_.end()) return {found->second, true};
  if (below(normal, printable(root_))) return {std::nullopt, true};
  auto found = by_base_.find(std::string(baseName(normal)));
  if (found == by_base_.end()) return {};
  std::optional<FileId> best;
  bool relative = normal.front() != '/';
  for (FileId id : found->second) {
    // A bare file name says too little about a path elsewhere: "main.c" is everywhere.
    const std::string& name = names_[id];
    bool fits = endsPath(normal, name) && (relative || name.find('/') != std::string::npos);
    if (fits && (!best || name.size() > names_[*best].size())) best = id;
  }
  if (best || !relative) return {best, false};
  for (FileId id : found->second) {
    if (!endsPath(names_[id], normal)) continue;
    if (best) return {};  // several files end so
    best = id;
  }
  return {best, false};
}

std::string SourceFiles::display(const std::string& path) const {
  if (path.empty()) return path;
  if (const Match& known = match(path); known.file) return names_[*known.file];
  std::string normal = normalPath(path);
  return below(normal, root_) ? normal.substr(root_.size() + 1) : normal;
}

const Place& SourceFiles::place(const facts::SharedList<facts::Frame>& frames) const {
  auto [known, is_new] = places_.try_emplace(frames.identity());
  if (is_new) known->second = {frames, compute(frames.get())};
  return known->second.place;
}

// A library that reads on its own account, an extension of the interpreter included, is named beside the program's line.
Place SourceFiles::ofScript(const std::vector<facts::Frame>& frames) const {
  auto machine = std::ranges::find_if(frames, [](const facts::Frame& frame) { return frame.language.empty(); });
  auto own = std::find_if(frames.begin(), machine, [](const facts::Frame& frame) { return !isScriptLibrary(frame.file); });
  const facts::Frame& frame = own != machine ? *own : frames.front();
  Place place;
  place.language = frame.language;
  place.file = display(frame.file);
  place.line = frame.line;
  place.function = frame.function;
  if (machine != frames.end()) {
    place.module = machine->module;
    if (place.module != frames.back().module && !trace::isSystemRuntime(place.module)) place.by = place.module;
  }
  if (place.by.empty() && frame.file != frames.front().file && isScriptLibrary(frames.front().file))
    place.by = frames.front().file;
  return place;
}

std::optional<Place> SourceFiles::placeInInterpreter(const std::vector<facts::Frame>& frames) const {
  if (frames.empty() || frames.front().language.empty()) return std::nullopt;
  auto machine = std::ranges::find_if(frames, [](const facts::Frame& frame) { return frame.language.empty(); });
  if (machine == frames.end()) return std::nullopt;
  return compute(std::vector<facts::Frame>(machine, frames.end()));
}

Place SourceFiles::compute(const std::vector<facts::Frame>& frames) const {
  if (!frames.empty() && !frames.front().language.empty()) return ofScript(frames);
  Place place;
  if (frames.empty()) return place;
  place.module = frames.front().module;
  place.function = frames.front().function;
  auto wanted = [](const facts::Frame& frame) {
    return !frame.file.empty() && frame.line != 0 && !trace::isSystemRuntime(frame.module);
  };
  auto frame = std::ranges::find_if(frames, wanted);
  if (frame == frames.end()) {
    frame = frames.begin();
    if (frame->file.empty() || frame->line == 0) return place;
  }
  place.file = display(frame->file);
  place.line = frame->line;
  place.column = frame->column;
  place.function = frame->function;
  if (frame->module != place.module && !trace::isSystemRuntime(place.module)) place.by = place.module;
  return place;
}

}  // namespace envleak::reports
