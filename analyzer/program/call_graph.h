// All summaries as one program: functions, who may call whom, and which parameters reach a spawn.
#pragma once

#include "analyzer/frontend/summary.h"
#include "analyzer/knowledge/knowledge.h"

#include <map>
#include <set>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace envleak::analyzer {

using FunctionId = std::size_t;

// A call of the program, with what it may reach.
struct ProgramCall {
  Call call;
  std::string file;
  FunctionId caller = 0;
  std::vector<const SpawnApi*> apis;  // spawned here, directly or through a pointer
  std::vector<FunctionId> callees;    // project functions with a body
  bool through_pointer = false;
};

// Functions that a pointer may hold: names of spawn APIs, and keys of functions.
struct Targets {
  std::set<std::string> apis;
  std::set<std::string> functions;
  auto operator<=>(const Targets&) const = default;
};

struct ProgramFunction {
  Function function;  // its calls are in `calls`
  std::string file;        // that is compiled
  std::string shown_file;  // where `#line` says
  std::vector<ProgramCall> calls;
  bool called = false;
  bool address_taken = false;    // it may be called from anywhere
  std::vector<const ProgramCall*> callers;
  bool changes_environ = false;  // itself, in what it calls, or perhaps in what was not seen
};

using VariantId = std::size_t;

// A call in a variant, with what it may reach there.
struct VariantCall {
  const ProgramCall* call = nullptr;
  std::vector<const SpawnApi*> apis;
  std::vector<VariantId> callees;
};

// A function with the callbacks that some call passes to it.
struct FunctionVariant {
  FunctionId function = 0;
  std::map<unsigned, Targets> given;  // by parameter; those that are missing: what any caller passes
  std::vector<VariantCall> calls;     // as those of the function
  // Parameters that become a spawn's program, command, arguments or environment; and those that become its program.
  Ports carried;
  Ports program;
  // A call of it with these parameters starts a program that its caller chooses.
  bool isWrapper() const { return !carried.empty(); }
};

class CallGraph {
 public:
  CallGraph(std::vector<UnitSummary>& units, const Knowledge& knowledge);

  const std::vector<ProgramFunction>& functions() const { return functions_; }
  // Definitions with this key; several programs in one database have several mains.
  const std::vector<FunctionId>& definitions(const std::string& key) const;
  // The functions themselves come first, by their ids, with the callbacks that any caller passes.
  const std::vector<FunctionVariant>& variants() const { return variants_; }
  // What each pointer may hold, by its key.
  const auto& pointers() const { return pointers_; }
  // What is put in a local variable, or in a parameter by its own function.
  const std::vector<Callable>& putInLocal(const std::string& key) const;
  // The same, and those of the methods that override it.
  std::vector<FunctionId> reached(const std::string& key) const;
  // Groups of functions that call each other, called ones before their callers.
  const std::vector<std::vector<FunctionId>>& groups() const { return groups_; }
  const std::vector<std::vector<VariantId>>& variantGroups() const { return variant_groups_; }
  // What of the caller's own caller this call hands on to a spawn.
  Ports handedOn(const VariantCall& call) const;
  // Values that the program puts in a field or global variable, with the key of the function that does so.
  const std::vector<CellValue>& valuesOf(const std::string& cell) const;
  // Keys of the functions that put something in such cells.
  template <typename Predicate>
  std::set<std::string> writersOf(Predicate predicate) const {
    std::set<std::string> functions;
    for (const auto& [cell, values] : cells_)
      if (predicate(cell))
        for (const CellValue& one : values) functions.insert(one.function);
    return functions;
  }
  // Does each call of the function return memory that nothing else holds?
  bool returnsFresh(const std::string& key) const { return fresh_.contains(key); }
  // And in which nothing was put yet?
  bool returnsBlank(const std::string& key) const { return blank_.contains(key); }
  // Parts of the program were not seen.
  bool incomplete() const { return incomplete_; }

 private:
  void collect(std::vector<UnitSummary>& units);
  void resolvePointers(const std::vector<UnitSummary>& units, const Knowledge& knowledge);
  void resolveCalls(const Knowledge& knowledge);
  void makeVariants(const Knowledge& knowledge);
  void addCallee(ProgramCall& call, FunctionId callee);
  void findFresh();
  void group();
  void findWrappers();
  void findChanges();
  Ports programHandedOn(const VariantCall& call) const;
  Ports dependsOfOperand(const ProgramCall& call, const Operand& operand) const;
  // What the call's arguments for the callee's `wanted` are made from.
  Ports mapped(const ProgramCall& call, const ProgramFunction& callee, const Ports& wanted) const;

  std::vector<ProgramFunction> functions_;
  std::unordered_map<std::string, std::vector<FunctionId>> by_key_;
  std::unordered_map<std::string, std::set<std::string>> overriders_;
  std::unordered_map<std::string, Targets> pointers_;
  std::unordered_map<std::string, std::vector<Callable>> locals_;
  std::unordered_set<std::string> fresh_, blank_;
  std::vector<FunctionVariant> variants_;
  std::vector<std::vector<FunctionId>> groups_;
  std::vector<std::vector<VariantId>> variant_groups_;
  std::unordered_map<std::string, std::vector<CellValue>> cells_;
  bool incomplete_ = false;
};

// What the call passes for a parameter of the callee: the receiver for the object, nothing for "...". What a lambda
// sees of the function around it, calls in that function hand on; others do not know it.
const Argument* passedFor(const Call& call, const Function& caller, const Function& callee, unsigned parameter);
// Does the call hand any of what the callee carries to a spawn? What a lambda captured may be of no concern to its caller.
bool choosesFor(const ProgramCall& call, const Function& caller, const Function& callee, const Ports& carried);
// A field of the port, if the function's parameter can have any.
Port fieldOf(const Function& function, const Port& port, const std::string& field);

// Index of the argument that is the environment; nullopt if the API has none.
std::optional<std::size_t> environmentArgument(const SpawnApi& api, const Call& call);

}  // namespace envleak::analyzer
