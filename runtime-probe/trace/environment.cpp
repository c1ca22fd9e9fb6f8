#include "runtime-probe/trace/environment.h"

#include <algorithm>
#include <tuple>

namespace envleak::trace {
namespace {

constexpr std::uint32_t valueNotKept = 0xFFFFFFFF;

std::string shapeName(Shape shape) {
  switch (shape) {
    case Shape::plain:
      return {};
    case Shape::url_with_password:
      return "url-with-password";
    case Shape::private_key:
      return "private-key";
    case Shape::token:
      return "token";
  }
  return {};
}

struct Entry {
  std::string_view name;
  std::uint64_t hash;
  std::size_t position;
};

// Sorted by name; of equal names the first of the environment.
std::vector<Entry> byName(const std::vector<facts::Variable>& variables) {
  std::vector<Entry> entries;
  entries.reserve(variables.size());
  for (const facts::Variable& variable : variables) entries.push_back({variable.name, variable.hash, entries.size()});
  std::sort(entries.begin(), entries.end(),
            [](const Entry& a, const Entry& b) { return std::tie(a.name, a.position) < std::tie(b.name, b.position); });
  auto same_name = [](const Entry& a, const Entry& b) { return a.name == b.name; };
  entries.erase(std::unique(entries.begin(), entries.end(), same_name), entries.end());
  return entries;
}

}  // namespace

std::vector<facts::Variable> variablesOf(const Record& environment) {
  auto head = environment.as<EnvironmentRecord>();
  std::vector<facts::Variable> variables;
  std::uint64_t position = sizeof(EnvironmentRecord);
  for (std::uint32_t i = 0; i < head.count; ++i) {
    auto entry = environment.at<EnvironmentEntry>(position);
    position += sizeof entry;
    std::string_view name = environment.bytes(position, entry.name_length);
    position += entry.name_length;
    facts::Variable variable{std::string(name), entry.hash, shapeName(entry.shape), {}};
    if (entry.value_length != valueNotKept) {
      variable.value = std::string(environment.bytes(position, entry.value_length));
      position += entry.value_length;
    }
    position = (position + 7) / 8 * 8;
    if (entry.has_equals != 0) variables.push_back(std::move(variable));
  }
  return variables;
}

Crossing compare(const std::vector<facts::Variable>& parent, const std::vector<facts::Variable>& child) {
  std::vector<Entry> before = byName(parent);
  std::vector<Entry> after = byName(child);
  std::vector<std::string> crossed, added, changed, removed;
  auto old = before.begin();
  auto now = after.begin();
  while (old != before.end() || now != after.end()) {
    if (now == after.end() || (old != before.end() && old->name < now->name)) {
      removed.emplace_back((old++)->name);
    } else if (old == before.end() || now->name < old->name) {
      added.emplace_back((now++)->name);
    } else {
      (old->hash == now->hash ? crossed : changed).emplace_back(now->name);
      ++old;
      ++now;
    }
  }
  return {std::move(crossed), std::move(added), std::move(changed), std::move(removed)};
}

const facts::SharedList<facts::Variable>& Environments::of(const Record& environment) {
  std::string_view entries = environment.bytes(sizeof(EnvironmentRecord), environment.size() - sizeof(EnvironmentRecord));
  auto known = known_.find(entries);
  if (known == known_.end()) known = known_.emplace(entries, variablesOf(environment)).first;
  return known->second;
}

const Crossing& Environments::compare(const facts::SharedList<facts::Variable>& parent,
                                      const facts::SharedList<facts::Variable>& child) {
  auto [entry, added] = compared_.try_emplace({parent.identity(), child.identity()});
  if (added) entry->second = {parent, child, trace::compare(parent, child)};
  return entry->second.crossing;
}

}  // namespace envleak::trace
