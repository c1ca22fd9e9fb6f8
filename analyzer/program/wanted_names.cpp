#include "analyzer/program/wanted_names.h"

#include "analyzer/program/call_graph.h"
#include "analyzer/program/environments.h"

#include <algorithm>
#include <string_view>

namespace envleak::analyzer {
namespace {

bool isNameCharacter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || (c & 0x80) != 0;
}

// Is what stands before '|' in a key, the file of internal linkage, a unit's main file? Nothing else can name it then.
class Names {
 public:
  Names(const std::vector<UnitSummary>& units, WantedNames& wanted) : wanted_(wanted) {
    for (const UnitSummary& unit : units) main_files_.insert(unit.main_file);
  }

  // A function by its name as the source has it, perhaps qualified or a template's.
  void addFunction(std::string_view name) {
    if (name.find("operator") != name.npos) wanted_.everything = true;
    std::size_t angle = name.find('<');
    if (angle != name.npos) name = name.substr(0, angle);
    std::size_t end = name.size();
    while (end > 0 && !isNameCharacter(name[end - 1])) --end;
    std::size_t start = end;
    while (start > 0 && isNameCharacter(name[start - 1])) --start;
    if (start < end) wanted_.names.insert(std::string(name.substr(start, end - start)));
  }

  // Of a variable, field or parameter that is called through: its name, or that of the parameter's function.
  void addPointer(std::string_view key) { addKey(key, key.starts_with("v|") ? wanted_.pointers : wanted_.names); }
  // Of a field or variable that holds an environment: being given one is a use.
  void addCell(std::string_view key) { addKey(key, wanted_.names); }
  void addDefinition(std::string_view key) { addKey(key, wanted_.definitions); }

 private:
  // By a key: more words than needed, never less.
  void addKey(std::string_view key, std::set<std::string>& names) {
    if (std::size_t bar = key.rfind('|'); bar != key.npos) {
      std::string_view file = key.substr(0, bar);
      if (std::size_t before = file.find('|'); before != file.npos) file.remove_prefix(before + 1);
      key.remove_prefix(bar + 1);
      if (main_files_.contains(std::string(file))) return;
    }
    // A USR of C ends in the name; where a signature or a template stands in it, all its words count.
    const bool signature = key.find('#') != key.npos;
    if (!signature)
      if (std::size_t at = key.rfind('@'); at != key.npos) key.remove_prefix(at + 1);
    for (std::size_t at = 0; at < key.size();) {
      std::size_t start = at;
      while (at < key.size() && isNameCharacter(key[at])) ++at;
      std::string_view word = key.substr(start, at - start);
      bool is_tag = signature && !word.empty() && word.size() < 3 &&
                    (word == "c" || (word[0] >= 'A' && word[0] <= 'Z'));  // of the USR itself
      bool is_name = !word.empty() && (word[0] < '0' || word[0] > '9') && !word.starts_with("__builtin_") && !is_tag;
      if (is_name) names.insert(std::string(word));
      while (at < key.size() && !isNameCharacter(key[at])) ++at;
    }
  }

  WantedNames& wanted_;
  std::set<std::string> main_files_;
};

class Search {
 public:
  Search(const CallGraph& graph, Names& names) : graph_(graph), names_(names) {}

  void state(const EnvironmentState& state) {
    using Kind = EnvironmentValue::Kind;
    value(state.value);
    // Nothing of the parent's is in it so far: a function that was not seen could bring it back.
    bool narrow = state.narrowed_on_some_path || (state.value.kind != Kind::inherited &&
                                                  state.value.kind != Kind::environ && state.value.kind != Kind::forwarded);
    for (const EnvironmentState::Called& called : state.called) {
      narrow |= called.place;
      for (FunctionId callee : graph_.definitions(called.function))
        narrow |= graph_.functions()[callee].function.leaves.has_value();
      if (narrow) reach(called.function);
    }
  }
  void value(const EnvironmentValue& value) {
    bool of_function = value.kind == EnvironmentValue::Kind::result || value.kind == EnvironmentValue::Kind::filled;
    if (of_function && graph_.definitions(value.function).empty())
      names_.addDefinition(value.function);
    if (!value.cell.empty()) names_.addCell(value.cell);
    for (const EnvironmentValue& argument : value.arguments) this->value(argument);
    for (const EnvironmentCase& one : value.cases) this->value(one.value);
  }
  void passed(const Passed& passed) {
    if (passed.environment) state(*passed.environment);
  }
  void argument(const Argument& argument) {
    passed(argument);
    for (const Argument::Field& field : argument.fields) passed(field);
  }

 private:
  // All that it may call must have been seen.
  void reach(const std::string& key) {
    std::vector<std::string> todo{key};
    while (!todo.empty()) {
      std::string next = std::move(todo.back());
      todo.pop_back();
      if (next.empty() || !reached_.insert(next).second) continue;
      if (graph_.definitions(next).empty()) names_.addDefinition(next);
      for (FunctionId id : graph_.definitions(next))
        for (const ProgramCall& call : graph_.functions()[id].calls) {
          for (const std::string& function : call.call.functions) todo.push_back(function);
          for (FunctionId callee : call.callees) todo.push_back(graph_.functions()[callee].function.key);
        }
    }
  }

  const CallGraph& graph_;
  Names& names_;
  std::set<std::string> reached_;
};

}  // namespace

WantedNames wantedNames(std::vector<UnitSummary> units, const Knowledge& knowledge) {
  WantedNames wanted;
  Names names(units, wanted);
  // Functions that read or write the variable which a parameter names.
  std::set<std::string> named_by_caller;
  for (const UnitSummary& unit : units)
    for (const auto* origins : {&unit.read_origins, &unit.write_origins})
      for (const UnitSummary::Origin& origin : *origins)
        if (origin.name.parameter) named_by_caller.insert(origin.function);
  CallGraph graph(units, knowledge);
  for (bool changed = true; changed;) {
    changed = false;
    for (const ProgramFunction& function : graph.functions())
      for (const ProgramCall& call : function.calls)
        for (FunctionId callee : call.callees) {
          bool hands_on = std::ranges::any_of(call.call.arguments, [](const Argument& one) { return !one.depends.empty(); });
          if (hands_on && named_by_caller.contains(graph.functions()[callee].function.key))
            changed |= named_by_caller.insert(function.function.key).second;
        }
  }
  Environments environments(graph);
  Search search(graph, names);
  for (FunctionId id = 0; id < graph.functions().size(); ++id) {
    const ProgramFunction& function = graph.functions()[id];
    if (function.isWrapper() || named_by_caller.contains(function.function.key) || environments.hasNarrowEntry(id) ||
        environments.replacesEnviron(id))
      names.addFunction(function.function.name);
    if (function.function.returns) search.value(*function.function.returns);
    if (function.function.leaves) search.state(*function.function.leaves);
    for (const Function::Left& left : function.function.leaves_ports) search.state(left.environment);
    for (const ProgramCall& call : function.calls) {
      search.state(call.call.environment);
      search.argument(call.call.receiver);
      for (const Argument& argument : call.call.arguments) search.argument(argument);
    }
  }
  for (const auto& [key, held] : graph.pointers()) {
    bool matters = !held.first.empty();
    for (const std::string& function : held.second)
      for (FunctionId id : graph.definitions(function)) matters |= graph.functions()[id].isWrapper();
    if (matters) names.addPointer(key);
  }
  return wanted;
}

}  // namespace envleak::analyzer
