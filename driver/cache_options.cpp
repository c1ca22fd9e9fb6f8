#include "driver/cache_options.h"

#include "analyzer/cache/summary_cache.h"
#include "facts/error.h"

namespace envleak::driver {

namespace cl = llvm::cl;

CacheOptions::CacheOptions(cl::SubCommand& command)
    : folder_("cache", cl::desc("Folder for the analyses of unchanged units (default $XDG_CACHE_HOME/envleak or ~/.cache/envleak)"),
              cl::value_desc("DIR"), cl::sub(command), cl::cat(category())),
      none_("no-cache", cl::desc("Analyse every unit anew and keep nothing"), cl::sub(command), cl::cat(category())),
      limit_("cache-limit", cl::desc("Size of the cache in MiB; what was used least recently goes first (default 1024)"),
             cl::init(1024), cl::value_desc("MIB"), cl::sub(command), cl::cat(category())) {}

void CacheOptions::apply(analyzer::ScanOptions& options) const {
  if (none_ && !folder_.empty()) throw InputError("--cache and --no-cache exclude each other; give one of them");
  options.cache_limit = std::uint64_t{limit_} << 20;
  if (none_) return;
  if (!folder_.empty()) {
    analyzer::makeCacheFolder(folder_);
    options.cache_directory = folder_;
    return;
  }
  try {
    std::string folder = analyzer::defaultCacheFolder();
    if (!folder.empty()) analyzer::makeCacheFolder(folder);
    options.cache_directory = folder;
  } catch (const InputError&) {
    // Nobody asked for it: a home that cannot be written to is no error.
  }
}

}  // namespace envleak::driver
