#include "analyzer/frontend/vfork_child.h"

#include <optional>
#include <set>

namespace envleak::analyzer {
namespace {

// Who goes on where a condition on vfork's result is true?
// `failed`: the parent, without a child.
enum class Who { child, parent, failed, not_known };

Who other(Who who) {
  return who == Who::child ? Who::parent : who == Who::parent ? Who::child : Who::not_known;
}

class VforkChildren {
 public:
  VforkChildren(const SyntaxTree& tree, NodeId root, const Dataflow& dataflow, Callees& callees, SourceFiles& files,
                std::vector<facts::Hazard>& hazards)
      : tree_(tree), root_(root), dataflow_(dataflow), callees_(callees), files_(files), hazards_(hazards) {}

  void run() {
    for (NodeId at = root_; at < tree_.endOf(root_); ++at) {
      if (!isVfork(at)) continue;
      vforks_.insert(at);
      if (CXCursor kept = variableOf(at); !clang_Cursor_isNull(kept)) results_.push_back({at, kept});
    }
    if (vforks_.empty()) return;
    for (NodeId at = root_; at < tree_.endOf(root_); ++at) {
      if (tree_[at].kind == CXCursor_IfStmt) visitIf(at);
      if (tree_[at].kind == CXCursor_SwitchStmt) visitSwitch(at);
    }
  }

 private:
  bool isVfork(NodeId node) const {
    if (tree_[node].kind != CXCursor_CallExpr) return false;
    CXCursor called = dataflow_.calledFunction(node);
    if (clang_Cursor_isNull(called)) return false;
    const Callee& callee = callees_.of(called);
    return !callee.project && callee.name == "vfork";
  }

  // The variable that the result is put in, in a declaration or by an assignment.
  CXCursor variableOf(NodeId call) const {
    NodeId above = tree_[call].parent;
    while (above != noNode && clang_isExpression(tree_[above].kind) && tree_.peel(above) == call)
      above = tree_[above].parent;
    if (above == noNode) return clang_getNullCursor();
    if (tree_[above].kind == CXCursor_VarDecl) return tree_[above].cursor;
    if (isAssignment(above)) return tree_.declarationOf(tree_.child(above, 0));
    return clang_getNullCursor();
  }

  bool isAssignment(NodeId node) const {
    return tree_[node].kind == CXCursor_BinaryOperator &&
           clang_getCursorBinaryOperatorKind(tree_[node].cursor) == CXBinaryOperator_Assign;
  }

  // Is the expression vfork's result?
  bool isResult(NodeId expression) const {
    NodeId plain = tree_.peel(expression);
    if (vforks_.contains(plain)) return true;
    if (isAssignment(plain)) return isResult(tree_.child(plain, 1));
    CXCursor named = tree_.declarationOf(plain);
    for (const auto& [call, variable] : results_)
      if (call < plain && clang_equalCursors(variable, named)) return true;
    return false;
  }

  bool isZero(NodeId expression) const {
    CXEvalResult result = clang_Cursor_Evaluate(tree_[tree_.peel(expression)].cursor);
    bool zero = result && clang_EvalResult_getKind(result) == CXEval_Int && clang_EvalResult_getAsInt(result) == 0;
    if (result) clang_EvalResult_dispose(result);
    return zero;
  }

  Who whenTrue(NodeId condition) const {
    NodeId plain = tree_.peel(condition);
    if (isResult(plain)) return Who::parent;
    CXCursor cursor = tree_[plain].cursor;
    if (tree_[plain].kind == CXCursor_UnaryOperator &&
        clang_getCursorUnaryOperatorKind(cursor) == CXUnaryOperator_LNot)
      return other(whenTrue(tree_.child(plain, 0)));
    if (tree_[plain].kind != CXCursor_BinaryOperator) return Who::not_known;
    NodeId left = tree_.child(plain, 0), right = tree_.child(plain, 1);
    bool zero_last = isResult(left) && isZero(right), zero_first = isResult(right) && isZero(left);
    CXBinaryOperatorKind comparison = clang_getCursorBinaryOperatorKind(cursor);
    if (!zero_last && !zero_first)
      return comparison == CXBinaryOperator_EQ && (isResult(left) || isResult(right)) ? Who::failed : Who::not_known;
    switch (comparison) {
      case CXBinaryOperator_EQ:
        return Who::child;
      case CXBinaryOperator_NE:
        return Who::parent;
      case CXBinaryOperator_GT:  // pid > 0
        return zero_last ? Who::parent : Who::failed;
      case CXBinaryOperator_LT:  // 0 < pid
        return zero_first ? Who::parent : Who::failed;
      default:
        return Who::not_known;
    }
  }

  bool leaves(NodeId statement) const {
    CXCursorKind kind = tree_[statement].kind;
    if (kind == CXCursor_CompoundStmt) {
      NodeId last = tree_[statement].last_child;
      return last != noNode && leaves(last);
    }
    return kind == CXCursor_ReturnStmt || kind == CXCursor_GotoStmt || kind == CXCursor_BreakStmt ||
           kind == CXCursor_ContinueStmt;
  }

  void visitIf(NodeId node) {
    std::vector<NodeId> parts = tree_.children(node);
    std::size_t condition = 0;
    while (condition + 2 < parts.size() && !clang_isExpression(tree_[parts[condition]].kind)) ++condition;
    if (condition + 1 >= parts.size()) return;
    Who who = whenTrue(parts[condition]);
    NodeId yes = parts[condition + 1];
    if (who == Who::child) return changes(yes, tree_.endOf(yes));
    if (who != Who::parent) return;
    if (condition + 2 < parts.size()) {
      NodeId no = parts[condition + 2];
      return changes(no, tree_.endOf(no));
    }
    // if (vfork()) return...: what follows is the child's.
    NodeId block = tree_[node].parent;
    if (leaves(yes) && block != noNode) changes(tree_.endOf(node), tree_.endOf(block));
  }

  void visitSwitch(NodeId node) {
    std::vector<NodeId> parts = tree_.children(node);
    if (parts.size() < 2 || !isResult(parts[parts.size() - 2])) return;
    bool in_child = false;
    for (NodeId statement : tree_.children(parts.back())) {
      CXCursorKind kind = tree_[statement].kind;
      if (kind == CXCursor_CaseStmt)
        in_child = isZero(tree_.child(statement, 0));
      else if (kind == CXCursor_DefaultStmt)
        in_child = false;
      if (in_child) changes(statement, tree_.endOf(statement));
    }
  }

  void changes(NodeId begin, NodeId end) {
    for (NodeId at = begin; at < end; ++at) {
      // The child of `if (child > 0)`'s other branch does not take `if (child < 0)`.
      if (NodeId above = tree_[at].parent; above != noNode && tree_[above].kind == CXCursor_IfStmt) {
        std::vector<NodeId> parts = tree_.children(above);
        bool asked = parts.size() > 1 && parts[1] == at;
        Who who = asked ? whenTrue(parts[0]) : Who::not_known;
        if (who == Who::failed || who == Who::parent) {
          at = tree_.endOf(at) - 1;
          continue;
        }
      }
      if (tree_[at].kind == CXCursor_CallExpr) {
        CXCursor called = dataflow_.calledFunction(at);
        const WriterApi* writer = clang_Cursor_isNull(called) ? nullptr : callees_.of(called).writer;
        if (writer) report(at, writer->name, writer->kind == facts::WriteKind::clear ? "clears" : "changes");
      } else if (isAssignment(at) && callees_.isEnviron(tree_.declarationOf(tree_.child(at, 0)))) {
        report(at, spellingOf(tree_.declarationOf(tree_.child(at, 0))) + " =", "replaces");
      }
    }
  }

  void report(NodeId node, const std::string& what, const std::string& does) {
    if (!reported_.insert(node).second) return;
    ShownPlace place = files_.shown(files_.startOf(tree_[node].cursor));
    facts::Hazard hazard;
    hazard.rule = "envleak-vfork-clear";
    hazard.file = files_.names()[place.file];
    hazard.line = place.line;
    hazard.column = place.column;
    hazard.function = qualifiedName(tree_[root_].cursor);
    hazard.message = "'" + what + "' in a vfork child " + does +
                     " its parent's environment too: give execve an envp of its own instead";
    hazards_.push_back(std::move(hazard));
  }

  const SyntaxTree& tree_;
  NodeId root_;
  const Dataflow& dataflow_;
  Callees& callees_;
  SourceFiles& files_;
  std::vector<facts::Hazard>& hazards_;
  std::set<NodeId> vforks_, reported_;
  std::vector<std::pair<NodeId, CXCursor>> results_;  // the call, the variable
};

}  // namespace

void findVforkHazards(const SyntaxTree& tree, NodeId root, const Dataflow& dataflow, Callees& callees,
                      SourceFiles& files, std::vector<facts::Hazard>& hazards) {
  VforkChildren(tree, root, dataflow, callees, files, hazards).run();
}

}  // namespace envleak::analyzer
