// One function: its syntax tree becomes calls, reads and writes, with the state of `environ` at each spawn.
#pragma once

#include "analyzer/frontend/dataflow.h"
#include "analyzer/frontend/environment_state.h"
#include "analyzer/frontend/initializers.h"
#include "analyzer/frontend/places.h"
#include "analyzer/frontend/source_files.h"
#include "analyzer/frontend/summary.h"
#include "analyzer/frontend/values.h"
#include "analyzer/knowledge/selector.h"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace envleak::analyzer {

// A container of strings, as C++ hands them around.
bool isStringContainer(CXType type);
// What it is, refers or points to.
CXType plainType(CXType type);

class Lowering final : private PlaceValues {
 public:
  struct Context {
    const SyntaxTree& tree;
    const Dataflow& dataflow;
    const Values& values;
    Callees& callees;
    SourceFiles& files;
    const std::string& architecture;  // first part of the target triple
    UnitSummary& summary;             // receives reads and writes
    CursorMap<bool>& contains_environment;  // by record; filled as they are met
    CursorMap<std::vector<CXCursor>>& destructors;  // the same: what runs when one goes
    CursorMap<bool>& never_return;                  // functions of this unit, once they were lowered
    const CursorMap<NodeId>& member_defaults;       // by field: what it is declared with
  };

  // `root`: a function with its body, or a variable at namespace level with its initialiser.
  Lowering(const Context& context, NodeId root)
      : c_(context), root_(root), values_(context.values.with(this)), places_(c_.tree, c_.dataflow, c_.callees) {}
  Lowering(const Lowering&) = delete;
  Lowering& operator=(const Lowering&) = delete;
  Function run();

  // A lambda, a method of a local class: a function of its own that stands in another one.
  struct Inner {
    NodeId root = noNode;
    std::string name, within, captures;  // see Function; what stands in the brackets
    bool environ_escapes = false;
    int depth = 0;
    FlowState entry;                                  // what it finds when it is called
    std::map<std::string, FlowState::Held> effects;  // what it may leave to the function around it
    bool isCopied(const std::string& variable) const;
  };
  Lowering(const Context& context, const Inner& inner) : Lowering(context, inner.root) {
    is_inner_ = true;
    beginInner(inner);
  }
  // Those that stand in the function itself, once it was lowered.
  std::vector<Inner> inner() const;

 private:
  // Statements. `last`: nothing of the function follows.
  void visit(NodeId node, bool last);
  void visitChildren(NodeId node);
  void visitBlock(NodeId node, bool last);
  void visitIf(NodeId node, bool last);
  // A question about a variable that has one value only.
  struct Asked {
    NodeId node = noNode;  // the `if`
    CXCursor variable = clang_getNullCursor();
    long long number = 0;
    bool equal = true;
    FlowState yes, no, after;
  };
  std::optional<Asked> asked(NodeId node, NodeId condition) const;
  bool isHarmless(NodeId begin, NodeId end) const;
  void visitLoop(NodeId node);
  void visitSwitch(NodeId node);
  void visitTry(NodeId node);
  void noteFresh(NodeId returned);
  void visitReturn(NodeId node);
  void visitGoto(NodeId node);
  void visitLabel(NodeId node);
  // Lambdas and methods of local classes.
  void visitNested(NodeId node);
  std::string captureList(NodeId lambda) const;
  CXCursor declarationOfInner(NodeId node) const;
  std::string keyOfInner(NodeId node) const;
  std::string variableOf(const Place& place) const;
  void enter(Inner& inner, bool made);
  bool mentionsEnvironments(NodeId lambda) const;
  void findEffects(Inner& inner);
  void lambdasMayRun();
  void beginInner(const Inner& inner);
  void numberOwnPorts(std::size_t cells_before);
  void visitBranchingExpression(NodeId node);

  // Events.
  void call(NodeId node, bool tail);
  void callOf(NodeId node, CXCursor called, bool tail);
  void callThrough(NodeId node, NodeId callee, bool tail);
  void callUndecided(NodeId node, CXCursor named, bool tail);
  void addTargets(Call& call, NodeId callee) const;
  void handToLibrary(NodeId node, const std::string& name, bool tail);
  void spawn(NodeId node, const std::vector<SpawnApi>& entries, bool tail);
  void readVariable(NodeId node, const ReaderApi& api);
  void writeVariable(NodeId node, const WriterApi& api);
  void assign(NodeId node);
  void useOfEnviron(NodeId node);
  bool isGivenToProject(NodeId address) const;
  void changeElsewhere(const std::string& function);
  bool giveEnviron(NodeId argument, CXType expected, unsigned parameter, const Callee& callee, bool always);
  std::optional<Place> pointed(NodeId expression) const;
  bool pointsOnlyToGiven(CXCursor parameter) const;
  void leavePointed();
  void storePointed(NodeId left, NodeId right);
  // Functions that run without a call in the text.
  void mayRun(CXCursor function, bool always);
  void mayRunFunction(const std::string& key, const std::string& name, bool always);
  void mayCallBack(NodeId call);
  const std::vector<CXCursor>& destructorsOf(CXType type) const;
  void destroy(CXType type, bool always);
  void beginLife(NodeId variable);
  void endLives(std::size_t since, bool always);
  void stepThroughRange(NodeId loop);

  // Places that hold environments.
  bool holdsEnvironment(CXType type) const;
  bool containsEnvironment(CXType type, int depth = 0) const;
  std::optional<EnvironmentValue> at(NodeId expression) const override;
  std::optional<EnvironmentState> stateAt(NodeId expression) const;
  const FlowState::Held* heldOf(const Place& place) const;
  EnvironmentState environmentOf(NodeId expression, NodeId call) const;
  static EnvironmentValue collapsed(const EnvironmentState& state);
  EnvironmentState captured(EnvironmentState state) const;
  void recordCell(const Place& place, const EnvironmentState& state);
  void set(const Place& place, EnvironmentState state);
  bool isPlainPointer(CXCursor declaration) const;
  // Objects that have several names.
  EnvironmentState read(const Place& place) const;
  void addOthers(const Place& place, EnvironmentState& state) const;
  void share(const Place& place, const EnvironmentState& state, bool entries);
  void shareFields(const Place& place, CXType type, const EnvironmentState* state);
  void shareAnywhere(NodeId target, NodeId value);
  void shareAddresses(NodeId root);
  void shareField(CXCursor field, const EnvironmentState& state);
  void recordKeepers(CXCursor function);
  bool isOfUnion(NodeId expression) const;
  bool isReached(const Place& place) const;
  void declare(NodeId node);
  void initializeRecord(const Place& place, NodeId initializer);
  void initializeMember(const FieldInitializer& one);
  void initializeDefaults(const Place& place, CXType type, int depth = 0);
  void copy(const Place& target, const Place& source, CXType type);
  void store(NodeId left, NodeId right);
  void keepText(const Place& place, NodeId text);
  void changeResult(NodeId result, NodeId value);
  std::vector<Place> arraysOf(NodeId expression, int depth) const;
  void addEntries(const Place& place, const EnvironmentValue& entries);
  void putElement(const Place& place, NodeId target, NodeId value);
  void nameArrays(NodeId expression, const std::string& cell);
  void giveArrays(NodeId call, CXCursor called, const Callee& callee);
  void giveAway(NodeId call, const std::string& function);
  void touch(NodeId call, CXCursor called, const Callee& callee, bool always);
  void fill(NodeId call, const std::string& name);

  // Objects of libraries.
  struct CallParts {
    CXCursor called = clang_getNullCursor();
    NodeId receiver = noNode;
    bool of_this = false;            // the receiver is the object of this method
    std::vector<NodeId> arguments;  // without the receiver of an operator
  };
  CallParts partsOf(NodeId call) const;
  Match matches(const Selector& selector, const CallParts& parts) const;
  template <typename Entry>
  const Entry* selected(const std::vector<Entry>* entries, const CallParts& parts) const;
  const SpawnApi* selectedSpawn(const std::vector<SpawnApi>& entries, NodeId call, const CallParts& parts) const;
  NodeId operandOf(const Operand& operand, const CallParts& parts) const;
  std::optional<Place> placeOf(const Operand& operand, const CallParts& parts) const;
  EnvironmentState objectState(const Place& place, CXType type, const CallParts& parts) const;
  std::optional<EnvironmentValue> made(NodeId expression) const override;
  void changeVariable(EnvironmentState& state, bool unset, const std::optional<unsigned>& variable,
                      const std::optional<unsigned>& value, const CallParts& parts, const std::string& callee) const;
  bool change(NodeId call, const Callee& callee);
  std::optional<EnvironmentState> given(const SpawnApi& api, NodeId call, const CallParts& parts);
  static std::vector<std::string> split(const std::string& fields);
  void recordObject(const Place& place, CXType type);

  Argument argument(NodeId node, CXType expected, NodeId call) const;
  Call place(NodeId node, const std::string& callee, bool tail) const;
  void addArguments(Call& call, NodeId node, CXCursor called) const;
  // `name`: the expression that names the variable; noNode if there is none.
  void record(facts::EnvironmentRead read, NodeId name);
  void record(facts::EnvironmentWrite write, NodeId name);
  std::string nameOfCaller(NodeId name) const;
  std::vector<PassedName> passedNames(NodeId call) const;
  UnitSummary::Origin originOf(NodeId name) const;
  template <typename Access>
  Access access(NodeId node, const std::string& callee) const;
  void look(NodeId root);  // what kind of function is it? Sets the flags below.
  bool changesEnvironAfter(NodeId call) const;
  bool neverReturns(NodeId node) const;
  bool changesEnviron(NodeId begin, NodeId end) const;
  void changed(Added what);

  Context c_;
  NodeId root_;
  Function function_;
  std::string name_;  // of the function or lambda being visited
  bool changes_environ_ = false;
  bool spawns_ = false;
  bool tracks_ = false;  // calls that may change `environ` are told of
  bool environ_escapes_ = false;  // its address is taken: it may be changed anywhere
  bool fresh_ = true, blank_ = true;  // all that it returned so far
  mutable std::set<std::string> keepers_;  // variables whose keepers were told
  bool recording_ = true, records_ = true;
  bool is_inner_ = false;
  int depth_ = 0;
  unsigned first_ = 0;  // number of the first parameter of its own
  std::map<NodeId, Inner> inner_;
  FlowState state_;
  struct Living {  // a local variable that something runs for when it goes
    CXType type;
    CXCursor cleanup;
  };
  std::vector<Living> living_;
  std::map<std::string, FlowState> labels_;  // by name, with what jumps reach them
  bool jumps_anywhere_ = false;  // to an address
  bool label_changed_ = false;
  bool has_labels_ = false;
  std::vector<FlowState> breaks_, continues_, switches_;
  FlowState exit_;
  std::optional<Asked> asked_;  // the last one
  Values values_;
  Places places_;
};

}  // namespace envleak::analyzer
