// What a function does to `environ`, and to the variables, fields and objects that hold environments.
#include "analyzer/frontend/initializers.h"
#include "analyzer/frontend/lowering.h"
#include "analyzer/frontend/names.h"
#include "analyzer/frontend/type_names.h"

#include <algorithm>

namespace envleak::analyzer {
namespace {

using Kind = EnvironmentValue::Kind;

// In functions that neither spawn nor change `environ` themselves: calls before a spawn further down.
constexpr unsigned callsTracked = 24;

bool isText(CXType type) {
  CXType canonical = clang_getCanonicalType(type);
  if (canonical.kind == CXType_ConstantArray) return true;  // a literal
  if (canonical.kind != CXType_Pointer) return false;
  CXTypeKind pointee = clang_getCanonicalType(clang_getPointeeType(canonical)).kind;
  return pointee == CXType_Char_S || pointee == CXType_Char_U;
}

}  // namespace

void Lowering::look(NodeId root) {
  unsigned project_calls = 0;
  for (NodeId at = root, end = c_.tree.endOf(root); at < end; ++at) {
    if (c_.tree[at].kind == CXCursor_CallExpr) {
      CXCursor called = c_.dataflow.calledFunction(at);
      if (clang_Cursor_isNull(called)) {
        spawns_ = true;  // through a pointer: it may be one
        continue;
      }
      const Callee& callee = c_.callees.of(called);
      spawns_ |= callee.spawns != nullptr;
      changes_environ_ |= callee.writer != nullptr;
      project_calls += callee.project ? 1 : 0;
    } else if (c_.tree[at].kind == CXCursor_DeclRefExpr) {
      if (!c_.callees.isEnviron(clang_getCursorReferenced(c_.tree[at].cursor))) continue;
      changes_environ_ = true;
      NodeId above = c_.tree[at].parent;
      while (above != noNode && c_.tree.peel(above) == at) above = c_.tree[above].parent;
      environ_escapes_ |= above != noNode && c_.tree[above].kind == CXCursor_UnaryOperator &&
                          clang_getCursorUnaryOperatorKind(c_.tree[above].cursor) == CXUnaryOperator_AddrOf &&
                          !isGivenToProject(above);
      if (above != noNode && c_.tree[above].kind == CXCursor_ReturnStmt)
        environ_escapes_ |= clang_getCanonicalType(clang_getCursorResultType(c_.tree[root].cursor)).kind == CXType_LValueReference;
      if (above != noNode && (c_.tree[above].kind == CXCursor_InitListExpr || c_.tree[above].kind == CXCursor_Constructor))
        for (CXCursor field : fieldsOf(clang_getCursorType(
                 c_.tree[above].kind == CXCursor_Constructor ? clang_getCursorSemanticParent(c_.tree[above].cursor)
                                                             : c_.tree[above].cursor)))
          environ_escapes_ |= clang_getCanonicalType(clang_getCursorType(field)).kind == CXType_LValueReference;
      if (above != noNode && c_.tree[above].kind == CXCursor_VarDecl) {
        CXTypeKind type = clang_getCanonicalType(clang_getCursorType(c_.tree[above].cursor)).kind;
        environ_escapes_ |= type == CXType_LValueReference;
      }
    }
  }
  for (NodeId at = root, end = c_.tree.endOf(root); at < end; ++at) {
    has_labels_ |= c_.tree[at].kind == CXCursor_LabelStmt;
    jumps_anywhere_ |= c_.tree[at].kind == CXCursor_IndirectGotoStmt || c_.tree[at].kind == CXCursor_GCCAsmStmt;
  }
  tracks_ = spawns_ || changes_environ_ || project_calls <= callsTracked;
}

// f(&environ): the call tells what becomes of it.
bool Lowering::isGivenToProject(NodeId address) const {
  NodeId call = c_.tree[address].parent, argument = address;
  while (call != noNode && c_.tree[call].kind != CXCursor_CallExpr && c_.tree.peel(call) == address) {
    argument = call;
    call = c_.tree[call].parent;
  }
  if (call == noNode || c_.tree[call].kind != CXCursor_CallExpr) return false;
  CXCursor called = c_.dataflow.calledFunction(call);
  std::vector<NodeId> arguments = c_.tree.arguments(call);
  auto at = std::ranges::find(arguments, argument);
  return !clang_Cursor_isNull(called) && c_.callees.of(called).project && at != arguments.end() &&
         at - arguments.begin() < clang_getNumArgTypes(clang_getCursorType(called)) && clang_CXXMethod_isVirtual(called) == 0;
}

void Lowering::useOfEnviron(NodeId node) {
  if (!recording_) return;
  CXCursor declaration = clang_getCursorReferenced(c_.tree[node].cursor);
  if (!c_.callees.isEnviron(declaration)) return;
  // Being assigned to, or passed on to a spawn, is told by the write and the site.
  NodeId value = node;
  NodeId above = c_.tree[node].parent;
  while (above != noNode && clang_isExpression(c_.tree[above].kind) && c_.tree.peel(above) == node) {
    value = above;
    above = c_.tree[above].parent;
  }
  if (above != noNode && c_.tree[above].kind == CXCursor_BinaryOperator &&
      clang_getCursorBinaryOperatorKind(c_.tree[above].cursor) == CXBinaryOperator_Assign &&
      c_.tree.child(above, 0) == value)
    return;
  if (above != noNode && c_.tree[above].kind == CXCursor_CallExpr) {
    CXCursor called = c_.dataflow.calledFunction(above);
    if (!clang_Cursor_isNull(called) && c_.callees.of(called).spawns) return;
  }
  record(access<facts::EnvironmentRead>(node, spellingOf(declaration)), noNode);
}

bool Lowering::changesEnviron(NodeId begin, NodeId end) const {
  for (NodeId at = begin; at < end; ++at) {
    if (c_.tree[at].kind == CXCursor_CallExpr) {
      CXCursor called = c_.dataflow.calledFunction(at);
      if (!clang_Cursor_isNull(called) && c_.callees.of(called).writer) return true;
    } else if (c_.tree[at].kind == CXCursor_DeclRefExpr) {
      if (c_.callees.isEnviron(clang_getCursorReferenced(c_.tree[at].cursor))) return true;
    }
  }
  return false;
}

void Lowering::changed(Added what) { function_.adds = std::max(function_.adds, what); }

void Lowering::assign(NodeId node) {
  CXCursor target = c_.tree.declarationOf(c_.tree.child(node, 0));
  if (!c_.callees.isEnviron(target)) {
    NodeId base = c_.tree.baseReference(c_.tree.child(node, 0));
    if (base == noNode || !c_.callees.isEnviron(clang_getCursorReferenced(c_.tree[base].cursor)))
      return store(c_.tree.child(node, 0), c_.tree.child(node, 1));
    // environ[i] = value; NULL only shortens it.
    if (c_.tree.isNull(c_.tree.child(node, 1))) {
      NodeId left = c_.tree.peel(c_.tree.child(node, 0));
      NodeId index = c_.tree[left].kind == CXCursor_ArraySubscriptExpr ? c_.tree.child(left, 1) : noNode;
      bool direct = c_.tree.peel(c_.tree.child(left, 0)) == base;
      bool first = index != noNode ? c_.tree.isNull(index) : c_.tree[left].kind == CXCursor_UnaryOperator;
      if (!direct || !first || environ_escapes_) return;
      changed(Added::other);
      replace(state_.environ, {Kind::empty, 0, {}, "'environ' ends at its first entry"});
      return;
    }
    changed(Added::other);
    add(state_.environ, Added::other, spellingOf(clang_getCursorReferenced(c_.tree[base].cursor)));
    return;
  }
  changed(Added::other);
  if (recording_) {
    auto write = access<facts::EnvironmentWrite>(node, spellingOf(target));
    write.kind = facts::WriteKind::assign;
    record(std::move(write), noNode);
  }
  EnvironmentState state = environmentOf(c_.tree.child(node, 1), noNode);
  if (environ_escapes_) state.value = {Kind::unknown, 0, {}, "the address of 'environ' is taken"};
  if (state.value.kind == Kind::null)
    state.value = {Kind::empty, 0, {}, "'environ' is set to NULL"};
  else
    state.value.reason = "'environ' is replaced: " + state.value.reason;
  state.reachable = state_.reachable();
  state_.environ = std::move(state);
}

template <typename Access>
Access Lowering::access(NodeId node, const std::string& callee) const {
  ShownPlace at = c_.files.shown(c_.files.startOf(c_.tree[node].cursor));
  Access access;
  access.file = c_.files.names()[at.file];
  access.line = at.line;
  access.column = at.column;
  access.function = name_;
  access.callee = callee;
  return access;
}

// Who names the variable: the caller of the function, or of the one around a lambda.
UnitSummary::Origin Lowering::originOf(NodeId name) const {
  UnitSummary::Origin origin{function_.key, {}};
  if (name == noNode) return origin;
  Names names(c_.tree, c_.dataflow, values_, c_.files);
  origin.name = names.source(name, root_);
  if (origin.name.parameter || origin.name.table || function_.within.empty()) return origin;
  NodeId around = root_;
  while (c_.tree[around].parent != noNode) around = c_.tree[around].parent;
  if (NameSource outer = names.source(name, around); outer.parameter) origin = {function_.within, outer};
  return origin;
}

void Lowering::record(facts::EnvironmentRead read, NodeId name) {
  if (!recording_) return;
  UnitSummary::Origin origin = read.name ? UnitSummary::Origin{function_.key, {}} : originOf(name);
  c_.summary.reads.push_back(std::move(read));
  c_.summary.read_origins.push_back(std::move(origin));
}

void Lowering::record(facts::EnvironmentWrite write, NodeId name) {
  if (!recording_) return;
  UnitSummary::Origin origin = write.name ? UnitSummary::Origin{function_.key, {}} : originOf(name);
  c_.summary.writes.push_back(std::move(write));
  c_.summary.write_origins.push_back(std::move(origin));
}

// A name that the function is given; empty: it is not.
std::string Lowering::nameOfCaller(NodeId name) const {
  if (name == noNode || !function_.within.empty()) return {};
  NameSource source = Names(c_.tree, c_.dataflow, values_, c_.files).source(name, root_);
  return source.parameter ? nameInParameter(*source.parameter) : std::string();
}

std::vector<PassedName> Lowering::passedNames(NodeId call) const {
  std::vector<PassedName> passed;
  std::vector<NodeId> arguments = c_.tree.arguments(call);
  for (unsigned i = 0; i < arguments.size(); ++i) {
    if (arguments[i] == noNode || !isText(clang_getCursorType(c_.tree[arguments[i]].cursor))) continue;
    std::string name;
    if (std::optional<std::string> text = values_.text(arguments[i])) {
      name = text->substr(0, text->find('='));
      if (!isLikelyName(name)) continue;
    } else {
      name = nameOfCaller(arguments[i]);
    }
    if (!name.empty()) passed.push_back({i, name});
  }
  return passed;
}

void Lowering::readVariable(NodeId node, const ReaderApi& api) {
  std::vector<NodeId> arguments = c_.tree.arguments(node);
  auto read = access<facts::EnvironmentRead>(node, shownName(api.name));
  NodeId name = api.variable < arguments.size() ? arguments[api.variable] : noNode;
  if (name != noNode) read.name = values_.text(name);
  record(std::move(read), name);
}

void Lowering::writeVariable(NodeId node, const WriterApi& api) {
  std::vector<NodeId> arguments = c_.tree.arguments(node);
  auto argument = [&](const std::optional<unsigned>& index) {
    return index && *index < arguments.size() ? arguments[*index] : noNode;
  };
  auto write = access<facts::EnvironmentWrite>(node, shownName(api.name));
  write.kind = api.kind;
  NodeId variable = argument(api.variable);
  std::optional<std::string> text = variable == noNode ? std::nullopt : values_.text(variable);
  if (text) write.name = api.kind == facts::WriteKind::put ? text->substr(0, text->find('=')) : *text;
  record(write, variable);

  NodeId value = api.kind == facts::WriteKind::put ? variable : argument(api.value);
  switch (api.kind) {
    case facts::WriteKind::clear:
      changed(Added::other);
      if (environ_escapes_)
        replace(state_.environ, {Kind::unknown, 0, {}, "the address of 'environ' is taken"});
      else
        replace(state_.environ, {Kind::empty, 0, {}, "'" + shownName(api.name) + "' at line " + std::to_string(write.line)});
      break;
    case facts::WriteKind::set:
    case facts::WriteKind::put: {
      // One variable by name: whatever its value, it is no more than the parent's.
      Added what = Added::from_parent;
      if (!text)
        what = Added::unknown_name;
      else if (api.kind == facts::WriteKind::put || values_.text(value))
        what = Added::constant;
      changed(what);
      std::string kept = text || variable == noNode ? std::string() : values_.keptText(variable);
      add(state_.environ, what, shownName(api.name), kept.empty() ? write.name.value_or(nameOfCaller(variable)) : namesOf(kept));
      break;
    }
    case facts::WriteKind::unset:
      remove(state_.environ, shownName(api.name), write.name.value_or(nameOfCaller(variable)));
      break;
    case facts::WriteKind::assign:
      break;
  }
}

}  // namespace envleak::analyzer
