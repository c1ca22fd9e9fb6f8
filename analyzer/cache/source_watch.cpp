#include "analyzer/cache/source_watch.h"

#include "analyzer/frontend/paths.h"

#include <algorithm>

namespace envleak::analyzer {

void SourceWatch::add(std::size_t unit, const Closure& closure) {
  if (!closure.changed.empty()) changed_.try_emplace(unit, canonicalPath(closure.changed, ""));
  for (const SourceVersion& file : closure.files) {
    auto [found, added] = sources_.try_emplace(file.path);
    Source& source = found->second;
    if (added) source.hash = file.hash;
    source.differs |= source.hash != file.hash;
    source.units.push_back(unit);
  }
}

std::map<std::size_t, std::string> SourceWatch::changed() const {
  std::map<std::size_t, std::string> all = changed_;
  for (const auto& [path, source] : sources_) {
    // The time tells most of the files apart; the content decides.
    if (!source.differs && !(writtenSince(path, started_) && hashOfFile(path) != source.hash)) continue;
    std::string name = canonicalPath(path, "");
    for (std::size_t unit : source.units) {
      auto [found, added] = all.try_emplace(unit, name);
      if (!added) found->second = std::min(found->second, name);
    }
  }
  return all;
}

}  // namespace envleak::analyzer
