#include "analyzer/knowledge/knowledge.h"

#include "analyzer/knowledge/knowledge_yaml.h"
#include "facts/error.h"
#include "facts/text.h"

#include <llvm/Support/FileSystem.h>
#include <llvm/Support/xxhash.h>

#include <algorithm>

namespace envleak::analyzer {
namespace {

std::string lastPart(const std::string& name) {
  std::size_t colons = name.rfind("::");
  return colons == std::string::npos ? name : name.substr(colons + 2);
}

InputError twice(const std::string& path, unsigned line, const std::string& name, const std::string& remedy) {
  return InputError(oneLine(path) + ":" + std::to_string(line) + ": '" + oneLine(name) + "' is described twice; " +
                    remedy);
}

// Does the entry hold for every call? Then nothing behind it is ever looked at.
template <typename Entry>
bool isUnconditional(const Entry& entry) {
  if constexpr (requires { entry.when; })
    return !entry.when && !entry.variant;
  else
    return !entry.variant;
}

template <typename Entry>
const typename Entry::mapped_type* find(const Entry& entries, const std::string& name) {
  auto found = entries.find(name);
  return found == entries.end() ? nullptr : &found->second;
}

}  // namespace

Knowledge Knowledge::load(const std::string& folder, const std::string& models) {
  std::vector<std::string> files;
  std::error_code error;
  for (llvm::sys::fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error))
    if (llvm::StringRef(at->path()).ends_with(".yaml")) files.push_back(at->path());
  if (error)
    throw InputError(oneLine(folder) + ": cannot read the knowledge base: " + error.message() +
                     "; install envleak anew");
  if (files.empty()) throw InputError(oneLine(folder) + ": the knowledge base is empty; install envleak anew");
  std::ranges::sort(files);
  Knowledge knowledge;
  for (const std::string& file : files) {
    std::string text = readFile(file, "knowledge base");
    knowledge.add(parseKnowledge(text, file), file, false);
    knowledge.mix(text);
  }
  if (models.empty()) return knowledge;
  std::string text = readFile(models, "models");
  if (std::optional<KnowledgeFile> parsed = parseModels(text, models)) {
    knowledge.add(std::move(*parsed), models, true);
    knowledge.mix(text);
  }
  return knowledge;
}

bool Knowledge::hasModels(const std::string& path) { return parseModels(readFile(path, "models"), path).has_value(); }

void Knowledge::mix(const std::string& text) {
  fingerprint_ = llvm::xxh3_64bits(std::to_string(fingerprint_) + ":" + std::to_string(llvm::xxh3_64bits(text)));
}

template <typename Entry>
void Knowledge::add(ByName<Entry>& known, std::vector<Entry>& entries, std::string Entry::*name,
                    const std::string& path, bool replace) {
  if (replace)
    for (const Entry& entry : entries) known.erase(entry.*name);
  for (Entry& entry : entries) {
    std::vector<Entry>& alternatives = known[entry.*name];
    if (!alternatives.empty() && isUnconditional(alternatives.back()))
      throw twice(path, entry.line, entry.*name,
                  "only the last of several entries may do without 'when' and 'variant'");
    alternatives.push_back(std::move(entry));
  }
}

template <typename Entry>
void Knowledge::addOnly(std::unordered_map<std::string, Entry>& known, std::vector<Entry>& entries,
                        const std::string& path, bool replace) {
  if (replace)
    for (const Entry& entry : entries) known.erase(entry.name);
  for (Entry& entry : entries) {
    last_parts_.insert(lastPart(entry.name));
    auto [at, added] = known.try_emplace(entry.name, entry);
    if (!added) throw twice(path, entry.line, entry.name, "remove one of the entries");
  }
}

void Knowledge::add(KnowledgeFile file, const std::string& path, bool replace) {
  for (const SpawnApi& api : file.spawn) last_parts_.insert(lastPart(api.name));
  for (const EnvironmentChange& change : file.change) last_parts_.insert(lastPart(change.name));
  for (const EnvironmentProducer& producer : file.produce) last_parts_.insert(lastPart(producer.name));
  add(spawns_, file.spawn, &SpawnApi::name, path, replace);
  add(changes_, file.change, &EnvironmentChange::name, path, replace);
  add(producers_, file.produce, &EnvironmentProducer::name, path, replace);
  add(object_types_, file.objects, &ObjectType::type, path, replace);
  addOnly(readers_, file.read, path, replace);
  addOnly(writers_, file.write, path, replace);
  addOnly(lookups_, file.lookup, path, replace);
  for (const EnvironmentArray& variable : file.environ_variables) variables_.insert(variable.name);
  const FunctionProperties& functions = file.functions;
  allocates_.insert(functions.allocates.begin(), functions.allocates.end());
  copies_string_.insert(functions.copies_string.begin(), functions.copies_string.end());
  fills_string_.insert(functions.fills_string.begin(), functions.fills_string.end());
  never_returns_.insert(functions.never_returns.begin(), functions.never_returns.end());
  returns_twice_.insert(functions.returns_twice.begin(), functions.returns_twice.end());
  only_frees_.insert(functions.only_frees.begin(), functions.only_frees.end());
}

const std::vector<SpawnApi>* Knowledge::spawns(const std::string& name) const { return find(spawns_, name); }

const std::vector<EnvironmentChange>* Knowledge::changes(const std::string& name) const { return find(changes_, name); }

const std::vector<EnvironmentProducer>* Knowledge::producers(const std::string& name) const {
  return find(producers_, name);
}

const std::vector<ObjectType>* Knowledge::objectTypes(const std::string& type) const {
  return find(object_types_, type);
}

const ReaderApi* Knowledge::reader(const std::string& name) const { return find(readers_, name); }

const WriterApi* Knowledge::writer(const std::string& name) const { return find(writers_, name); }

const FunctionLookup* Knowledge::lookup(const std::string& name) const { return find(lookups_, name); }

bool Knowledge::isEnvironVariable(const std::string& name) const { return variables_.contains(name); }

std::vector<std::string> Knowledge::variantMacros() const {
  std::vector<std::string> macros;
  auto collect = [&](const auto& known) {
    for (const auto& [name, entries] : known)
      for (const auto& entry : entries)
        if (entry.variant) macros.push_back(entry.variant->macro);
  };
  collect(spawns_);
  collect(changes_);
  collect(producers_);
  collect(object_types_);
  std::ranges::sort(macros);
  macros.erase(std::unique(macros.begin(), macros.end()), macros.end());
  return macros;
}

std::string Knowledge::idOf(const std::string& name, std::size_t index) {
  return index == 0 ? name : name + "#" + std::to_string(index);
}

const SpawnApi* Knowledge::spawnById(const std::string& id) const {
  std::size_t hash = id.find('#');
  const std::vector<SpawnApi>* entries = spawns(id.substr(0, hash));
  std::size_t index = hash == std::string::npos ? 0 : std::stoul(id.substr(hash + 1));
  return entries && index < entries->size() ? &(*entries)[index] : nullptr;
}

std::vector<Knowledge::Name> Knowledge::names() const {
  std::vector<Name> all;
  auto add = [&](const std::string& qualified) {
    Name name;
    std::string rest = shownName(qualified);
    // Names of the standard library can be used without naming it.
    if (rest.starts_with("std::")) rest = rest.substr(5);
    for (std::size_t colon; (colon = rest.find("::")) != std::string::npos; rest = rest.substr(colon + 2))
      name.within.push_back(rest.substr(0, colon));
    name.name = rest;
    all.push_back(std::move(name));
  };
  for (const auto& [name, entries] : spawns_) add(name);
  for (const auto& [name, entries] : changes_) add(name);
  // What only hands on what it is given matters where that came from something else.
  for (const auto& [name, entries] : producers_)
    if (std::ranges::any_of(entries, [](const EnvironmentProducer& one) { return one.gives != GivenEnvironment::same; })) add(name);
  for (const auto& [name, entry] : readers_) add(name);
  for (const auto& [name, entry] : writers_) add(name);
  for (const std::string& name : variables_) add(name);
  for (const auto& [type, objects] : object_types_) add(type);
  return all;
}

}  // namespace envleak::analyzer
