#include "analyzer/frontend/closure.h"

#include "analyzer/frontend/cursor.h"
#include "analyzer/frontend/regular_file.h"

#include <llvm/Support/xxhash.h>

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <set>

namespace envleak::analyzer {
namespace {

bool notBefore(const timespec& time, const timespec& start) {
  return time.tv_sec != start.tv_sec ? time.tv_sec > start.tv_sec : time.tv_nsec >= start.tv_nsec;
}

std::string absolute(const std::string& path, const std::string& directory) {
  return path.starts_with('/') ? path : directory + "/" + path;
}

std::string folderOf(const std::string& path) { return path.substr(0, path.rfind('/')); }

// The folders that the command names for includes, in its order.
std::vector<std::string> includeFolders(const CompileCommand& command) {
  std::vector<std::string> folders;
  for (std::size_t i = 0; i < command.arguments.size(); ++i)
    for (std::string_view option : {"-iquote", "-I", "-isystem", "-idirafter"}) {
      const std::string& word = command.arguments[i];
      if (!word.starts_with(option)) continue;
      if (word.size() > option.size())
        folders.push_back(absolute(word.substr(option.size()), command.directory));
      else if (i + 1 < command.arguments.size())
        folders.push_back(absolute(command.arguments[i + 1], command.directory));
      break;
    }
  return folders;
}

// The name in "'NAME' file not found"; empty if the message is another.
std::string missingInclude(const std::string& message) {
  constexpr std::string_view end = "' file not found";
  std::size_t at = message.find(end);
  if (!message.starts_with('\'') || at == std::string::npos) return {};
  return message.substr(1, at - 1);
}

}  // namespace

std::uint64_t contentHash(std::string_view bytes) {
  return llvm::xxh3_64bits(llvm::StringRef(bytes.data(), bytes.size()));
}

timespec fileClock() {
  timespec now{};
  ::clock_gettime(CLOCK_REALTIME_COARSE, &now);
  return now;
}

bool writtenSince(const std::string& path, timespec started) {
  struct stat status{};
  return ::stat(path.c_str(), &status) != 0 || notBefore(status.st_ctim, started);
}

bool DatedHashes::Dated::operator==(const Dated& other) const {
  return date.tv_sec == other.date.tv_sec && date.tv_nsec == other.date.tv_nsec && device == other.device &&
         inode == other.inode && size == other.size;
}

std::optional<DatedHashes::Dated> DatedHashes::dated(const std::string& path) {
  struct stat status{};
  if (::stat(path.c_str(), &status) != 0) return std::nullopt;
  return Dated{status.st_ctim, status.st_dev, status.st_ino, static_cast<std::uint64_t>(status.st_size)};
}

DatedHashes::Version DatedHashes::of(const std::string& path, timespec started) {
  if (auto known = known_.find(path); known != known_.end() && dated(path) == known->second.first)
    return {known->second.second, notBefore(known->second.first.date, started)};
  Version version{hashOfFile(path).value_or(0), false};
  const std::optional<Dated> date = dated(path);  // after it was read
  version.since = !date || notBefore(date->date, started);
  if (!version.since) known_.insert_or_assign(path, std::pair(*date, version.hash));
  return version;
}

Closure closureOf(CXTranslationUnit unit, const CompileCommand& command, timespec started, DatedHashes& hashes,
                  const PresumedFiles& presumed, const std::vector<std::string>& preamble) {
  struct Visit {
    const std::string& directory;
    std::vector<std::string> paths;
    std::set<CXFile> seen;
  } visit{command.directory, {}, {}};
  clang_getInclusions(
      unit,
      [](CXFile file, CXSourceLocation*, unsigned, CXClientData data) {
        Visit& all = *static_cast<Visit*>(data);
        if (file && all.seen.insert(file).second) all.paths.push_back(absolute(take(clang_getFileName(file)), all.directory));
      },
      &visit);
  if (!preamble.empty()) {
    const std::set<std::string> before(preamble.begin(), preamble.end());
    std::erase_if(visit.paths, [&](const std::string& path) { return before.contains(path); });
    visit.paths.insert(visit.paths.begin() + (visit.paths.empty() ? 0 : 1), preamble.begin(), preamble.end());
  }
  Closure closure;
  // Not by clang_getFileContents(), which searches all includes and macro expansions of the unit for each file.
  for (std::string& path : visit.paths) {
    const DatedHashes::Version version = hashes.of(path, started);
    if (version.since && closure.changed.empty()) closure.changed = path;
    closure.files.push_back({std::move(path), version.hash});
  }
  std::set<std::string> absent = presumed.missed;
  for (const std::string& path : presumed.found)
    if (std::ranges::find(closure.files, path, &SourceVersion::path) == closure.files.end())
      if (std::optional<std::uint64_t> hash = hashOfFile(path)) {
        closure.files.push_back({path, *hash});
        if (closure.changed.empty() && writtenSince(path, started)) closure.changed = path;
      }
  for (unsigned i = 0, count = clang_getNumDiagnostics(unit); i < count; ++i) {
    CXDiagnostic diagnostic = clang_getDiagnostic(unit, i);
    std::string name = missingInclude(take(clang_getDiagnosticSpelling(diagnostic)));
    if (!name.empty()) {
      CXFile file = nullptr;
      clang_getExpansionLocation(clang_getDiagnosticLocation(diagnostic), &file, nullptr, nullptr, nullptr);
      if (file) absent.insert(absolute(name, folderOf(absolute(take(clang_getFileName(file)), command.directory))));
      for (const std::string& folder : includeFolders(command)) absent.insert(absolute(name, folder));
    }
    clang_disposeDiagnostic(diagnostic);
  }
  closure.absent.assign(absent.begin(), absent.end());
  return closure;
}

std::optional<std::uint64_t> hashOfFile(const std::string& path) {
  std::optional<std::string> content = readRegularFile(path);
  return content ? std::optional(contentHash(*content)) : std::nullopt;
}

std::optional<std::uint64_t> FileHashes::of(const std::string& path) {
  auto [found, added] = hashes_.try_emplace(path);
  if (added) found->second = hashOfFile(path);
  return found->second;
}

bool FileHashes::exists(const std::string& path) {
  auto [found, added] = existing_.try_emplace(path, false);
  if (added) found->second = ::access(path.c_str(), F_OK) == 0;
  return found->second;
}

bool FileHashes::current(const Closure& closure) {
  for (const SourceVersion& file : closure.files)
    if (of(file.path) != file.hash) return false;
  for (const std::string& path : closure.absent)
    if (exists(path)) return false;
  return true;
}

}  // namespace envleak::analyzer
