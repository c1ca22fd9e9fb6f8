#include "analyzer/program/programs.h"

#include "analyzer/program/key_names.h"

#include <algorithm>
#include <map>
#include <set>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

namespace envleak::analyzer {
namespace {

std::string lastPart(const std::string& path) { return path.substr(path.rfind('/') + 1); }

// Functions and units by each other.
class Units {
 public:
  Units(const std::vector<UnitSummary>& units, const CallGraph& graph) : addressed_(units.size()), addressed_names_(units.size()) {
    for (std::size_t unit = 0; unit < units.size(); ++unit) {
      by_file_[units[unit].main_file].push_back(unit);
      WantedNames names;
      KeyNames unseen({}, names);
      for (const PointerAssignment& assignment : units[unit].pointers) {
        if (assignment.api) continue;
        addressed_[unit].push_back(assignment.function);
        if (graph.definitions(assignment.function).empty()) unseen.addDefinition(assignment.function);
      }
      for (const WantedNames::Name& name : names.definitions) addressed_names_[unit].push_back(nameHash(name.name));
    }
    for (FunctionId id = 0; id < graph.functions().size(); ++id)
      if (graph.functions()[id].function.key.starts_with("i|")) initializers_[graph.functions()[id].file].push_back(id);
  }
  // Units with this main file; none for a header.
  const std::vector<std::size_t>& of(const std::string& file) const {
    static const std::vector<std::size_t> none;
    auto found = by_file_.find(file);
    return found == by_file_.end() ? none : found->second;
  }
  const std::vector<std::string>& addressed(std::size_t unit) const { return addressed_[unit]; }
  // Of those among them that were not parsed.
  const std::vector<NameHash>& addressedNames(std::size_t unit) const { return addressed_names_[unit]; }
  const std::vector<FunctionId>& initializers(const std::string& file) const {
    static const std::vector<FunctionId> none;
    auto found = initializers_.find(file);
    return found == initializers_.end() ? none : found->second;
  }

 private:
  std::unordered_map<std::string, std::vector<std::size_t>> by_file_;
  std::vector<std::vector<std::string>> addressed_;
  std::vector<std::vector<NameHash>> addressed_names_;
  std::unordered_map<std::string, std::vector<FunctionId>> initializers_;
};

NameHash hashOf(const std::string& qualified) {
  return nameHash(std::string_view(qualified).substr(qualified.rfind(':') + 1));
}

// What was not parsed, by the names in its text.
class Texts {
 public:
  struct Body {
    const std::string* file;
    const std::vector<NameHash>* used;
  };
  Texts(const std::vector<UnparsedText>& texts, const CallGraph& graph) {
    for (const UnparsedText& text : texts) {
      std::unordered_set<NameHash> inside;
      for (const SourceText::Body& body : text.text->bodies) {
        for (NameHash name : body.names) bodies_[name].push_back({&text.file, &body.used});
        inside.insert(body.used.begin(), body.used.end());
      }
      for (NameHash name : text.text->executed)
        if (!inside.contains(name)) outside_[text.file].push_back(name);
    }
    if (texts.empty()) return;
    for (FunctionId id = 0; id < graph.functions().size(); ++id)
      functions_[hashOf(graph.functions()[id].function.name)].push_back(id);
  }
  const std::vector<Body>& bodies(NameHash name) const { return of(bodies_, name); }
  // Functions that were parsed.
  const std::vector<FunctionId>& functions(NameHash name) const { return of(functions_, name); }
  // What initialisers outside of functions name.
  const std::vector<NameHash>& outside(const std::string& file) const { return of(outside_, file); }

 private:
  template <typename Map>
  static const typename Map::mapped_type& of(const Map& map, const typename Map::key_type& key) {
    static const typename Map::mapped_type none;
    auto found = map.find(key);
    return found == map.end() ? none : found->second;
  }
  std::unordered_map<NameHash, std::vector<Body>> bodies_;
  std::unordered_map<NameHash, std::vector<FunctionId>> functions_;
  std::unordered_map<std::string, std::vector<NameHash>> outside_;
};

// What a main may reach.
class Reach {
 public:
  Reach(const Units& by_file, const Texts& texts, const CallGraph& graph, const std::set<std::string>* linked)
      : by_file_(by_file), texts_(texts), graph_(graph), linked_(linked) {}

  void from(FunctionId main) {
    add(main);
    // A linker takes whole objects: what runs before main does so in each of them.
    if (linked_)
      for (const std::string& file : *linked_) include(file);
    while (!open_.empty() || !open_names_.empty()) {
      if (!open_names_.empty()) {
        NameHash name = open_names_.back();
        open_names_.pop_back();
        for (FunctionId id : texts_.functions(name)) add(id);
        addBodies(name);
        continue;
      }
      FunctionId id = open_.back();
      open_.pop_back();
      for (const ProgramCall& call : graph_.functions()[id].calls) {
        for (FunctionId callee : call.callees) add(callee);
        for (const std::string& key : call.call.functions)
          if (graph_.definitions(key).empty()) addBodies(hashOf(call.call.callee));
      }
    }
  }
  bool has(FunctionId function) const { return functions_.contains(function); }
  const std::set<std::string>& files() const { return files_; }

 private:
  void add(FunctionId id) {
    const std::string& file = graph_.functions()[id].file;
    bool header = by_file_.of(file).empty();
    if (linked_ && !header && !linked_->contains(file)) return;  // another program's, of the same name
    if (!functions_.insert(id).second) return;
    open_.push_back(id);
    include(file);
  }
  void addBodies(NameHash name) {
    if (!bodies_.insert(name).second) return;
    for (const Texts::Body& body : texts_.bodies(name)) {
      if (linked_ && !by_file_.of(*body.file).empty() && !linked_->contains(*body.file)) continue;
      include(*body.file);
      for (NameHash used : *body.used) addName(used);
    }
  }
  void addName(NameHash name) {
    if (names_.insert(name).second) open_names_.push_back(name);
  }
  void include(const std::string& file) {
    if (!files_.insert(file).second) return;
    for (NameHash name : texts_.outside(file)) addName(name);
    for (FunctionId initializer : by_file_.initializers(file)) add(initializer);
    for (std::size_t unit : by_file_.of(file)) {
      for (const std::string& key : by_file_.addressed(unit))
        for (FunctionId id : graph_.definitions(key)) add(id);
      for (NameHash name : by_file_.addressedNames(unit)) addBodies(name);
    }
  }

  const Units& by_file_;
  const Texts& texts_;
  const CallGraph& graph_;
  const std::set<std::string>* linked_;
  std::unordered_set<NameHash> names_, bodies_;  // reached by a text; by any
  std::vector<NameHash> open_names_;
  std::set<FunctionId> functions_;
  std::set<std::string> files_;
  std::vector<FunctionId> open_;
};

}  // namespace

std::vector<facts::Program> findPrograms(const std::vector<UnitSummary>& units, const CallGraph& graph,
                                         const Inventory& inventory, const std::vector<LinkedProgram>& linked,
                                         const std::vector<UnparsedText>& unparsed) {
  Units by_file(units, graph);
  Texts texts(unparsed, graph);
  std::vector<facts::Program> programs;
  auto describe = [&](FunctionId main, const LinkedProgram* link) {
    std::set<std::string> parts;
    if (link) parts.insert(link->units.begin(), link->units.end());
    Reach reach(by_file, texts, graph, link ? &parts : nullptr);
    reach.from(main);
    facts::Program program;
    program.file = graph.functions()[main].shown_file;
    program.line = graph.functions()[main].function.shown_line;
    program.known_from = link ? link->known_from : "call-graph";
    if (link) program.name = lastPart(link->output);
    for (const std::string& file : reach.files())
      if (!by_file.of(file).empty() && (!link || parts.contains(file))) program.units.push_back(file);
    std::set<facts::Program::Read> reads;
    std::set<std::pair<std::string, std::pair<unsigned, unsigned>>> unknown;
    for (const auto& read : inventory.reads()) {
      bool own = read.function ? reach.has(*read.function) : reach.files().contains(units[read.unit].main_file);
      if (!own || read.resolved) continue;
      if (read.fact.name)
        reads.insert({*read.fact.name, read.fact.file, read.fact.line, read.fact.column});
      else
        unknown.insert({read.fact.file, {read.fact.line, read.fact.column}});
    }
    program.reads.assign(reads.begin(), reads.end());
    program.unknown_reads = static_cast<unsigned>(unknown.size());
    programs.push_back(std::move(program));
  };
  for (FunctionId id = 0; id < graph.functions().size(); ++id) {
    const Function& function = graph.functions()[id].function;
    if (function.key != "c:@F@main" && !function.key.starts_with("c:@F@main#")) continue;
    bool found = false;
    for (const LinkedProgram& link : linked) {
      if (!std::ranges::binary_search(link.units, graph.functions()[id].file)) continue;
      describe(id, &link);
      found = true;
    }
    if (!found) describe(id, nullptr);
  }
  std::ranges::sort(programs, {}, [](const facts::Program& p) { return std::tie(p.file, p.line, p.name); });
  for (std::size_t i = 0; i < programs.size(); ++i) programs[i].id = "g" + std::to_string(i + 1);
  return programs;
}

void matchChildren(const std::vector<facts::Program>& programs, std::vector<facts::SpawnSite>& sites) {
  std::map<std::string, std::vector<std::string>> by_name;
  for (const facts::Program& program : programs)
    if (program.name) by_name[*program.name].push_back(program.id);
  for (facts::SpawnSite& site : sites) {
    if (!site.program) continue;
    // Of a command for the shell only a first word without quoting is taken for a program.
    std::string word = site.program->substr(0, site.program->find_first_of(" \t\n"));
    if (word.find_first_of("\"'$`\\;|&<>()*?[]{}~=") != std::string::npos) continue;
    auto found = by_name.find(lastPart(word));
    if (found != by_name.end()) site.children = found->second;
  }
}

}  // namespace envleak::analyzer
