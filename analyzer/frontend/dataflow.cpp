#include "analyzer/frontend/dataflow.h"

#include "analyzer/frontend/access_path.h"
#include "analyzer/frontend/dataflow_sources.h"
#include "analyzer/frontend/initializers.h"
#include "analyzer/frontend/type_names.h"

#include <algorithm>

namespace envleak::analyzer {

Variable& Dataflow::variable(CXCursor declaration) { return variables_[clang_getCanonicalCursor(declaration)]; }

const Variable* Dataflow::find(CXCursor declaration) const {
  auto found = variables_.find(clang_getCanonicalCursor(declaration));
  return found == variables_.end() ? nullptr : &found->second;
}

CXCursor Dataflow::calledFunction(NodeId call) const {
  CXCursor called = clang_getCursorReferenced(tree_[call].cursor);
  // find()(): libclang names the function that is called first.
  NodeId callee = tree_.calleeExpression(call);
  if (callee != noNode && tree_[callee].kind == CXCursor_CallExpr && clang_getCursorKind(called) == CXCursor_FunctionDecl &&
      clang_equalCursors(called, clang_getCursorReferenced(tree_[callee].cursor)))
    return clang_getNullCursor();
  if (isFunctionKind(clang_getCursorKind(called))) return called;
  called = tree_.declarationOf(callee);
  return isFunctionKind(clang_getCursorKind(called)) ? called : clang_getNullCursor();
}

void Dataflow::add(NodeId root) {
  if (isFunctionKind(tree_[root].kind)) addParameters(root);
  addInnerParameters(root);
  if (tree_[root].kind == CXCursor_Constructor) addMemberInitializers(root);
  for (NodeId at = root, end = tree_.endOf(root); at < end; ++at) {
    switch (tree_[at].kind) {
      case CXCursor_VarDecl:
        addDeclaration(at);
        break;
      case CXCursor_BinaryOperator:
        if (clang_getCursorBinaryOperatorKind(tree_[at].cursor) == CXBinaryOperator_Assign) addAssignment(at);
        break;
      case CXCursor_CompoundAssignOperator:
        if (NodeId base = tree_.baseReference(tree_.child(at, 0)); base != noNode)
          variable(clang_getCursorReferenced(tree_[base].cursor)).modified = true;
        break;
      case CXCursor_UnaryOperator:
        addIncrement(at);
        break;
      case CXCursor_CallExpr:
        addCall(at);
        addReturnedPointer(at);
        break;
      case CXCursor_LambdaExpr:
        addLambda(at);
        break;
      case CXCursor_InitListExpr:
        for (const Callable& one : callablesOf(clang_getCursorType(tree_[at].cursor))) addPointer(at, {{}, one.function, false, {}});
        break;
      case CXCursor_CXXForRangeStmt:
        addRangeLoop(at);
        break;
      case CXCursor_DeclRefExpr:
      case CXCursor_MemberRefExpr:
        addPointer(at);
        break;
      default:
        break;
    }
  }
  for (NodeId at = root, end = tree_.endOf(root); at < end; ++at) {
    if (tree_[at].kind != CXCursor_DeclRefExpr) continue;
    CXTypeKind type = clang_getCursorType(tree_[at].cursor).kind;
    if (type >= CXType_Bool && type <= CXType_LongDouble) continue;
    CXCursor named = clang_getCursorReferenced(tree_[at].cursor);
    CXCursorKind kind = clang_getCursorKind(named);
    if (kind != CXCursor_VarDecl && kind != CXCursor_ParmDecl) continue;
    if (leaksAt(at, named, clang_getCursorType(named))) variable(named).leaked = true;
    if (!isStringArray(clang_getCursorType(named)) && !isStringObject(clang_getCursorType(named))) continue;
    if (std::string cell = keptAt(at); !cell.empty() && std::ranges::find(variable(named).kept, cell) == variable(named).kept.end())
      variable(named).kept.push_back(cell);
  }
  addSharing(root);
  if (!isFunctionKind(tree_[root].kind)) return;
  std::vector<std::vector<Filled>>& filled = filled_[clang_getCanonicalCursor(tree_[root].cursor)];
  for (NodeId child : tree_.children(root)) {
    if (tree_[child].kind != CXCursor_ParmDecl) continue;
    const Variable& parameter = variable(tree_[child].cursor);
    std::vector<Filled>& fields = filled.emplace_back();
    for (const auto& [place, cell] : parameter.cells) {
      Filled one{place, {}};
      Seen seen;
      for (const Variable::Source& source : cell.sources) collect(*source.variable, source.fields, seen, one.ports);
      if (!one.ports.empty()) fields.push_back(std::move(one));
    }
  }
}

void Dataflow::addParameters(NodeId function) {
  CXCursor cursor = tree_[function].cursor;
  bool is_main = tree_[function].kind == CXCursor_FunctionDecl && take(clang_getCursorUSR(cursor)) == "c:@F@main";
  int count = 0;
  for (NodeId child : tree_.children(function)) {
    if (tree_[child].kind != CXCursor_ParmDecl) continue;
    Variable& parameter = variable(tree_[child].cursor);
    parameter.parameter = count++;
    parameter.of_main = is_main || take(clang_getCursorUSR(cursor)).starts_with("c:@F@main#");
    parameter.record = canHaveFields(clang_getCursorType(tree_[child].cursor));
  }
}

Variable::Cell* Dataflow::cellOf(NodeId target) {
  std::optional<AccessPath> path = accessPath(tree_, target);
  if (!path) return nullptr;
  if (path->isThis()) return &object(target).cells[path->fields];
  if (clang_Cursor_hasVarDeclGlobalStorage(path->base) == 1) return nullptr;
  return &variable(path->base).cells[path->fields];
}

void Dataflow::flow(Variable::Cell& cell, NodeId source, const std::string& fields) {
  cell.values.push_back(source);
  forEachSource(source, [&](const Named& from) {
    const Variable& variable_from = clang_Cursor_isNull(from.declaration) ? object(source) : variable(from.declaration);
    cell.sources.push_back({&variable_from, joinedFields(from.fields, fields)});
  });
}

void Dataflow::flow(NodeId target, NodeId source) {
  if (Variable::Cell* cell = cellOf(target)) flow(*cell, source);
}

// Foo(const char *program) : program_(program) {}
void Dataflow::addMemberInitializers(NodeId constructor) {
  for (const FieldInitializer& one : memberInitializers(tree_, constructor))
    flow(object(constructor).cells[spellingOf(one.field)], one.value);
}

void Dataflow::addFields(Variable& target, const std::string& fields, NodeId list) {
  for (const FieldInitializer& one : fieldInitializers(tree_, list)) {
    std::string place = joinedFields(fields, spellingOf(one.field));
    NodeId braces = tree_.peel(one.value);
    bool record = braces != noNode && tree_[braces].kind == CXCursor_InitListExpr &&
                  clang_getCanonicalType(clang_getCursorType(tree_[braces].cursor)).kind == CXType_Record;
    if (record)
      addFields(target, place, braces);
    else
      flow(target.cells[place], one.value);
  }
}

void Dataflow::addDeclaration(NodeId node) {
  CXCursor declaration = tree_[node].cursor;
  CXCursor initializer = clang_Cursor_getVarDeclInitializer(declaration);
  Variable& declared = variable(declaration);
  if (clang_Cursor_isNull(initializer)) return;
  for (NodeId child : tree_.children(node))
    if (isSame(tree_[child].cursor, initializer)) declared.initializer = child;
  if (declared.initializer != noNode) addAlias(declared.initializer, declaration);
  if (declared.initializer == noNode || clang_Cursor_hasVarDeclGlobalStorage(declaration) == 1) return;
  if (isFunctionPointer(clang_getCursorType(declaration)) && !callables(declared.initializer))
    addUnknownPointer(callees_.pointerKey(declaration));
  declared.element = isElement(declared.initializer) && !isStringArray(clang_getCursorType(declaration));
  NodeId braces = tree_.peel(declared.initializer);
  CXType type = clang_getCanonicalType(clang_getCursorType(declaration));
  if (braces != noNode && tree_[braces].kind == CXCursor_InitListExpr && type.kind == CXType_Record && !isStringObject(type))
    return addFields(declared, {}, braces);
  flow(declared.cells[{}], declared.initializer);
}

void Dataflow::addAlias(NodeId source, CXCursor target) {
  NodeId base = tree_.baseReference(source);
  if (base == noNode || !isStringArray(clang_getCursorType(target))) return;
  CXCursor array = clang_getCursorReferenced(tree_[base].cursor);
  if (isVariableKind(clang_getCursorKind(array)) && !clang_equalCursors(array, target))
    variable(array).aliases.push_back(target);
}

void Dataflow::addAssignment(NodeId node) {
  NodeId left = tree_.peel(tree_.child(node, 0));
  NodeId right = tree_.child(node, 1);
  NodeId base = tree_.baseReference(left);
  if (base == noNode) return flow(left, right);  // a field of the object
  CXCursor declaration = clang_getCursorReferenced(tree_[base].cursor);
  if (!isVariableKind(clang_getCursorKind(declaration))) return;
  if (tree_[left].kind == CXCursor_DeclRefExpr) {
    flow(left, right);
    if (isFunctionPointer(clang_getCursorType(declaration)) && !callables(right))
      addUnknownPointer(callees_.pointerKey(declaration));
    variable(declaration).assigned.push_back(right);
    variable(declaration).element |= isElement(right) && !isStringArray(clang_getCursorType(declaration));
    addAlias(right, declaration);
  } else if (tree_[left].kind == CXCursor_MemberRefExpr) {
    flow(left, right);
  } else {
    NodeId index = tree_[left].kind == CXCursor_ArraySubscriptExpr ? tree_.peel(tree_.child(left, 1)) : noNode;
    addElement(left, right, index != noNode && tree_.isNull(index));
    if (isGivenOut(left, right)) variable(clang_getCursorReferenced(tree_[tree_.baseReference(right)].cursor)).aliases.push_back(declaration);
  }
}

void Dataflow::addElement(NodeId target, NodeId value, bool first) {
  std::optional<AccessPath> path = accessPath(tree_, target);
  if (!path) {
    NodeId base = tree_.baseReference(target);
    if (base != noNode) variable(clang_getCursorReferenced(tree_[base].cursor)).elements.push_back(value);
    return;
  }
  if (!path->isThis() && path->fields.empty()) variable(path->base).elements.push_back(value);
  if (Variable::Cell* cell = cellOf(target)) addElement(*cell, value, first);
}

void Dataflow::addElement(Variable::Cell& cell, NodeId value, bool first) {
  bool command = cell.last != noNode && isShellFlag(tree_, cell.last);
  if (first || command || isElement(value)) flow(cell, value);
  cell.last = value;
}

bool Dataflow::mayBeChangedBy(NodeId argument, CXType parameter) const {
  if (parameter.kind == CXType_Invalid || !pointsToMutable(parameter)) return false;
  CXType canonical = clang_getCanonicalType(parameter);
  if (canonical.kind == CXType_LValueReference || canonical.kind == CXType_RValueReference) return true;
  NodeId inner = tree_.peel(argument);
  if (inner == noNode) return false;
  if (tree_[inner].kind == CXCursor_UnaryOperator &&
      clang_getCursorUnaryOperatorKind(tree_[inner].cursor) == CXUnaryOperator_AddrOf)
    return true;
  // Buffers and vectors of C strings are filled through plain pointers; pointers to structures are mostly handles.
  CXType pointee = clang_getCanonicalType(clang_getPointeeType(canonical));
  return pointee.kind != CXType_Record;
}

void Dataflow::addCall(NodeId node) {
  CXCursor called = calledFunction(node);
  std::vector<NodeId> arguments = tree_.arguments(node);
  bool is_method = clang_getCursorKind(called) == CXCursor_CXXMethod;
  const Callee* callee = clang_Cursor_isNull(called) ? nullptr : &callees_.of(called);
  if (callee && (callee->spawns || callee->changes || callee->producers || callees_.knowledge().onlyFrees(callee->name)))
    return;
  std::string name = callee ? callee->name : std::string();
  if (name == "__builtin_va_start" && !arguments.empty()) {
    NodeId base = tree_.baseReference(arguments[0]);
    if (base != noNode) variable(clang_getCursorReferenced(tree_[base].cursor)).parameter = static_cast<int>(variadicPort);
    return;
  }

  NodeId callee_expression = tree_.calleeExpression(node);
  NodeId receiver = noNode;
  if (is_method && tree_.isMemberCall(node))
    receiver = tree_.child(callee_expression, 0);
  bool is_operator = name.starts_with("operator") && receiver == noNode && !arguments.empty();
  if (is_operator && is_method) {
    receiver = arguments.front();
    arguments.erase(arguments.begin());
  }

  if (is_method && clang_CXXMethod_isConst(called) == 0) addMethodCall(node, receiver, name, arguments);

  CXType function_type =
      clang_Cursor_isNull(called) ? clang_getCanonicalType(clang_getCursorType(called)) : clang_getCursorType(called);
  unsigned parameters =
      clang_Cursor_isNull(called) ? 0U : static_cast<unsigned>(std::max(0, clang_getNumArgTypes(function_type)));
  for (unsigned i = 0; i < arguments.size() && i < parameters; ++i) {
    if (arguments[i] == noNode) continue;
    CXType expected = clang_getArgType(function_type, i);
    if (!mayBeChangedBy(arguments[i], expected)) {
      // A handle that a vector is filled through.
      if (callee && callee->project && pointsToMutable(expected)) fillFromArguments(called, arguments, i, false);
      continue;
    }
    // A library takes over what is moved into it.
    bool moved = clang_getCanonicalType(expected).kind == CXType_RValueReference;
    if (moved && callee && !callee->project) continue;
    fillFromArguments(called, arguments, i, callees_.knowledge().fillsString(name));
    NodeId base = tree_.baseReference(arguments[i]);
    CXCursor changed = base == noNode ? clang_getNullCursor() : clang_getCursorReferenced(tree_[base].cursor);
    if (isVariableKind(clang_getCursorKind(changed))) variable(changed).escapes.push_back({node, name});
  }
  // Behind "...", or to a function that is not known: as the argument's own type allows.
  if (callee && !callee->project) return;
  for (std::size_t i = parameters; i < arguments.size(); ++i) {
    NodeId base = arguments[i] == noNode ? noNode : tree_.baseReference(arguments[i]);
    if (base == noNode || !pointsToMutable(clang_getCursorType(tree_[arguments[i]].cursor))) continue;
    CXCursor changed = clang_getCursorReferenced(tree_[base].cursor);
    if (isVariableKind(clang_getCursorKind(changed)))
      variable(changed).escapes.push_back({node, callee ? name : "a function that is not known"});
  }
}

// object.method(arguments)
void Dataflow::addMethodCall(NodeId node, NodeId receiver, const std::string& name,
                             const std::vector<NodeId>& arguments) {
  if (receiver == noNode) return;
  std::optional<AccessPath> path = accessPath(tree_, receiver);
  Variable::Cell* cell = cellOf(receiver);
  NodeId base = tree_.baseReference(receiver);
  CXCursor declaration = base == noNode ? clang_getNullCursor() : clang_getCursorReferenced(tree_[base].cursor);
  Variable* changed = isVariableKind(clang_getCursorKind(declaration)) ? &variable(declaration) : nullptr;
  bool itself = tree_.peel(receiver) == base && base != noNode;
  bool filled = (path && !path->fields.empty() && cell && cell->last != noNode) ||
                (changed && itself && (!changed->elements.empty() || changed->initializer != noNode));
  if (name == "operator=" && path && !path->element) {
    if (cell)
      for (NodeId argument : arguments) flow(*cell, argument);
    if (changed && itself)
      changed->assigned.insert(changed->assigned.end(), arguments.begin(), arguments.end());
  } else if (appends(name) || name == "operator=") {
    for (NodeId argument : arguments) {
      // insert(end, first, last) copies a vector.
      if (arguments.size() > 1) flow(receiver, argument);
      addElement(receiver, argument, !filled || (!itself && (!path || path->fields.empty())));
    }
  } else if (!onlyLooks(name)) {
    for (NodeId argument : arguments) flow(receiver, argument);
    if (changed) changed->escapes.push_back({node, name});
  }
}

// f(&filled, source): what a function of this unit does was seen; else vectors are taken over, and a string is taken for
// the next argument in a structure that holds a vector, for one among others elsewhere.
void Dataflow::fillFromArguments(CXCursor called, const std::vector<NodeId>& arguments, std::size_t filled,
                                 bool copies_text) {
  auto seen = filled_.find(clang_getCanonicalCursor(called));
  bool was_seen = seen != filled_.end() && filled < seen->second.size();
  std::optional<AccessPath> path = accessPath(tree_, arguments[filled]);
  bool global = path && !path->isThis() && clang_Cursor_hasVarDeclGlobalStorage(path->base) == 1;
  if (!path || global) return;
  Variable& target = path->isThis() ? object(arguments[filled]) : variable(path->base);
  bool vector = holdsStringArray(clang_getCursorType(tree_[tree_.peel(arguments[filled])].cursor));
  CXType pointee = clang_getCanonicalType(clang_getPointeeType(clang_getCanonicalType(
      clang_getCursorType(tree_[tree_.peel(arguments[filled])].cursor))));
  bool handle = pointee.kind == CXType_Record;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    if (i == filled || arguments[i] == noNode) continue;
    NodeId source = tree_.peel(arguments[i]);
    if (source == noNode) continue;
    CXType type = clang_getCursorType(tree_[source].cursor);
    if (!was_seen) {
      bool whole = isStringArray(type) || isArgumentList(type);
      if (copies_text || (whole && (vector || !handle)))
        flow(target.cells[path->fields], arguments[i]);
      else if (vector && namesAppending(spellingOf(called)) && (isCharacterPointer(type) || isStringObject(type)))
        addElement(target.cells[path->fields], arguments[i], target.cells[path->fields].last == noNode);
      continue;
    }
    for (const Filled& one : seen->second[filled])
      for (const Port& port : one.ports)
        if (port.parameter == i) flow(target.cells[joinedFields(path->fields, one.fields)], arguments[i], port.field);
  }
}

void Dataflow::addIncrement(NodeId node) {
  CXUnaryOperatorKind op = clang_getCursorUnaryOperatorKind(tree_[node].cursor);
  if (op != CXUnaryOperator_PostInc && op != CXUnaryOperator_PreInc && op != CXUnaryOperator_PostDec &&
      op != CXUnaryOperator_PreDec)
    return;
  NodeId inner = tree_.peel(tree_.child(node, 0));
  if (inner == noNode || tree_[inner].kind != CXCursor_DeclRefExpr) return;
  CXCursor declaration = clang_getCursorReferenced(tree_[inner].cursor);
  if (isVariableKind(clang_getCursorKind(declaration))) variable(declaration).modified = true;
}

void Dataflow::addRangeLoop(NodeId node) {
  std::vector<NodeId> targets;
  std::vector<NodeId> ranges;
  std::vector<NodeId> parts = tree_.children(node);
  if (!parts.empty()) parts.pop_back();  // the body
  for (NodeId part : parts) {
    if (clang_isExpression(tree_[part].kind)) ranges.push_back(part);
    for (NodeId at = part; at < tree_.endOf(part); ++at)
      if (tree_[at].kind == CXCursor_VarDecl) targets.push_back(at);
  }
  if (targets.size() == 1 && ranges.size() == 1) variable(tree_[targets[0]].cursor).range = ranges[0];
  for (NodeId target : targets)
    for (NodeId range : ranges)
    {
      variable(tree_[target].cursor).element = true;
      flow(variable(tree_[target].cursor).cells[{}], range);
    }
}

}  // namespace envleak::analyzer
