#include "analyzer/program/callbacks.h"

#include <algorithm>
#include <optional>

namespace envleak::analyzer {
namespace {

// Beyond these a function stands for all that is passed to it.
constexpr std::size_t variantsOfOne = 256;
constexpr std::size_t variantsForEach = 8;  // on average

class Callbacks {
 public:
  Callbacks(const CallGraph& graph, const Knowledge& knowledge)
      : graph_(graph), knowledge_(knowledge), called_(graph.functions().size()), counts_(graph.functions().size()) {
    findCalled();
  }

  std::vector<FunctionVariant> run() {
    for (FunctionId id = 0; id < graph_.functions().size(); ++id) add(id, {});
    // Grows while it is gone through; a call's callees are added behind.
    for (VariantId id = 0; id < variants_.size(); ++id) bind(id);
    return std::move(variants_);
  }

 private:
  const ProgramFunction& function(FunctionId id) const { return graph_.functions()[id]; }

  // The parameter of the function that the key names.
  std::optional<unsigned> parameterOf(FunctionId id, const std::string& key) const {
    std::size_t bar = key.find('|');
    if (!key.starts_with('p') || key.compare(bar + 1, std::string::npos, function(id).function.key) != 0) return std::nullopt;
    return static_cast<unsigned>(std::stoul(key.substr(1, bar - 1)));
  }

  // Visits what a pointer may hold in the function: parameters of it, other pointers, functions.
  template <typename Visit>
  void forEachHeld(FunctionId id, const Callable& callable, std::set<std::string>& seen, const Visit& visit) const {
    std::optional<unsigned> parameter = callable.from.empty() ? std::nullopt : parameterOf(id, callable.from);
    bool local = callable.from.starts_with("l|");
    if (!local) visit(callable, parameter);
    if ((!local && !parameter) || !seen.insert(callable.from).second) return;
    for (const Callable& put : graph_.putInLocal(local ? callable.from : "l|" + callable.from)) forEachHeld(id, put, seen, visit);
  }

  // Which parameters does each function call, or pass on to one that does?
  void findCalled() {
    std::vector<FunctionId> todo;
    auto mark = [&](FunctionId id, const Callable& callable) {
      std::set<std::string> seen;
      forEachHeld(id, callable, seen, [&](const Callable&, std::optional<unsigned> parameter) {
        if (parameter && called_[id].insert(*parameter).second) todo.push_back(id);
      });
    };
    for (FunctionId id = 0; id < graph_.functions().size(); ++id)
      for (const ProgramCall& call : function(id).calls)
        if (!call.call.pointer.empty()) mark(id, {{}, {}, call.call.pointer});
    while (!todo.empty()) {
      FunctionId callee = todo.back();
      todo.pop_back();
      for (const ProgramCall* call : function(callee).callers)
        for (unsigned parameter : called_[callee])
          if (const Argument* argument = passedFor(call->call, function(call->caller).function, function(callee).function, parameter);
              argument && argument->callables)
            for (const Callable& callable : *argument->callables) mark(call->caller, callable);
    }
  }

  // What the pointer holds in the variant; false: it is not known.
  bool addTargets(const FunctionVariant& variant, const Callable& callable, Targets& targets) const {
    bool known = true;
    std::set<std::string> seen;
    forEachHeld(variant.function, callable, seen, [&](const Callable& held, std::optional<unsigned> parameter) {
      if (!held.api.empty()) targets.apis.insert(held.api);
      if (!held.function.empty()) targets.functions.insert(held.function);
      if (held.from.empty()) return;
      auto given = parameter ? variant.given.find(*parameter) : variant.given.end();
      auto all = graph_.pointers().find(held.from);
      const Targets* found = given != variant.given.end()         ? &given->second
                             : all != graph_.pointers().end() ? &all->second
                                                                  : nullptr;
      bool none = given == variant.given.end() && (!found || (found->apis.empty() && found->functions.empty()));
      known &= !none;
      if (!found) return;
      targets.apis.insert(found->apis.begin(), found->apis.end());
      targets.functions.insert(found->functions.begin(), found->functions.end());
    });
    return known;
  }

  // The variant of the callee that the call reaches.
  VariantId reachedBy(const FunctionVariant& variant, const ProgramCall& call, FunctionId callee) {
    std::map<unsigned, Targets> given;
    for (unsigned parameter : called_[callee]) {
      const Argument* argument = passedFor(call.call, function(call.caller).function, function(callee).function, parameter);
      if (!argument) continue;
      bool known = argument->callables || argument->number == 0;
      Targets targets;
      if (argument->callables)
        for (const Callable& callable : *argument->callables) known &= addTargets(variant, callable, targets);
      if (known) given.emplace(parameter, std::move(targets));
    }
    return given.empty() ? callee : add(callee, std::move(given));
  }

  VariantId add(FunctionId id, std::map<unsigned, Targets> given) {
    if (!given.empty()) {
      auto found = known_.find({id, given});
      if (found != known_.end()) return found->second;
      if (counts_[id] >= variantsOfOne || variants_.size() >= variantsForEach * counts_.size() + variantsOfOne) return id;
      ++counts_[id];
      known_.emplace(std::make_pair(id, given), variants_.size());
    }
    variants_.push_back({id, std::move(given), {}, {}, {}});
    return variants_.size() - 1;
  }

  void bind(VariantId id) {
    std::vector<VariantCall> calls;
    const FunctionVariant variant = variants_[id];
    for (const ProgramCall& call : function(variant.function).calls) {
      VariantCall bound{&call, call.apis, {}};
      std::vector<FunctionId> callees = call.callees;
      if (Targets targets; !call.call.pointer.empty() && !variant.given.empty() &&
                           addTargets(variant, {{}, {}, call.call.pointer}, targets)) {
        bound.apis.clear();
        for (const std::string& api : targets.apis)
          if (const std::vector<SpawnApi>* entries = knowledge_.spawns(api)) bound.apis.push_back(&entries->front());
        std::set<FunctionId> ids;
        for (const std::string& key : targets.functions)
          for (FunctionId callee : graph_.reached(key)) ids.insert(callee);
        callees.assign(ids.begin(), ids.end());
      }
      for (FunctionId callee : callees) {
        VariantId reached = reachedBy(variant, call, callee);
        if (std::ranges::find(bound.callees, reached) == bound.callees.end()) bound.callees.push_back(reached);
      }
      calls.push_back(std::move(bound));
    }
    variants_[id].calls = std::move(calls);
  }

  const CallGraph& graph_;
  const Knowledge& knowledge_;
  std::vector<std::set<unsigned>> called_;  // parameters, by function
  std::vector<std::size_t> counts_;
  std::map<std::pair<FunctionId, std::map<unsigned, Targets>>, VariantId> known_;
  std::vector<FunctionVariant> variants_;
};

}  // namespace

std::vector<FunctionVariant> variantsOf(const CallGraph& graph, const Knowledge& knowledge) {
  return Callbacks(graph, knowledge).run();
}

}  // namespace envleak::analyzer
