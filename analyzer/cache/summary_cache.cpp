#include "analyzer/cache/summary_cache.h"

#include "analyzer/analyzer.h"
#include "analyzer/frontend/archive.h"
#include "analyzer/frontend/summary_fields.h"
#include "facts/error.h"
#include "facts/text.h"

#include <llvm/Support/xxhash.h>

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace envleak::analyzer {
namespace {

constexpr std::size_t variantsKept = 4;  // of one command: branches that a checkout goes back to
constexpr std::uint64_t fileLimit = std::uint64_t{1} << 30;

std::string hexHash(std::string_view bytes) {
  llvm::XXH128_hash_t hash =
      llvm::xxh3_128bits(llvm::ArrayRef(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()));
  char text[33];
  std::snprintf(text, sizeof text, "%016llx%016llx", static_cast<unsigned long long>(hash.high64),
                static_cast<unsigned long long>(hash.low64));
  return text;
}

template <typename... Value>
std::string archiveOf(const Value&... values) {
  Encoder encoder;
  encoder(values...);
  return encoder.take();
}

// nullopt if there is no such file. Marks it as used now.
std::optional<std::string> readEntry(const std::string& file) {
  int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
  if (descriptor < 0) return std::nullopt;
  struct stat status{};
  std::optional<std::string> content;
  if (::fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode) &&
      static_cast<std::uint64_t>(status.st_size) <= fileLimit) {
    content.emplace(static_cast<std::size_t>(status.st_size), '\0');
    std::size_t length = 0;
    for (ssize_t count = 1; count > 0 && length < content->size(); length += static_cast<std::size_t>(count)) {
      count = ::read(descriptor, content->data() + length, content->size() - length);
      if (count < 0) break;
    }
    content->resize(length);
    ::futimens(descriptor, nullptr);
  }
  ::close(descriptor);
  return content;
}

bool makeFolder(const std::string& folder) {
  if (::mkdir(folder.c_str(), 0700) == 0) return true;
  struct stat status{};
  if (errno != EEXIST || ::stat(folder.c_str(), &status) != 0) return false;
  errno = ENOTDIR;
  return S_ISDIR(status.st_mode);
}

bool writeEntry(const std::string& file, std::string_view content) {
  if (!makeFolder(file.substr(0, file.rfind('/')))) return false;
  std::string temporary = file + ".XXXXXX";
  int descriptor = ::mkostemp(temporary.data(), O_CLOEXEC);
  if (descriptor < 0) return false;
  bool good = true;
  for (std::string_view rest = content; good && !rest.empty();) {
    ssize_t written = ::write(descriptor, rest.data(), rest.size());
    if (written < 0 && errno == EINTR) continue;
    good = written > 0;
    if (good) rest.remove_prefix(static_cast<std::size_t>(written));
  }
  good = ::close(descriptor) == 0 && good;
  if (good) good = ::rename(temporary.c_str(), file.c_str()) == 0;
  if (!good) ::unlink(temporary.c_str());
  return good;
}

template <typename Visit>
void forEachName(const std::string& folder, Visit visit) {
  DIR* directory = ::opendir(folder.c_str());
  if (!directory) return;
  while (const dirent* entry = ::readdir(directory))
    if (entry->d_name[0] != '.') visit(folder + "/" + entry->d_name);
  ::closedir(directory);
}

struct Variant {
  Closure closure;
  std::string summary;  // key
};

}  // namespace

struct SummaryCache::Variants {
  std::string identity;
  CompileCommand command;
  std::uint64_t includes = 0;
  std::vector<Variant> all;  // the last one first
};

template <>
struct Fields<Variant> {
  static void list(auto& archive, auto& value) {
    auto& [closure, summary] = value;
    archive(closure, summary);
  }
};

template <>
struct Fields<SummaryCache::Result> {
  static void list(auto& archive, auto& value) {
    auto& [sources, facts, looked_up, not_parsed] = value;
    archive(sources, facts, looked_up, not_parsed);
  }
};

SummaryCache::SummaryCache(std::string folder, std::uint64_t limit, std::string identity)
    : folder_(std::move(folder)), limit_(limit), identity_(std::move(identity)) {}

std::string SummaryCache::commandKey(const CompileCommand& command, std::uint64_t includes) const {
  return hexHash(archiveOf(identity_, command, includes));
}

std::string SummaryCache::path(const char* kind, const std::string& key) const {
  return folder_ + "/" + kind + "/" + key.substr(0, 2) + "/" + key.substr(2);
}

bool SummaryCache::read(const CompileCommand& command, std::uint64_t includes, Variants& variants) {
  std::string file = path("commands", commandKey(command, includes));
  std::optional<std::string> content = readEntry(file);
  if (!content) return false;
  try {
    std::string sum, archive;
    Decoder sealed(*content);
    sealed(sum, archive);
    sealed.finish();
    if (sum != hexHash(archive)) throw DamagedArchive("its checksum does not agree");
    Decoder decoder(archive);
    decoder(variants.identity, variants.command, variants.includes, variants.all);
    decoder.finish();
    if (variants.identity == identity_ && variants.command == command && variants.includes == includes) return true;
  } catch (const DamagedArchive&) {
  }
  ++damaged_;
  ::unlink(file.c_str());
  variants.all.clear();
  return false;
}

std::optional<std::string> SummaryCache::find(const CompileCommand& command, std::uint64_t includes, FileHashes& sources, Closure& closure) {
  Variants variants;
  if (!read(command, includes, variants)) return std::nullopt;
  for (Variant& variant : variants.all) {
    if (variant.summary.size() != 32 || !sources.current(variant.closure)) continue;
    closure = std::move(variant.closure);
    return readEntry(path("summaries", variant.summary));
  }
  return std::nullopt;
}

void SummaryCache::drop(const CompileCommand& command, std::uint64_t includes, const Closure& closure) {
  ++damaged_;
  ::unlink(path("summaries", hexHash(archiveOf(identity_, command, includes, closure))).c_str());
}

void SummaryCache::store(const CompileCommand& command, std::uint64_t includes, const Closure& closure, std::string_view summary) {
  if (!closure.changed.empty() || closure.files.empty()) return;
  std::string key = hexHash(archiveOf(identity_, command, includes, closure));
  if (!writeEntry(path("summaries", key), summary)) return;
  Variants variants;
  read(command, includes, variants);
  std::erase_if(variants.all, [&](const Variant& variant) { return variant.closure == closure; });
  variants.all.insert(variants.all.begin(), Variant{closure, key});
  if (variants.all.size() > variantsKept) variants.all.resize(variantsKept);
  std::string archive = archiveOf(identity_, command, includes, variants.all);
  writeEntry(path("commands", commandKey(command, includes)), archiveOf(hexHash(archive), archive));
  stored_ = true;
}

bool SummaryCache::has(const CompileCommand& command, std::uint64_t includes, FileHashes& sources) {
  Variants variants;
  return read(command, includes, variants) &&
         std::ranges::any_of(variants.all, [&](const Variant& variant) { return sources.current(variant.closure); });
}

std::optional<std::vector<std::string>> SummaryCache::choice(const std::string& texts) {
  std::string key = hexHash(archiveOf(identity_, texts));
  std::optional<std::string> content = readEntry(path("choices", key));
  if (!content) return std::nullopt;
  try {
    std::string sum, archive;
    std::vector<std::string> units;
    Decoder sealed(*content);
    sealed(sum, archive);
    sealed.finish();
    if (sum != hexHash(key + archive)) throw DamagedArchive("its checksum does not agree");
    Decoder decoder(archive);
    decoder(units);
    decoder.finish();
    return units;
  } catch (const DamagedArchive&) {
    ++damaged_;
    ::unlink(path("choices", key).c_str());
    return std::nullopt;
  }
}

void SummaryCache::storeChoice(const std::string& texts, const std::vector<std::string>& units) {
  std::string key = hexHash(archiveOf(identity_, texts));
  std::string archive = archiveOf(units);
  if (writeEntry(path("choices", key), archiveOf(hexHash(key + archive), archive))) stored_ = true;
}

std::optional<SummaryCache::Result> SummaryCache::result(const std::string& question, FileHashes& sources) {
  std::string key = hexHash(archiveOf(identity_, question));
  std::optional<std::string> content = readEntry(path("results", key));
  if (!content) return std::nullopt;
  try {
    std::string sum, archive;
    Result result;
    Decoder sealed(*content);
    sealed(sum, archive);
    sealed.finish();
    if (sum != hexHash(key + archive)) throw DamagedArchive("its checksum does not agree");
    Decoder decoder(archive);
    decoder(result);
    decoder.finish();
    if (!sources.current(result.sources)) return std::nullopt;
    return result;
  } catch (const DamagedArchive&) {
    dropResult(question);
    return std::nullopt;
  }
}

void SummaryCache::storeResult(const std::string& question, const Result& result) {
  std::string key = hexHash(archiveOf(identity_, question));
  std::string archive = archiveOf(result);
  if (writeEntry(path("results", key), archiveOf(hexHash(key + archive), archive))) stored_ = true;
}

void SummaryCache::dropResult(const std::string& question) {
  ++damaged_;
  ::unlink(path("results", hexHash(archiveOf(identity_, question))).c_str());
}

void SummaryCache::trim() {
  if (!stored_) return;
  struct Entry {
    timespec used;
    std::uint64_t size;
    std::string file;
  };
  std::vector<Entry> entries;
  std::uint64_t total = 0;
  for (const char* kind : {"/commands", "/summaries", "/choices", "/results"})
    forEachName(folder_ + kind, [&](const std::string& folder) {
      forEachName(folder, [&](const std::string& file) {
        struct stat status{};
        if (::lstat(file.c_str(), &status) != 0 || !S_ISREG(status.st_mode)) return;
        auto size = static_cast<std::uint64_t>(status.st_blocks) * 512;
        entries.push_back({status.st_mtim, size, file});
        total += size;
      });
    });
  if (total <= limit_) return;
  std::ranges::sort(entries, {}, [](const Entry& entry) {
    return std::make_tuple(entry.used.tv_sec, entry.used.tv_nsec, std::string_view(entry.file));
  });
  for (const Entry& entry : entries) {
    if (total <= limit_ / 10 * 9) break;
    if (::unlink(entry.file.c_str()) == 0) total -= entry.size;
  }
}

void makeCacheFolder(const std::string& folder) {
  for (std::size_t at = folder.find('/', 1); at != std::string::npos; at = folder.find('/', at + 1))
    makeFolder(folder.substr(0, at));
  for (const std::string& each : {folder, folder + "/commands", folder + "/summaries", folder + "/choices", folder + "/results"})
    if (!makeFolder(each) || ::access(each.c_str(), R_OK | W_OK | X_OK) != 0)
      throw InputError(oneLine(each) + ": cannot be used for the cache: " + std::strerror(errno) +
                       "; give another folder with --cache DIR, or --no-cache");
}

std::string defaultCacheFolder() {
  // A relative path is to be ignored by the XDG Base Directory Specification, and a home that is not there is not made.
  const char* cache = std::getenv("XDG_CACHE_HOME");
  if (cache && *cache == '/') return std::string(cache) + "/envleak";
  const char* home = std::getenv("HOME");
  if (home && *home == '/' && ::access(home, W_OK | X_OK) == 0) return std::string(home) + "/.cache/envleak";
  return {};
}

}  // namespace envleak::analyzer
