#include "reports/investigate/origins.h"

#include <algorithm>

namespace envleak::reports {
namespace {

std::string alikeKey(const Runs& runs, const Origin& of) {
  std::string key(toString(of.kind));
  // There are few images that came from outside, and they are told apart.
  if (of.kind == Origin::Kind::outside) return key + std::to_string(of.image);
  for (const std::string& part : {runs.images()[of.image].facts->program, of.place.file, std::to_string(of.place.line),
                                  of.place.function, std::to_string(runs.images()[of.image].run)}) {
    key += '\0';
    key += part;
  }
  return key;
}

}  // namespace

Origins::Origins(const Report& report, const std::vector<Index>& wanted) {
  const Runs& runs = *report.runs;
  wanted_.resize(runs.images().size());
  of_image_.resize(runs.images().size());
  std::vector<bool> names(runs.names().size());
  for (Index i : wanted) {
    wanted_[i] = true;
    for (const ByName& entry : runs.images()[i].received) names[entry.name] = true;
    for (const ByName& entry : runs.images()[i].reads) names[entry.name] = true;
  }
  Provenance provenance(runs, *report.files);
  for (NameId name = 0; name < names.size(); ++name)
    if (names[name]) add(report, name, provenance.of(name));
}

void Origins::add(const Report& report, NameId name, const History& history) {
  const Runs& runs = *report.runs;
  std::vector<std::optional<std::uint32_t>> entry_of(history.origins.size());
  for (const Carrier& carrier : history.carriers) {
    if (!wanted_[carrier.image]) continue;
    std::optional<std::uint32_t>& entry = entry_of[carrier.origin];
    if (!entry) {
      const Origin& origin = history.origins[carrier.origin];
      std::uint64_t hash = runs.received(carrier.image, name)->hash;
      std::optional<FileLine> file = definitionOf(runs, origin, runs.names()[name], hash);
      std::string key = alikeKey(runs, origin);
      if (file) key += '\0' + file->path;
      auto alike = alike_.try_emplace(std::move(key), static_cast<std::uint32_t>(alike_.size())).first->second;
      entry = static_cast<std::uint32_t>(known_.size());
      known_.push_back({origin, alike, std::move(file)});
    }
    of_image_[carrier.image].emplace(name, *entry);
  }
  for (const auto& [origin, file] : history.shadowed)
    if (wanted_[file.image]) shadowed_[file.image].push_back(file);
  for (const History::ReadBy& read : history.reads)
    if (wanted_[read.image] && !read.origin) own_reads_.emplace(read.image, read.read);
}

const Origins::Known& Origins::of(Index image, NameId name) const { return known_[of_image_[image].at(name)]; }

const std::vector<ShadowedFile>& Origins::shadowed(Index image) const {
  static const std::vector<ShadowedFile> none;
  auto found = shadowed_.find(image);
  return found == shadowed_.end() ? none : found->second;
}

}  // namespace envleak::reports
