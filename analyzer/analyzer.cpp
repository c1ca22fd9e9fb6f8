#include "analyzer/analyzer.h"

#include "analyzer/cache/facts_fields.h"
#include "analyzer/cache/source_watch.h"
#include "analyzer/cache/summary_cache.h"
#include "analyzer/frontend/compile_commands.h"
#include "analyzer/frontend/paths.h"
#include "analyzer/frontend/archive.h"
#include "analyzer/frontend/summary_codec.h"
#include "analyzer/frontend/worker_pool.h"
#include "analyzer/knowledge/knowledge.h"
#include "analyzer/prefilter/unit_text.h"
#include "analyzer/program/static_facts.h"
#include "analyzer/program/wanted_names.h"
#include "analyzer/project_root.h"
#include "facts/error.h"
#include "facts/text.h"

#include <llvm/Support/FileSystem.h>

#include <chrono>
#include <cstdlib>
#include <numeric>
#include <optional>
#include <set>
#include <unordered_map>

namespace envleak::analyzer {
namespace {

CompilationDatabase databaseOf(const ScanOptions& options) {
  if (!options.compilation_database.empty())
    return readCompilationDatabase(options.compilation_database, options.ask_compilers);
  if (options.paths.size() != 1) throw InputError("scan: exactly one source file is needed with compiler flags");
  const std::string& file = options.paths.front();
  if (!llvm::sys::fs::exists(file)) throw InputError(oneLine(file) + ": no such file");
  if (llvm::sys::fs::is_directory(file))
    throw InputError(oneLine(file) + ": a folder; name one source file, or give -p BUILD");
  std::vector<std::string> words{"cc"};
  words.insert(words.end(), options.flags.begin(), options.flags.end());
  CompileCommand command;
  if (!normalizeCommand(canonicalPath(".", ""), canonicalPath(file, ""), words, command))
    throw InputError(oneLine(file) +
                     ": not a C or C++ source file by its name; say so with '-x c' or '-x c++' among the flags");
  return {{command}, {}, {}, {}, {}};
}

// Bytes that kept facts may decode to.
constexpr std::size_t factsLimit = std::size_t{1} << 32;

// Adds the time until its end to `seconds`.
class Stopwatch {
 public:
  explicit Stopwatch(double& seconds) : seconds_(seconds) {}
  ~Stopwatch() { seconds_ += std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count(); }

 private:
  double& seconds_;
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

class CallsByText final : public TextCalls {
 public:
  explicit CallsByText(const UnitTexts& texts) : texts_(texts) {}
  void lookFor(const std::vector<Body>& bodies) override {
    std::vector<SourceText::Body> seen;
    std::unordered_set<NameHash> wanted;
    for (const Body& body : bodies) {
      if (body.wanted) wanted.insert(hash(body.name));
      SourceText::Body& one = seen.emplace_back();
      one.names.push_back(hash(body.name));
      for (const std::string& called : body.called) one.called.push_back(hash(called));
    }
    leading_.clear();
    if (!wanted.empty()) leading_ = texts_.leadingTo(std::move(wanted), seen);
  }
  bool reaches(const std::string& function) const override { return function.empty() || leading_.contains(hash(function)); }

 private:
  static NameHash hash(const std::string& qualified) {
    return nameHash(std::string_view(qualified).substr(qualified.rfind(':') + 1));
  }
  const UnitTexts& texts_;
  std::unordered_set<NameHash> leading_;
};

// One scan: units are taken from the cache or parsed, and their summaries collected.
class Scan {
 public:
  Scan(const std::vector<CompileCommand>& commands, const ScanOptions& options, const Knowledge& knowledge,
       ScanStatistics& statistics)
      : commands_(commands),
        statistics_(statistics),
        pool_(commands, options),
        progress_(options.progress),
        analysed_(commands.size()),
        summaries_(commands.size()) {
    if (!options.cache_directory.empty())
      cache_.emplace(options.cache_directory, options.cache_limit, toolIdentity() + "|" + std::to_string(knowledge.fingerprint()));
  }

  void analyse(const std::vector<std::size_t>& units) {
    if (cache_ && !texts_) texts_.emplace(commands_);
    for (std::size_t unit : units) analysed_[unit] = true;
    std::vector<std::size_t> missing;
    {
      Stopwatch watch(statistics_.look_up);
      for (std::size_t unit : units)
        if (!lookUp(unit)) missing.push_back(unit);
    }
    Stopwatch watch(statistics_.parse);
    progress_.expect(missing.size());
    pool_.run(missing, progress_, [this](std::size_t unit, Analysed analysed) { take(unit, analysed); });
    statistics_.parsed += missing.size();
  }

  // Parses what may matter by its text, then what the names found make matter, until nothing is new.
  void analyseWhatMatters(const Knowledge& knowledge) {
    chosen_ = true;
    NameFilter wanted;
    auto want = [&](const WantedNames::Name& name, bool given) {
      NameHash hash = nameHash(name.name);
      if (!name.within.empty()) return texts_->wantField(hash, nameHash(name.within), given);
      bool added = wanted.add(hash);
      return (given && wanted.add(assignedHash(hash))) || added;
    };
    {
      Stopwatch watch(statistics_.choose);
      texts_.emplace(commands_);
      for (const Knowledge::Name& name : knowledge.names()) {
        if (name.within.empty()) want({name.name, {}}, true);
        for (const std::string& within : name.within) texts_->wantMember(nameHash(name.name), nameHash(within));
      }
    }
    // A program's reads are those that its main may reach.
    wanted.add(definedHash(nameHash("main")));
    if (chooseAsBefore()) return;
    bool everything = false;
    for (bool added = true; added;) {
      while (true) {
        std::vector<std::size_t> units;
        {
          Stopwatch watch(statistics_.choose);
          units = texts_->choose(wanted);
        }
        if (units.empty()) break;
        ++statistics_.rounds;
        analyse(units);
      }
      Stopwatch watch(statistics_.choose);
      CallsByText changers(*texts_), writers(*texts_);
      WantedNames names = wantedNames(summaries_, knowledge, changers, writers);
      added = false;
      for (const WantedNames::Name& name : names.names) added |= want(name, true);
      for (const WantedNames::Name& name : names.pointers) added |= want(name, false);
      for (const WantedNames::Name& name : names.definitions) added |= wanted.add(definedHash(nameHash(name.name)));
      everything = names.everything;
      if (everything) break;
    }
    if (everything) analyse(rest());
    if (cache_) {
      std::vector<std::string> chosen;
      for (std::size_t unit = 0; unit < commands_.size(); ++unit)
        if (analysed_[unit]) chosen.push_back(std::to_string(unit));
      cache_->storeChoice(texts_->fingerprint(), chosen);
    }
    skipRest();
  }

  // What a scan told that was asked the same and found the same files.
  std::optional<facts::StaticFacts> resultAsBefore(const std::string& question) {
    if (!cache_) return std::nullopt;
    Stopwatch watch(statistics_.look_up);
    std::optional<SummaryCache::Result> result = cache_->result(question, sources_);
    if (!result) return std::nullopt;
    try {
      facts::StaticFacts facts;
      Decoder decoder(result->facts, factsLimit);
      decoder(facts);
      decoder.finish();
      statistics_.cached = result->looked_up;
      statistics_.not_parsed = result->not_parsed;
      return facts;
    } catch (const DamagedArchive&) {
      cache_->dropResult(question);
      statistics_.damaged = cache_->damaged();
      return std::nullopt;
    }
  }

  void trimCache() {
    if (!cache_) return;
    cache_->trim();
    statistics_.damaged = cache_->damaged();
  }

  void storeResult(const std::string& question, const facts::StaticFacts& facts) {
    if (!cache_ || !storable_) return;
    SummaryCache::Result result{texts_ ? texts_->sources() : Closure(), {}, statistics_.parsed + statistics_.cached, statistics_.not_parsed};
    for (const auto& [path, hash] : seen_) result.sources.files.push_back({path, hash});
    result.sources.absent.insert(result.sources.absent.end(), absent_.begin(), absent_.end());
    Encoder encoder;
    encoder(facts);
    result.facts = encoder.take();
    cache_->storeResult(question, result);
  }

  std::vector<UnparsedText> unparsed() const { return chosen_ ? texts_->unparsed() : std::vector<UnparsedText>(); }

  // In the commands' order.
  std::vector<UnitSummary> finish() {
    for (const auto& [unit, file] : watch_.changed()) {
      storable_ = false;
      UnitSummary& summary = summaries_[unit];
      if (summary.status == facts::UnitStatus::complete) summary.status = facts::UnitStatus::partial;
      summary.errors.insert(summary.errors.begin(), file + ": changed during the scan; run it again");
    }
    return std::move(summaries_);
  }

 private:
  // The rounds need not be gone through if nothing changed that they rest on.
  bool chooseAsBefore() {
    std::vector<std::size_t> units;
    {
      Stopwatch watch(statistics_.choose);
      auto chosen = cache_ ? cache_->choice(texts_->fingerprint()) : std::nullopt;
      if (!chosen) return false;
      for (const std::string& number : *chosen) {
        std::size_t unit = std::strtoul(number.c_str(), nullptr, 10);
        if (unit >= commands_.size() || !cache_->has(commands_[unit], texts_->includesOf(unit), sources_)) return false;
        units.push_back(unit);
      }
    }
    analyse(units);
    skipRest();
    return true;
  }

  std::vector<std::size_t> rest() const {
    std::vector<std::size_t> units;
    for (std::size_t unit = 0; unit < commands_.size(); ++unit)
      if (!analysed_[unit]) units.push_back(unit);
    return units;
  }

  void skipRest() {
    for (std::size_t unit : rest()) {
      summaries_[unit] = lostUnit(commands_[unit], facts::UnitStatus::skipped, {});
      ++statistics_.not_parsed;
    }
  }

  bool lookUp(std::size_t unit) {
    Closure closure;
    std::optional<std::string> bytes = cache_ ? cache_->find(commands_[unit], texts_->includesOf(unit), sources_, closure) : std::nullopt;
    if (!bytes) return false;
    try {
      summaries_[unit] = decodeSummary(*bytes, &shared_);
    } catch (const SummaryError&) {
      cache_->drop(commands_[unit], texts_->includesOf(unit), closure);
      return false;
    }
    ++statistics_.cached;
    statistics_.summary_bytes += bytes->size();
    watch_.add(unit, closure);
    restOn(closure);
    if (texts_) texts_->parsed(unit, closure);
    return true;
  }

  // The result rests on these files.
  void restOn(const Closure& closure) {
    storable_ &= closure.changed.empty() && !closure.files.empty();
    for (const SourceVersion& file : closure.files) storable_ &= seen_.try_emplace(file.path, file.hash).first->second == file.hash;
    absent_.insert(closure.absent.begin(), closure.absent.end());
  }

  void take(std::size_t unit, const Analysed& analysed) {
    restOn(analysed.closure);
    if (texts_) texts_->parsed(unit, analysed.closure);
    statistics_.summary_bytes += analysed.summary.size();
    try {
      summaries_[unit] = decodeSummary(analysed.summary, &shared_);
    } catch (const SummaryError& error) {
      summaries_[unit] = lostUnit(commands_[unit], facts::UnitStatus::crashed,
                                  std::string("the worker's answer is damaged: ") + error.what());
      storable_ = false;
      return;
    }
    if (cache_) cache_->store(commands_[unit], texts_->includesOf(unit), analysed.closure, analysed.summary);
    watch_.add(unit, analysed.closure);
  }

  const std::vector<CompileCommand>& commands_;
  ScanStatistics& statistics_;
  WorkerPool pool_;
  Progress progress_;
  std::optional<SummaryCache> cache_;
  FileHashes sources_;
  SourceWatch watch_;
  SharedFunctions shared_;
  std::optional<UnitTexts> texts_;
  bool chosen_ = false;  // by their texts
  std::vector<bool> analysed_;
  std::vector<UnitSummary> summaries_;
  std::unordered_map<std::string, std::uint64_t> seen_;  // files that the result rests on
  std::set<std::string> absent_;
  bool storable_ = true;  // the result depends on the files' contents alone
};

// All that a scan's result depends on beside the contents of files, the tool and its knowledge base.
std::string questionOf(const ScanOptions& options, const Build& build, const std::vector<CompileCommand>& commands,
                       const std::string& root, const std::vector<std::string>& paths) {
  Encoder encoder;
  encoder(options.full, root, paths, commands);
  std::string text = encoder.take();
  auto add = [&](const auto& strings) {
    for (const std::string& one : strings) text += std::to_string(one.size()) + ":" + one;
    text += "\n";
  };
  for (const facts::SkippedEntry& entry : build.skipped) add(std::vector{entry.file, entry.language});
  for (const LinkedProgram& program : build.programs) {
    add(std::vector{program.output, program.known_from});
    add(program.units);
  }
  return text;
}

}  // namespace

bool hasModels(const std::string& file) { return Knowledge::hasModels(file); }

facts::StaticFacts scan(const ScanOptions& options, ScanStatistics* statistics) {
  ScanStatistics unwanted;
  ScanStatistics& counts = statistics ? *statistics : unwanted;
  Knowledge knowledge = Knowledge::load(options.knowledge_directory, options.models_file);
  CompilationDatabase database = databaseOf(options);
  const std::vector<CompileCommand>& commands = database.commands;
  counts.units = commands.size();
  std::vector<std::string> paths;
  if (!options.compilation_database.empty())
    for (const std::string& path : options.paths) {
      if (!llvm::sys::fs::exists(path)) throw InputError(oneLine(path) + ": no such file or folder");
      paths.push_back(canonicalPath(path, ""));
    }
  std::vector<std::string> files;
  for (const CompileCommand& command : commands) files.push_back(canonicalPath(command.file, command.directory));
  std::string root = projectRoot(options.root, files);

  Build build{database.skipped, linkedPrograms(database), {}};
  if (!options.binaries.empty()) build.programs.clear();
  for (const std::string& binary : options.binaries) build.programs.push_back(programOfBinary(binary));
  const std::string question = questionOf(options, build, commands, root, paths);

  Scan run(commands, options, knowledge, counts);
  if (std::optional<facts::StaticFacts> known = run.resultAsBefore(question)) return std::move(*known);
  if (options.full || commands.size() == 1) {
    std::vector<std::size_t> all(commands.size());
    std::iota(all.begin(), all.end(), std::size_t{0});
    run.analyse(all);
  } else {
    run.analyseWhatMatters(knowledge);
  }
  std::vector<UnitSummary> units = run.finish();
  for (std::size_t i = 0; i < units.size(); ++i)
    units[i].repairs.insert(units[i].repairs.begin(), commands[i].repairs.begin(), commands[i].repairs.end());
  Stopwatch watch(counts.link);
  build.unparsed = run.unparsed();
  facts::StaticFacts facts = link(std::move(units), build, knowledge, root, paths);
  run.storeResult(question, facts);
  run.trimCache();
  return facts;
}

}  // namespace envleak::analyzer
