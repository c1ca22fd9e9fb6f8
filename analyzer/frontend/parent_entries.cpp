// Environments that are put together from entries of the parent's: all of them, those on a list, those not on one.
#include "analyzer/frontend/access_path.h"
#include "analyzer/frontend/type_names.h"
#include "analyzer/frontend/values.h"

#include <algorithm>
#include <set>

namespace envleak::analyzer {
namespace {

using Kind = EnvironmentValue::Kind;

bool isLoop(CXCursorKind kind) {
  return kind == CXCursor_ForStmt || kind == CXCursor_WhileStmt || kind == CXCursor_DoStmt ||
         kind == CXCursor_CXXForRangeStmt;
}

// The outermost loop around the node; noNode: there is none.
NodeId outermostLoop(const SyntaxTree& tree, NodeId node) {
  NodeId loop = noNode;
  for (NodeId above = tree[node].parent; above != noNode; above = tree[above].parent)
    if (isLoop(tree[above].kind)) loop = above;
  return loop;
}

bool contains(const SyntaxTree& tree, NodeId outer, CXCursorKind kind) {
  for (NodeId at = outer, end = tree.endOf(outer); at < end; ++at)
    if (tree[at].kind == kind) return true;
  return false;
}

// The branches of an if, and its condition.
struct Branches {
  NodeId condition = noNode, then = noNode, otherwise = noNode;
};
Branches branchesOf(const SyntaxTree& tree, NodeId node) {
  std::vector<NodeId> parts = tree.children(node);
  std::size_t condition = 0;
  while (condition + 2 < parts.size() && !clang_isExpression(tree[parts[condition]].kind)) ++condition;
  Branches result;
  if (condition < parts.size()) result.condition = parts[condition];
  if (condition + 1 < parts.size()) result.then = parts[condition + 1];
  if (condition + 2 < parts.size()) result.otherwise = parts[condition + 2];
  return result;
}

bool isInside(const SyntaxTree& tree, NodeId node, NodeId outer) {
  return outer != noNode && node >= outer && node < tree.endOf(outer);
}

// Does the entry have one of these names (a match), or none of them?
struct NameTest {
  enum class Outcome { match, no_match, other };
  Outcome outcome = Outcome::other;
  std::vector<std::string> names;
  NameTest negated() const {
    Outcome other = outcome == Outcome::match      ? Outcome::no_match
                    : outcome == Outcome::no_match ? Outcome::match
                                                   : Outcome::other;
    return {other, names};
  }
};

class NameTests {
 public:
  NameTests(const SyntaxTree& tree, const Dataflow& dataflow, const Values& values)
      : tree_(tree), dataflow_(dataflow), values_(values) {}

  NameTest of(NodeId expression) const {
    expression = tree_.peel(expression);
    if (expression == noNode) return {};
    const Node& node = tree_[expression];
    if (node.kind == CXCursor_UnaryOperator && clang_getCursorUnaryOperatorKind(node.cursor) == CXUnaryOperator_LNot)
      return of(tree_.child(expression, 0)).negated();
    if (node.kind == CXCursor_CallExpr) return ofCall(expression);
    if (node.kind != CXCursor_BinaryOperator) return {};
    NodeId left = tree_.child(expression, 0), right = tree_.child(expression, 1);
    switch (clang_getCursorBinaryOperatorKind(node.cursor)) {
      case CXBinaryOperator_EQ:
      case CXBinaryOperator_NE: {
        std::optional<long long> number = values_.number(right);
        if (number != 0) return {};
        // Compared with 0: "is false".
        NameTest test = of(left);
        return clang_getCursorBinaryOperatorKind(node.cursor) == CXBinaryOperator_EQ ? test.negated() : test;
      }
      case CXBinaryOperator_LOr:
      case CXBinaryOperator_LAnd: {
        NameTest a = of(left), b = of(right);
        bool either = clang_getCursorBinaryOperatorKind(node.cursor) == CXBinaryOperator_LOr;
        NameTest::Outcome joined = either ? NameTest::Outcome::match : NameTest::Outcome::no_match;
        if (a.outcome == joined && b.outcome == joined) {
          a.names.insert(a.names.end(), b.names.begin(), b.names.end());
          return a;
        }
        // Under "and" one match is enough to be on a list.
        if (!either && a.outcome == NameTest::Outcome::match) return a;
        if (!either && b.outcome == NameTest::Outcome::match) return b;
        return {};
      }
      default:
        return {};
    }
  }

 private:
  NameTest ofCall(NodeId call) const {
    std::string name = spellingOf(dataflow_.calledFunction(call));
    bool compares = isAnyOf(name, {"strcmp", "strncmp", "memcmp", "strcasecmp", "strncasecmp"});
    bool matches = isAnyOf(name, {"starts_with", "startswith", "g_str_has_prefix", "g_str_equal", "startsWith",
                                  "istarts_with", "operator=="});
    if (!compares && !matches) return {};
    NameTest test{compares ? NameTest::Outcome::no_match : NameTest::Outcome::match, {}};
    for (NodeId argument : tree_.arguments(call)) {
      std::optional<std::string> text = argument == noNode ? std::nullopt : values_.text(argument);
      if (text) test.names.push_back(text->substr(0, text->find('=')));
      if (!text && argument != noNode) addTable(argument, test.names);
    }
    return test;
  }

  // *p == '=', p != *entry: whether it is an entry at all, not which one.
 public:
  bool isOfForm(NodeId expression) const {
    expression = tree_.peel(expression);
    if (expression == noNode) return false;
    const Node& node = tree_[expression];
    if (node.kind != CXCursor_BinaryOperator) return node.kind == CXCursor_DeclRefExpr && isCharacterPointer(clang_getCursorType(node.cursor));
    NodeId left = tree_.child(expression, 0), right = tree_.child(expression, 1);
    CXBinaryOperatorKind op = clang_getCursorBinaryOperatorKind(node.cursor);
    if (op == CXBinaryOperator_LOr || op == CXBinaryOperator_LAnd) return isOfForm(left) && isOfForm(right);
    if (op != CXBinaryOperator_EQ && op != CXBinaryOperator_NE) return false;
    auto isPointer = [&](NodeId one) {
      one = tree_.peel(one);
      bool call = one != noNode && tree_[one].kind == CXCursor_CallExpr;
      return one != noNode && !call && isCharacterPointer(clang_getCursorType(tree_[one].cursor));
    };
    if (isPointer(left) && (isPointer(right) || tree_.isNull(right))) return true;
    NodeId literal = tree_.peel(right), looked_at = tree_.peel(left);
    bool character = literal != noNode && looked_at != noNode && tree_[literal].kind == CXCursor_CharacterLiteral &&
                     tree_[looked_at].kind == CXCursor_UnaryOperator;
    std::optional<long long> code = character ? values_.number(literal) : std::nullopt;
    return code && (*code == '=' || *code == 0);
  }

 private:
  // names[i], where names is a constant table
  void addTable(NodeId element, std::vector<std::string>& names) const {
    element = tree_.peel(element);
    if (tree_[element].kind != CXCursor_ArraySubscriptExpr) return;
    NodeId base = tree_.peel(tree_.child(element, 0));
    if (base == noNode || tree_[base].kind != CXCursor_DeclRefExpr) return;
    CXCursor table = clang_getCursorReferenced(tree_[base].cursor);
    const Variable* variable = dataflow_.find(table);
    if (!variable || variable->initializer == noNode || !isConstant(clang_getCanonicalType(clang_getCursorType(table)))) return;
    NodeId list = tree_.peel(variable->initializer);
    if (list == noNode || tree_[list].kind != CXCursor_InitListExpr) return;
    std::vector<std::string> all;
    for (NodeId entry : tree_.expressionChildren(list)) {
      std::optional<std::string> text = values_.text(entry);
      if (!text && !tree_.isNull(entry)) return;
      if (text) all.push_back(text->substr(0, text->find('=')));
    }
    names.insert(names.end(), all.begin(), all.end());
  }

  const SyntaxTree& tree_;
  const Dataflow& dataflow_;
  const Values& values_;
};

}  // namespace

// environ, main's third parameter, or a variable here that holds a copy; `others` receives what it holds beside.
bool Values::isWholeOfParent(NodeId node, NamedVariables* others) const {
  node = node == noNode ? noNode : tree_.peel(node);
  if (node == noNode || tree_[node].kind != CXCursor_DeclRefExpr) return false;
  CXCursor declaration = clang_getCursorReferenced(tree_[node].cursor);
  if (callees_.isEnviron(declaration)) return true;
  const Variable* variable = dataflow_.find(declaration);
  if (!variable || variable->parameter >= 0) return variable && variable->of_main && variable->parameter == 2;
  CXType type = clang_getCursorType(declaration);
  bool container = (isStringArray(type) && !variable->elements.empty()) || (isStringObject(type) && !isStringText(type));
  if (!container || clang_Cursor_hasVarDeclGlobalStorage(declaration) == 1 || open_.size() > 2) return false;
  EnvironmentValue value = ofVariable(node, noNode, 1);
  if (value.kind != Kind::forwarded && value.kind != Kind::extended) return false;
  if (others) addNames(*others, value.names);
  return true;
}

// environ[i], *p where p runs through environ, or a variable that holds one of these.
bool Values::isEntryOfParent(NodeId expression, NamedVariables* others) const {
  expression = tree_.peel(expression);
  if (expression == noNode) return false;
  auto isWhole = [&](NodeId node) { return isWholeOfParent(node, others); };
  auto runsThrough = [&](NodeId node) {
    node = node == noNode ? noNode : tree_.peel(node);
    if (isWhole(node)) return true;
    if (node != noNode && tree_[node].kind == CXCursor_UnaryOperator) node = tree_.peel(tree_.child(node, 0));  // *p++
    if (node == noNode || tree_[node].kind != CXCursor_DeclRefExpr) return false;
    const Variable* variable = dataflow_.find(clang_getCursorReferenced(tree_[node].cursor));
    return variable && (isWhole(variable->initializer) || std::ranges::any_of(variable->assigned, isWhole) ||
                        isWhole(variable->range));
  };
  const Node& node = tree_[expression];
  switch (node.kind) {
    case CXCursor_ArraySubscriptExpr:
      return runsThrough(tree_.child(expression, 0));
    case CXCursor_UnaryOperator:
      return clang_getCursorUnaryOperatorKind(node.cursor) == CXUnaryOperator_Deref &&
             runsThrough(tree_.child(expression, 0));
    case CXCursor_DeclRefExpr: {
      const Variable* variable = dataflow_.find(clang_getCursorReferenced(node.cursor));
      if (!variable || variable->parameter >= 0 || variable->elements.size() > 0) return false;
      auto isElement = [&](NodeId source) {
        source = source == noNode ? noNode : tree_.peel(source);
        return source != noNode && source < expression && tree_[source].kind != CXCursor_DeclRefExpr &&
               isEntryOfParent(source, others);
      };
      if (isWhole(variable->range)) return true;
      return isElement(variable->initializer) || std::ranges::any_of(variable->assigned, isElement);
    }
    case CXCursor_CallExpr: {
      std::string name = spellingOf(dataflow_.calledFunction(expression));
      std::vector<NodeId> arguments = tree_.arguments(expression);
      NodeId callee = tree_.calleeExpression(expression);
      if (isAnyOf(name, {"c_str", "data"}) && callee != noNode && tree_[callee].kind == CXCursor_MemberRefExpr)
        return isEntryOfParent(tree_.child(callee, 0), others);
      if (name == "operator[]" && !arguments.empty()) return isWhole(arguments.front());
      bool copies = callees_.knowledge().copiesString(name) ||
                    clang_getCursorKind(dataflow_.calledFunction(expression)) == CXCursor_Constructor;
      return copies && arguments.size() == 1 && arguments.front() != noNode && isEntryOfParent(arguments.front(), others);
    }
    default:
      return false;
  }
}

std::optional<EnvironmentValue> Values::entriesOfParent(NodeId expression, const std::string& what) const {
  NodeId loop = outermostLoop(tree_, expression);
  NamedVariables others;  // that it holds beside the parent's
  if (loop == noNode || !isEntryOfParent(expression, &others)) return std::nullopt;
  NameTests tests(tree_, dataflow_, *this);
  NamedVariables kept, left_out;
  bool listed = false, other = false;
  auto take = [&](const NameTest& test) {
    NamedVariables& names = test.outcome == NameTest::Outcome::match ? kept : left_out;
    listed |= test.outcome == NameTest::Outcome::match;
    other |= test.outcome == NameTest::Outcome::other;
    for (const std::string& name : test.names)
      addName(test.outcome == NameTest::Outcome::match ? names.kept : names.unset, name);
    if (test.outcome != NameTest::Outcome::other && test.names.empty()) names.open = true;
  };
  for (NodeId at = expression; at != loop; at = tree_[at].parent) {
    NodeId above = tree_[at].parent;
    if (tree_[above].kind == CXCursor_IfStmt) {
      Branches branches = branchesOf(tree_, above);
      if (at == branches.then && !tests.isOfForm(branches.condition)) take(tests.of(branches.condition));
      if (at == branches.otherwise) take(tests.of(branches.condition).negated());
    } else if (tree_[above].kind == CXCursor_ConditionalOperator) {
      other = true;
    } else if (tree_[above].kind == CXCursor_CompoundStmt) {
      // if (...) continue;
      for (NodeId before : tree_.children(above)) {
        if (before == at) break;
        if (tree_[before].kind != CXCursor_IfStmt || !contains(tree_, before, CXCursor_ContinueStmt)) continue;
        take(tests.of(branchesOf(tree_, before).condition).negated());
      }
    }
  }
  if (listed) return EnvironmentValue{Kind::filtered, 0, {}, what + " takes over listed variables", {}, {}, {}, kept};
  if (other)
    return EnvironmentValue{Kind::unknown, 0, {}, "a condition chooses which of the parent's variables " + what + " takes over"};
  std::string but = left_out.any() ? ", but for those left out" : "";
  addNames(left_out, others);
  Kind kind = left_out.any() ? Kind::extended : Kind::forwarded;
  return EnvironmentValue{kind, 0, {}, "the parent's variables are copied into " + what + but, {}, {}, {}, left_out};
}

EnvironmentValue Values::receives(NodeId reference, EnvironmentValue otherwise) const {
  if (otherwise.kind != Kind::unknown || reference == noNode) return otherwise;
  NodeId root = rootOf(reference);
  auto [found, added] = receivers_.try_emplace(root);
  std::set<std::string>& all = found->second;
  auto nameOf = [&](CXCursor declaration) { return take(clang_getCursorUSR(declaration)) + "#" + spellingOf(declaration); };
  if (added) {
    struct Move {
      NodeId at, source_begin, source_end;
      std::vector<std::string> targets;
    };
    std::vector<Move> moves;
    auto variablesIn = [&](NodeId begin, NodeId end, std::vector<std::string>& names) {
      for (NodeId at = begin; at < end; ++at)
        if (tree_[at].kind == CXCursor_DeclRefExpr) {
          CXCursor declaration = clang_getCursorReferenced(tree_[at].cursor);
          if (isVariableKind(clang_getCursorKind(declaration)) && !isArithmetic(clang_getCursorType(declaration)) &&
              !callees_.isEnviron(declaration))
            names.push_back(nameOf(declaration));
        }
    };
    bool any = false;
    for (NodeId at = root, end = tree_.endOf(root); at < end; ++at) {
      const Node& node = tree_[at];
      any |= (node.kind == CXCursor_ArraySubscriptExpr || node.kind == CXCursor_UnaryOperator) && isEntryOfParent(at);
      if (node.kind == CXCursor_BinaryOperator &&
          clang_getCursorBinaryOperatorKind(node.cursor) == CXBinaryOperator_Assign) {
        Move move{at, tree_.child(at, 1), tree_.endOf(at), {}};
        variablesIn(tree_.child(at, 0), tree_.endOf(tree_.child(at, 0)), move.targets);
        moves.push_back(std::move(move));
      } else if (node.kind == CXCursor_CallExpr) {
        Move move{at, at + 1, tree_.endOf(at), {}};
        for (NodeId argument : tree_.arguments(at)) {
          if (argument == noNode || !pointsToMutable(clang_getCursorType(tree_[argument].cursor))) continue;
          if (std::optional<AccessPath> path = accessPath(tree_, argument); path && !path->isThis())
            if (!callees_.isEnviron(path->base) && !isEntryOfParent(argument)) move.targets.push_back(nameOf(path->base));
        }
        if (!move.targets.empty()) moves.push_back(std::move(move));
      }
    }
    auto isConditional = [&](const Move& move) {
      NodeId loop = outermostLoop(tree_, move.at);
      if (loop == noNode) return false;
      for (NodeId at = move.at; at != loop; at = tree_[at].parent) {
        NodeId above = tree_[at].parent;
        if (tree_[above].kind != CXCursor_IfStmt) continue;
        Branches branches = branchesOf(tree_, above);
        NodeId other = at == branches.then ? branches.otherwise : at == branches.otherwise ? branches.then : above;
        if (other == above) continue;  // the condition itself
        bool both = std::ranges::any_of(moves, [&](const Move& one) {
          return isInside(tree_, one.at, other) && std::ranges::any_of(one.targets, [&](const std::string& target) {
                   return std::ranges::find(move.targets, target) != move.targets.end();
                 });
        });
        if (!both) return true;
      }
      return false;
    };
    for (bool changed = any; changed;) {
      changed = false;
      for (const Move& move : moves) {
        bool takes = false;
        for (NodeId at = move.source_begin; at < move.source_end && !takes; ++at) {
          if (tree_[at].kind == CXCursor_DeclRefExpr)
            takes = all.contains(nameOf(clang_getCursorReferenced(tree_[at].cursor)));
          else
            takes = (tree_[at].kind == CXCursor_ArraySubscriptExpr || tree_[at].kind == CXCursor_UnaryOperator) &&
                    outermostLoop(tree_, at) != noNode && isEntryOfParent(at);
        }
        if (!takes || isConditional(move)) continue;
        for (const std::string& target : move.targets) changed |= all.insert(target).second;
      }
    }
  }
  CXCursor declaration = clang_getCursorReferenced(tree_[reference].cursor);
  if (!all.contains(nameOf(declaration))) return otherwise;
  EnvironmentValue value{Kind::extended, 0, {},
                         "all entries of the parent's environment go into '" + spellingOf(declaration) + "', and others"};
  value.names.open = true;
  return value;
}

}  // namespace envleak::analyzer
