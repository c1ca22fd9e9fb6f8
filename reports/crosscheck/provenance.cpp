#include "reports/crosscheck/provenance.h"

#include "reports/crosscheck/flow.h"

#include <algorithm>
#include <ranges>

namespace envleak::reports {
namespace {

constexpr NameId nobody = ~NameId{0};

bool gives(facts::WriteKind kind) {
  return kind == facts::WriteKind::set || kind == facts::WriteKind::put || kind == facts::WriteKind::assign;
}

// By the name, as the probe tells them apart.
bool isDotenv(std::string_view path) {
  std::string_view name = path.substr(path.rfind('/') + 1);
  return name == ".env" || name.starts_with(".env.") || name.ends_with(".env");
}

bool askedFor(const RunImage& image, NameId name) {
  return std::ranges::any_of(entriesOf(image.reads, name), [&](const ByName& entry) {
    return image.facts->reads[entry.index].kind == facts::ReadKind::read;
  });
}

// The definitions of an image stand together.
bool isLoadedAgain(const History& history, Index image, const std::string& path, unsigned line) {
  for (const auto& [origin, file] : std::views::reverse(history.shadowed)) {
    if (file.image != image) break;
    if (file.path == path && file.line == line) return true;
  }
  return false;
}

}  // namespace

Provenance::Provenance(const Runs& runs, const SourceFiles& files)
    : runs_(runs),
      files_(files),
      having_(runs.names().size()),
      reading_(runs.names().size()),
      defined_(runs.names().size()),
      origin_of_(runs.images().size()),
      hash_of_(runs.images().size()),
      carried_(runs.images().size(), nobody) {
  for (Index i : runs.parentsFirst()) {
    const RunImage& image = runs.images()[i];
    for (const ByName& entry : image.received)
      if (having_[entry.name].empty() || having_[entry.name].back().image != i)
        having_[entry.name].push_back({i, entry.index});
    for (const ByName& entry : image.reads)
      if (reading_[entry.name].empty() || reading_[entry.name].back() != i) reading_[entry.name].push_back(i);
    for (std::uint32_t f = 0; f < image.facts->files.size(); ++f)
      for (const facts::FileDefinition& definition : image.facts->files[f].defines)
        if (std::optional<NameId> name = runs.find(definition.name))
          defined_[*name].push_back({i, f, definition.line, definition.hash});
  }
}

// The last write before `before` that gave the variable this value.
std::optional<std::uint32_t> Provenance::writeOf(Index index, NameId name, std::uint64_t hash,
                                                 std::uint64_t before) const {
  const RunImage& image = runs_.images()[index];
  std::optional<std::uint32_t> last;
  for (const ByName& entry : entriesOf(image.writes, name)) {
    const facts::Write& write = image.facts->writes[entry.index];
    if (gives(write.kind) && write.hash == hash && write.order < before) last = entry.index;
  }
  return last;
}

// The origin of a value that the parent did not simply hand on.
Origin Provenance::originAt(Index index, NameId name, std::uint64_t hash) const {
  const RunImage& image = runs_.images()[index];
  Origin origin;
  origin.image = index;
  if (!image.incoming) {
    origin.kind = image.parent ? Origin::Kind::unknown : Origin::Kind::outside;
    return origin;
  }
  const RunEdge& edge = runs_.edges()[*image.incoming];
  origin.image = edge.parent;
  origin.edge = *image.incoming;
  if (std::optional<std::uint32_t> write = writeOf(edge.parent, name, hash, edge.facts->order)) {
    origin.kind = Origin::Kind::write;
    origin.write = *write;
    origin.place = files_.place(runs_.images()[edge.parent].facts->writes[*write].frames);
    return origin;
  }
  bool crossed = std::ranges::binary_search(edge.crossed, name);
  origin.kind = !edge.facts->compared ? Origin::Kind::unknown : crossed ? Origin::Kind::unseen : Origin::Kind::edge;
  origin.place = files_.place(edge.facts->frames);
  return origin;
}

bool Provenance::crossed(const RunEdge& edge, NameId name) {
  auto& [of, answer] = crossed_.try_emplace(edge.crossed.identity(), nobody, false).first->second;
  if (of != name) {
    of = name;
    answer = std::ranges::binary_search(edge.crossed, name);
  }
  return answer;
}

History Provenance::of(NameId name) {
  History history;
  std::map<std::pair<Index, std::uint32_t>, std::uint32_t> writes;
  history.carriers.reserve(having_[name].size());
  for (auto [i, received] : having_[name]) {
    const RunImage& image = runs_.images()[i];
    const std::uint64_t hash = image.facts->received[received].hash;
    Carrier carrier{i, 0, std::nullopt};
    bool handed_on = false;
    if (image.parent && carried_[*image.parent] == name) {
      bool same = hash_of_[*image.parent] == hash;
      if (image.incoming) {
        const RunEdge& edge = runs_.edges()[*image.incoming];
        // An edge that was not compared is judged by the value alone.
        handed_on = same && (!edge.facts->compared || crossed(edge, name));
        if (handed_on) carrier.edge = *image.incoming;
      } else {
        handed_on = same;
      }
    }
    if (handed_on) {
      carrier.origin = origin_of_[*image.parent];
    } else {
      Origin origin = originAt(i, name, hash);
      // The same write serves many children.
      auto next = static_cast<std::uint32_t>(history.origins.size());
      carrier.origin = next;
      if (origin.kind == Origin::Kind::write)
        carrier.origin = writes.try_emplace({origin.image, origin.write}, next).first->second;
      if (carrier.origin == next) history.origins.push_back(std::move(origin));
      // What the parent had set for itself crossed as well.
      if (image.incoming && crossed(runs_.edges()[*image.incoming], name))
        carrier.edge = *image.incoming;
    }
    carried_[i] = name;
    origin_of_[i] = carrier.origin;
    hash_of_[i] = hash;
    history.carriers.push_back(carrier);
  }
  for (Index i : reading_[name]) {
    const RunImage& image = runs_.images()[i];
    for (const ByName& entry : entriesOf(image.reads, name)) {
      const facts::Read& read = image.facts->reads[entry.index];
      if (read.kind == facts::ReadKind::imported) continue;
      History::ReadBy by{i, entry.index, std::nullopt};
      if (carried_[i] == name && keptUntil(runs_, i, name, read.order)) by.origin = origin_of_[i];
      (read.set ? history.reads : history.asked).push_back(by);
    }
  }
  for (const Definition& definition : defined_[name]) {
    const RunImage& image = runs_.images()[definition.image];
    if (carried_[definition.image] != name) continue;
    bool inherited =
        !image.parent || (image.incoming && crossed(runs_.edges()[*image.incoming], name));
    bool differs = hash_of_[definition.image] != definition.hash;
    if (!inherited || !differs || !keptUntil(runs_, definition.image, name, ~std::uint64_t{0} - 1)) continue;
    const std::string& path = image.facts->files[definition.file].path;
    const bool dotenv = isDotenv(path);
    if ((dotenv || askedFor(image, name)) && !isLoadedAgain(history, definition.image, path, definition.line))
      history.shadowed.emplace_back(origin_of_[definition.image],
                                    ShadowedFile{definition.image, name, path, definition.line, dotenv});
  }
  return history;
}

std::optional<FileLine> definitionOf(const Runs& runs, const Origin& of, std::string_view name, std::uint64_t hash) {
  if (of.kind != Origin::Kind::write && of.kind != Origin::Kind::edge && of.kind != Origin::Kind::unseen)
    return std::nullopt;
  const facts::Image& image = *runs.images()[of.image].facts;
  const std::uint64_t before =
      of.kind == Origin::Kind::write ? image.writes[of.write].order : runs.edges()[of.edge].facts->order;
  std::optional<FileLine> found;
  std::uint64_t latest = 0;
  for (const facts::ConfigFile& file : image.files) {
    if (file.order >= before || (found && file.order < latest)) continue;
    for (const facts::FileDefinition& definition : file.defines)
      if (definition.name == name && definition.hash == hash) {
        found = FileLine{file.path, definition.line};
        latest = file.order;
      }
  }
  return found;
}

namespace {

// Origins that a person would call the same: the same line of the same program.
std::string groupKey(const Runs& runs, const Origin& origin) {
  if (origin.kind == Origin::Kind::outside) return "outside " + std::to_string(runs.images()[origin.image].run);
  const facts::Image& image = *runs.images()[origin.image].facts;
  return std::string(toString(origin.kind)) + '\0' + image.program + '\0' + origin.place.file + '\0' +
         std::to_string(origin.place.line) + '\0' + origin.place.function;
}

// By origin: the line of a settings file that has its value.
std::vector<std::optional<FileLine>> settingsOf(const Runs& runs, NameId name, const History& history) {
  std::vector<std::optional<FileLine>> settings(history.origins.size());
  std::vector<bool> known(settings.size());
  for (const Carrier& carrier : history.carriers) {
    if (known[carrier.origin]) continue;
    known[carrier.origin] = true;
    const std::uint64_t hash = runs.received(carrier.image, name)->hash;
    settings[carrier.origin] = definitionOf(runs, history.origins[carrier.origin], runs.names()[name], hash);
  }
  return settings;
}

}  // namespace

// Reads of one variable at one place of a program, by whatever processes of it and on whatever ways there.
class Readers {
 public:
  explicit Readers(Report& report) : report_(report) {}

  void add(Index variable, Index image, std::uint32_t read) {
    const RunImage& of = report_.runs->images()[image];
    const facts::Read& facts = of.facts->reads[read];
    std::vector<VariableReader>& readers = report_.variables[variable].readers;
    auto [same_way, unseen] = ways_.try_emplace({variable, of.program, facts.kind, facts.frames.identity()});
    if (unseen) {
      const Place& place = report_.files->place(facts.frames);
      Key key{variable, of.program, facts.kind, facts.api, place.file, place.line, place.function, place.module};
      same_way->second = known_.try_emplace(key, readers.size()).first->second;
    }
    if (same_way->second == readers.size()) {
      readers.push_back({{image}, read, facts.count, report_.files->place(facts.frames)});
      return;
    }
    VariableReader& reader = readers[same_way->second];
    reader.count += facts.count;
    if (reader.images.back() != image) reader.images.push_back(image);
  }

 private:
  using Way = std::tuple<Index, std::uint32_t, facts::ReadKind, const void*>;
  using Key = std::tuple<Index, std::uint32_t, facts::ReadKind, std::string, std::string, unsigned, std::string, std::string>;
  Report& report_;
  std::map<Way, std::size_t> ways_;
  std::map<Key, std::size_t> known_;
};

void traceVariables(Report& report) {
  const Runs& runs = *report.runs;
  Provenance provenance(runs, *report.files);
  Readers readers(report);
  for (NameId name = 0; name < runs.names().size(); ++name) {
    History history = provenance.of(name);
    if (history.carriers.empty()) continue;
    bool ambient = report.ambient(name);
    std::vector<std::optional<FileLine>> settings(history.origins.size());
    if (!ambient) settings = settingsOf(runs, name, history);
    std::map<std::string, Index> groups;
    std::vector<Index> entry_of(history.origins.size());
    for (std::size_t o = 0; o < history.origins.size(); ++o) {
      std::string key = ambient ? std::string() : groupKey(runs, history.origins[o]);
      // One line that loads settings may load those of several programs.
      if (settings[o]) key += '\0' + settings[o]->path;
      auto [group, is_new] = groups.try_emplace(std::move(key), report.variables.size());
      entry_of[o] = group->second;
      if (is_new) {
        VariableReport& variable = report.variables.emplace_back();
        variable.name = name;
        variable.classified = report.classes[name];
        variable.origin = history.origins[o];
        variable.settings = std::move(settings[o]);
      } else {
        ++report.variables[group->second].origins;
        if (ambient) report.variables[group->second].origin.reset();
      }
    }
    for (const Carrier& carrier : history.carriers) {
      VariableReport& variable = report.variables[entry_of[carrier.origin]];
      variable.carriers.push_back(carrier.image);
      if (carrier.edge) variable.path.push_back(*carrier.edge);
    }
    for (const History::ReadBy& read : history.reads)
      if (read.origin) readers.add(entry_of[*read.origin], read.image, read.read);
    for (auto& [origin, file] : history.shadowed)
      report.variables[entry_of[origin]].shadowed_files.push_back(std::move(file));
  }
  std::ranges::stable_sort(report.variables, {}, [&](const VariableReport& variable) {
    return std::pair(variable.classified == VariableClass::ambient, runs.names()[variable.name]);
  });
}

}  // namespace envleak::reports
