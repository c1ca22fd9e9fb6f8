#include "analyzer/program/inventory.h"

#include <algorithm>
#include <deque>
#include <map>
#include <set>
#include <unordered_set>
#include <utility>

namespace envleak::analyzer {
namespace {

// Where each function is called.
class Callers {
 public:
  Callers(const std::vector<UnitSummary>& units, const CallGraph& graph) : graph_(graph), calls_(graph.functions().size()) {
    for (const ProgramFunction& function : graph.functions())
      for (const ProgramCall& call : function.calls)
        for (FunctionId callee : call.callees) calls_[callee].push_back(&call);
    for (const UnitSummary& unit : units)
      for (const PointerAssignment& assignment : unit.pointers)
        if (!assignment.api) addressed_.insert(assignment.function);
  }
  const std::vector<const ProgramCall*>& of(FunctionId function) const { return calls_[function]; }
  // Somebody may call it whom nobody sees.
  bool isAddressed(FunctionId function) const {
    return addressed_.contains(graph_.functions()[function].function.key);
  }
  const CallGraph& graph() const { return graph_; }

 private:
  const CallGraph& graph_;
  std::vector<std::vector<const ProgramCall*>> calls_;
  std::unordered_set<std::string> addressed_;
};

std::optional<FunctionId> ownerOf(const CallGraph& graph, const std::string& key, const std::string& file) {
  const std::vector<FunctionId>& definitions = graph.definitions(key);
  if (definitions.empty()) return std::nullopt;
  auto found = std::ranges::find_if(definitions, [&](FunctionId id) { return graph.functions()[id].file == file; });
  return found == definitions.end() ? definitions.front() : *found;
}

void setName(facts::EnvironmentRead& read, const std::string& text) { read.name = text; }
void setName(facts::EnvironmentWrite& write, const std::string& text) {
  write.name = write.kind == facts::WriteKind::put ? text.substr(0, text.find('=')) : text;
}

facts::PathStep tableStep(const NameTable& table) {
  return {table.file, table.line, 0, "one of the names in '" + table.name + "'"};
}

// The names that an access of a wrapper is given by its callers, each listed where it is given.
template <typename Access>
class Resolution {
 public:
  Resolution(const Callers& callers, std::vector<Listed<Access>>& result) : callers_(callers), result_(result) {}

  // False if some name is not known.
  bool run(const Listed<Access>& access, const NameSource& source) {
    if (source.table) {
      list(access.fact, access.function, access.unit, access.fact, *source.table, {});
      return source.table->complete;
    }
    if (!source.parameter || !access.function) return false;
    bool known = true;
    std::set<std::pair<FunctionId, unsigned>> seen;
    std::deque<Given> open{{*access.function, *source.parameter, {step(access, *source.parameter)}}};
    while (!open.empty()) {
      Given given = std::move(open.front());
      open.pop_front();
      if (!seen.emplace(given.function, given.parameter).second) continue;
      known &= !callers_.of(given.function).empty() && !callers_.isAddressed(given.function);
      for (const ProgramCall* call : callers_.of(given.function)) known &= visit(access, given, *call, open);
    }
    return known;
  }

 private:
  struct Given {
    FunctionId function;
    unsigned parameter;
    std::vector<facts::PathStep> path;
  };

  std::string parameterName(FunctionId function, unsigned parameter) const {
    const std::vector<std::string>& names = callers_.graph().functions()[function].function.parameter_names;
    return parameter < names.size() ? names[parameter] : std::string();
  }

  facts::PathStep step(const Listed<Access>& access, unsigned parameter) const {
    const Access& fact = access.fact;
    return {fact.file, fact.line, fact.column,
            "'" + fact.function + "' passes '" + parameterName(*access.function, parameter) + "' on to '" + fact.callee +
                "'"};
  }

  bool visit(const Listed<Access>& access, const Given& given, const ProgramCall& call, std::deque<Given>& open) {
    if (given.parameter >= call.call.arguments.size()) return false;
    const Argument& argument = call.call.arguments[given.parameter];
    Access here = access.fact;
    here.file = call.file;
    here.line = call.call.line;
    here.column = call.call.column;
    here.function = call.call.function;
    here.callee = call.call.callee;
    if (argument.text) {
      setName(here, *argument.text);
      here.path = given.path;
      result_.push_back({std::move(here), call.caller, access.unit, false});
      return true;
    }
    if (argument.name.table) {
      list(here, call.caller, access.unit, here, *argument.name.table, given.path);
      return argument.name.table->complete;
    }
    if (!argument.name.parameter) return false;
    Given next{call.caller, *argument.name.parameter, given.path};
    next.path.insert(next.path.begin(),
                     {call.file, call.call.line, call.call.column,
                      "'" + call.call.function + "' passes '" + parameterName(call.caller, *argument.name.parameter) +
                          "' on to '" + call.call.callee + "'"});
    open.push_back(std::move(next));
    return true;
  }

  void list(const Access& at, const std::optional<FunctionId>& function, std::size_t unit, Access fact,
            const NameTable& table, std::vector<facts::PathStep> path) {
    path.insert(path.begin(), tableStep(table));
    fact = at;
    fact.path = std::move(path);
    for (const std::string& text : table.texts) {
      setName(fact, text);
      result_.push_back({fact, function, unit, false});
    }
  }

  const Callers& callers_;
  std::vector<Listed<Access>>& result_;
};

// `all`: what the units list. The same header gives the same access in many units: resolved once.
template <typename Access>
void resolve(const Callers& callers, std::vector<std::pair<Listed<Access>, NameSource>> all,
             std::vector<Listed<Access>>& result) {
  auto place = [](const auto& entry) {
    const Access& fact = entry.first.fact;
    return std::tie(fact.file, fact.line, fact.column, fact.callee, fact.function, fact.name);
  };
  std::stable_sort(all.begin(), all.end(), [&](const auto& a, const auto& b) { return place(a) < place(b); });
  Resolution<Access> resolution(callers, result);
  for (std::size_t begin = 0, end; begin < all.size(); begin = end) {
    for (end = begin + 1; end < all.size() && place(all[end]) == place(all[begin]);) ++end;
    Listed<Access>& access = all[begin].first;
    // Several configurations of one place: each with its source.
    bool known = !access.fact.name && access.fact.callee != "environ";
    bool spelled_out = known;  // by tables alone: the names stand for it
    std::vector<NameSource> done;
    for (std::size_t i = begin; i < end && !access.fact.name; ++i) {
      const NameSource& source = all[i].second;
      if (std::find(done.begin(), done.end(), source) != done.end()) continue;
      done.push_back(source);
      known &= resolution.run(access, source);
      spelled_out &= source.table.has_value();
    }
    if (known && spelled_out) continue;
    access.resolved = known;
    result.push_back(std::move(access));
  }
}

template <typename Access>
void collect(const CallGraph& graph, std::size_t unit, const std::vector<Access>& facts,
             const std::vector<UnitSummary::Origin>& origins,
             std::vector<std::pair<Listed<Access>, NameSource>>& all) {
  for (std::size_t i = 0; i < facts.size(); ++i) {
    static const UnitSummary::Origin none;
    const UnitSummary::Origin& origin = i < origins.size() ? origins[i] : none;
    all.push_back({{facts[i], ownerOf(graph, origin.function, facts[i].file), unit, false}, origin.name});
  }
}

}  // namespace

Inventory::Inventory(const std::vector<UnitSummary>& units, const CallGraph& graph) {
  Callers callers(units, graph);
  std::vector<std::pair<Listed<facts::EnvironmentRead>, NameSource>> reads;
  std::vector<std::pair<Listed<facts::EnvironmentWrite>, NameSource>> writes;
  for (std::size_t unit = 0; unit < units.size(); ++unit) {
    collect(graph, unit, units[unit].reads, units[unit].read_origins, reads);
    collect(graph, unit, units[unit].writes, units[unit].write_origins, writes);
  }
  resolve(callers, std::move(reads), reads_);
  resolve(callers, std::move(writes), writes_);
}

}  // namespace envleak::analyzer
