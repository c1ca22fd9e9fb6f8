#include "analyzer/frontend/dataflow.h"

#include "analyzer/frontend/type_names.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace envleak::analyzer {
namespace {

bool isAnyOf(std::string_view name, std::initializer_list<std::string_view> names) {
  return std::ranges::find(names, name) != names.end();
}

// Methods of containers and strings, by what they do to the object.
bool onlyLooks(std::string_view method) {
  return isAnyOf(method, {"data", "c_str", "size", "empty", "begin", "end", "cbegin", "cend", "front", "back", "at",
                          "operator[]", "reserve", "length", "get"});
}

bool isFunctionPointer(CXType type) {
  type = clang_getCanonicalType(type);
  if (type.kind == CXType_Pointer) type = clang_getCanonicalType(clang_getPointeeType(type));
  return type.kind == CXType_FunctionProto || type.kind == CXType_FunctionNoProto;
}

bool isArgumentList(CXType type) {
  return take(clang_getTypeSpelling(clang_getCanonicalType(type))).find("__va_list_tag") != std::string::npos;
}

// What follows it is a command line for a shell.
bool isShellFlag(const SyntaxTree& tree, NodeId node) {
  node = tree.peel(node);
  return node != noNode && tree[node].kind == CXCursor_StringLiteral && spellingOf(tree[node].cursor) == "\"-c\"";
}

// A field that says where the child runs says nothing about what it runs.
bool isFolder(std::string_view field) {
  return isAnyOf(field, {"dir", "cwd", "chdir", "directory", "workdir", "work_dir", "working_dir", "working_directory",
                         "current_directory"});
}

}  // namespace

bool isStringObject(CXType type) {
  CXType plain = clang_getCanonicalType(clang_getNonReferenceType(type));
  if (plain.kind != CXType_Record) return false;
  std::string name = spellingOf(clang_getTypeDeclaration(plain));
  return isAnyOf(name, {"basic_string", "basic_string_view", "vector", "array", "span", "initializer_list", "path"});
}

bool appends(std::string_view method) {
  return isAnyOf(method, {"push_back", "emplace_back", "insert", "emplace", "append", "push", "add"});
}

bool isIteratorMethod(std::string_view method) { return isAnyOf(method, {"begin", "end", "rbegin", "rend"}); }

bool pointsInto(std::string_view method) {
  return isAnyOf(method, {"data", "begin", "end", "rbegin", "rend", "front", "back", "at", "operator[]", "operator*",
                          "operator->", "get"});
}

Variable& Dataflow::variable(CXCursor declaration) { return variables_[clang_getCanonicalCursor(declaration)]; }

const Variable* Dataflow::find(CXCursor declaration) const {
  auto found = variables_.find(clang_getCanonicalCursor(declaration));
  return found == variables_.end() ? nullptr : &found->second;
}

CXCursor Dataflow::calledFunction(NodeId call) const {
  CXCursor called = clang_getCursorReferenced(tree_[call].cursor);
  if (isFunctionKind(clang_getCursorKind(called))) return called;
  called = tree_.declarationOf(tree_.calleeExpression(call));
  return isFunctionKind(clang_getCursorKind(called)) ? called : clang_getNullCursor();
}

template <typename Visit>
void Dataflow::forEachSource(NodeId expression, const Visit& visit) const {
  expression = tree_.peel(expression);
  if (expression == noNode) return;
  const Node& node = tree_[expression];
  switch (node.kind) {
    case CXCursor_DeclRefExpr: {
      CXCursor declaration = clang_getCursorReferenced(node.cursor);
      if (isVariableKind(clang_getCursorKind(declaration)) && !isArithmetic(clang_getCursorType(declaration)))
        visit(declaration, false);
      return;
    }
    case CXCursor_CXXThisExpr:
      return visit(node.cursor, true);
    case CXCursor_MemberRefExpr: {
      // A string or vector in the structure, or a part of it; what another structure points to is not the caller's.
      CXType type = clang_getCanonicalType(clang_getCursorType(node.cursor));
      if (type.kind == CXType_Pointer && !isCharacterPointer(type) && !isStringArray(type)) return;
      std::vector<NodeId> base = tree_.expressionChildren(expression);
      if (!base.empty()) {
        NodeId inner = tree_.peel(base.front());
        bool through_pointer = inner != noNode && tree_[inner].kind == CXCursor_MemberRefExpr &&
                               clang_getCanonicalType(clang_getCursorType(tree_[inner].cursor)).kind == CXType_Pointer;
        if (!through_pointer) forEachSource(inner, visit);
      } else if (clang_getCursorKind(clang_getCursorReferenced(node.cursor)) == CXCursor_FieldDecl) {
        visit(node.cursor, true);  // the implicit "this" has no cursor
      }
      return;
    }
    case CXCursor_BinaryOperator: {
      CXBinaryOperatorKind op = clang_getCursorBinaryOperatorKind(node.cursor);
      bool second = op == CXBinaryOperator_Assign || op == CXBinaryOperator_Comma;
      if (second || op == CXBinaryOperator_Add || op == CXBinaryOperator_Sub)
        forEachSource(tree_.child(expression, second ? 1 : 0), visit);
      return;
    }
    case CXCursor_UnaryOperator:
    case CXCursor_ArraySubscriptExpr:
      return forEachSource(tree_.child(expression, 0), visit);
    case CXCursor_ConditionalOperator: {
      std::vector<NodeId> parts = tree_.expressionChildren(expression);
      for (std::size_t i = parts.size() > 2 ? 1 : 0; i < parts.size(); ++i) forEachSource(parts[i], visit);
      return;
    }
    case CXCursor_CallExpr:
      return forEachSourceOfCall(expression, visit);
    case CXCursor_InitListExpr:
      return forEachSourceOfList(expression, visit);
    case CXCursor_CompoundLiteralExpr:
    case CXCursor_UnexposedExpr:
      for (NodeId part : tree_.expressionChildren(expression)) forEachSource(part, visit);
      return;
    default:
      return;
  }
}

template <typename Visit>
void Dataflow::forEachSourceOfCall(NodeId call, const Visit& visit) const {
  CXCursor called = calledFunction(call);
  CXCursorKind kind = clang_getCursorKind(called);
  std::vector<NodeId> arguments = tree_.arguments(call);
  if (kind == CXCursor_Constructor) {
    for (NodeId argument : arguments) forEachSource(argument, visit);
    return;
  }
  std::string name = spellingOf(called);
  NodeId callee = tree_.calleeExpression(call);
  if (kind == CXCursor_CXXMethod && callee != noNode && tree_[callee].kind == CXCursor_MemberRefExpr) {
    if (onlyLooks(name)) forEachSource(tree_.child(callee, 0), visit);
    return;
  }
  if (name == "operator[]" || name == "operator*" || name == "operator->" || name == "move" || name == "forward") {
    if (!arguments.empty()) forEachSource(arguments.front(), visit);
    return;
  }
  // strdup(command) and the like: one text in, the same text out.
  NodeId only = noNode;
  for (NodeId argument : arguments) {
    if (argument == noNode) continue;
    CXType type = clang_getCursorType(tree_[argument].cursor);
    if (isArithmetic(type)) continue;
    if (only != noNode) return;
    only = argument;
  }
  if (only == noNode) return;
  CXType type = clang_getCursorType(tree_[tree_.peel(only)].cursor);
  if (isCharacterPointer(type) || isStringArray(type) || isStringObject(type)) forEachSource(only, visit);
}

// {program, ...}, {"sh", "-c", command}, {argv[0], argv[1]}; all fields of a structure.
template <typename Visit>
void Dataflow::forEachSourceOfList(NodeId list, const Visit& visit) const {
  bool array = clang_getCanonicalType(clang_getCursorType(tree_[list].cursor)).kind != CXType_Record;
  bool take = true;
  for (NodeId part : tree_.expressionChildren(list)) {
    if (take || !array || isElement(part)) forEachSource(part, visit);
    take = isShellFlag(tree_, part);
  }
}

bool Dataflow::isElement(NodeId expression) const {
  expression = tree_.peel(expression);
  if (expression == noNode) return false;
  const Node& node = tree_[expression];
  CXType type = clang_getCursorType(node.cursor);
  switch (node.kind) {
    case CXCursor_DeclRefExpr: {
      CXCursor declaration = clang_getCursorReferenced(node.cursor);
      const Variable* variable = find(declaration);
      return (variable && variable->element) || isArgumentList(clang_getCursorType(declaration));
    }
    case CXCursor_ArraySubscriptExpr:
    case CXCursor_UnaryOperator: {
      NodeId inner = tree_.peel(tree_.child(expression, 0));
      if (inner == noNode) return false;
      CXType container = clang_getCursorType(tree_[inner].cursor);
      return (isCharacterPointer(type) || isStringObject(type)) && (isStringArray(container) || isElement(inner));
    }
    case CXCursor_CallExpr: {
      std::string name = spellingOf(calledFunction(expression));
      if (name == "c_str" || name == "data") return isElement(tree_.child(tree_.calleeExpression(expression), 0));
      return name == "operator[]" || name == "operator*" || name == "at";
    }
    default:
      return false;
  }
}

ParameterMask Dataflow::depends(NodeId expression) const {
  ParameterMask mask = 0;
  forEachSource(expression, [&](CXCursor declaration, bool is_this) {
    if (is_this)
      mask |= maskOf(thisBit);
    else if (const Variable* source = find(declaration))
      mask |= source->depends;
  });
  return mask;
}

void Dataflow::add(NodeId root) {
  edges_.clear();
  if (isFunctionKind(tree_[root].kind)) addParameters(root);
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
  }
  for (bool changed = true; changed;) {
    changed = false;
    for (auto& [target, source] : edges_) {
      ParameterMask together = target->depends | source->depends;
      changed |= together != target->depends;
      target->depends = together;
    }
  }
  if (!isFunctionKind(tree_[root].kind)) return;
  std::vector<ParameterMask>& filled = filled_[clang_getCanonicalCursor(tree_[root].cursor)];
  for (NodeId child : tree_.children(root))
    if (tree_[child].kind == CXCursor_ParmDecl) filled.push_back(variable(tree_[child].cursor).depends);
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
    if (parameter.parameter < static_cast<int>(variadicBit) && !parameter.of_main)
      parameter.depends = maskOf(static_cast<unsigned>(parameter.parameter));
  }
}

void Dataflow::flow(NodeId target, NodeId source) {
  NodeId base = tree_.baseReference(target);
  if (base == noNode) return;
  CXCursor declaration = clang_getCursorReferenced(tree_[base].cursor);
  if (!isVariableKind(clang_getCursorKind(declaration)) || clang_Cursor_hasVarDeclGlobalStorage(declaration) == 1)
    return;
  Variable& changed = variable(declaration);
  forEachSource(source, [&](CXCursor from, bool is_this) {
    if (is_this)
      changed.depends |= maskOf(thisBit);
    else
      edges_.emplace_back(&changed, &variable(from));
  });
}

void Dataflow::addDeclaration(NodeId node) {
  CXCursor declaration = tree_[node].cursor;
  CXCursor initializer = clang_Cursor_getVarDeclInitializer(declaration);
  Variable& declared = variable(declaration);
  if (clang_Cursor_isNull(initializer)) return;
  for (NodeId child : tree_.children(node))
    if (clang_equalCursors(tree_[child].cursor, initializer)) declared.initializer = child;
  if (declared.initializer != noNode) addAlias(declared.initializer, declaration);
  if (declared.initializer == noNode || clang_Cursor_hasVarDeclGlobalStorage(declaration) == 1) return;
  declared.element = isElement(declared.initializer) && !isStringArray(clang_getCursorType(declaration));
  forEachSource(declared.initializer, [&](CXCursor from, bool is_this) {
    if (is_this)
      declared.depends |= maskOf(thisBit);
    else
      edges_.emplace_back(&declared, &variable(from));
  });
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
  if (base == noNode) return;
  CXCursor declaration = clang_getCursorReferenced(tree_[base].cursor);
  if (!isVariableKind(clang_getCursorKind(declaration))) return;
  if (tree_[left].kind == CXCursor_DeclRefExpr) {
    flow(left, right);
    variable(declaration).assigned.push_back(right);
    variable(declaration).element |= isElement(right) && !isStringArray(clang_getCursorType(declaration));
    addAlias(right, declaration);
  } else if (tree_[left].kind == CXCursor_MemberRefExpr) {
    if (!isFolder(spellingOf(tree_[left].cursor))) flow(left, right);
  } else {
    NodeId index = tree_[left].kind == CXCursor_ArraySubscriptExpr ? tree_.peel(tree_.child(left, 1)) : noNode;
    addElement(left, right, index != noNode && tree_.isNull(index));
  }
}

void Dataflow::addElement(NodeId target, NodeId value, bool first) {
  NodeId base = tree_.baseReference(target);
  if (base == noNode) return;
  CXCursor declaration = clang_getCursorReferenced(tree_[base].cursor);
  if (!isVariableKind(clang_getCursorKind(declaration))) return;
  Variable& changed = variable(declaration);
  bool command = !changed.elements.empty() && isShellFlag(tree_, changed.elements.back());
  if (first || command || isElement(value)) flow(target, value);
  changed.elements.push_back(value);
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
  if (callee && (callee->spawns || callees_.knowledge().onlyFrees(callee->name))) return;
  std::string name = callee ? callee->name : std::string();
  if (name == "__builtin_va_start" && !arguments.empty()) {
    NodeId base = tree_.baseReference(arguments[0]);
    if (base != noNode) variable(clang_getCursorReferenced(tree_[base].cursor)).depends |= maskOf(variadicBit);
    return;
  }

  NodeId callee_expression = tree_.calleeExpression(node);
  NodeId receiver = noNode;
  if (is_method && callee_expression != noNode && tree_[callee_expression].kind == CXCursor_MemberRefExpr)
    receiver = tree_.child(callee_expression, 0);
  bool is_operator = name.starts_with("operator") && receiver == noNode && !arguments.empty();
  if (is_operator && is_method) {
    receiver = arguments.front();
    arguments.erase(arguments.begin());
  }

  if (receiver != noNode && clang_CXXMethod_isConst(called) == 0) {
    NodeId base = tree_.baseReference(receiver);
    CXCursor object = base == noNode ? clang_getNullCursor() : clang_getCursorReferenced(tree_[base].cursor);
    if (isVariableKind(clang_getCursorKind(object))) {
      Variable& changed = variable(object);
      bool itself = tree_.peel(receiver) == base;
      if (name == "operator=" && itself) {
        for (NodeId argument : arguments) flow(receiver, argument);
        changed.assigned.insert(changed.assigned.end(), arguments.begin(), arguments.end());
      } else if (appends(name) || name == "operator=") {
        bool first = changed.elements.empty() && changed.initializer == noNode;
        for (NodeId argument : arguments) {
          // insert(end, first, last) copies a vector.
          if (arguments.size() > 1) flow(receiver, argument);
          addElement(receiver, argument, first || !itself);
        }
      } else if (!onlyLooks(name)) {
        for (NodeId argument : arguments) flow(receiver, argument);
        changed.escapes.push_back({node, name});
      }
    }
  }

  CXType function_type =
      clang_Cursor_isNull(called) ? clang_getCanonicalType(clang_getCursorType(called)) : clang_getCursorType(called);
  unsigned parameters =
      clang_Cursor_isNull(called) ? 0U : static_cast<unsigned>(std::max(0, clang_getNumArgTypes(function_type)));
  for (unsigned i = 0; i < arguments.size() && i < parameters; ++i) {
    if (arguments[i] == noNode || !mayBeChangedBy(arguments[i], clang_getArgType(function_type, i))) continue;
    // A library takes over what is moved into it.
    bool moved = clang_getCanonicalType(clang_getArgType(function_type, i)).kind == CXType_RValueReference;
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

// f(&filled, source): what a function of this unit does was seen; else vectors are taken over, and a single string is
// taken for one argument among others.
void Dataflow::fillFromArguments(CXCursor called, const std::vector<NodeId>& arguments, std::size_t filled,
                                 bool copies_text) {
  auto seen = filled_.find(clang_getCanonicalCursor(called));
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    if (i == filled || arguments[i] == noNode) continue;
    NodeId source = tree_.peel(arguments[i]);
    if (source == noNode) continue;
    CXType type = clang_getCursorType(tree_[source].cursor);
    bool takes = copies_text || isStringArray(type) || isArgumentList(type);
    if (seen != filled_.end() && filled < seen->second.size())
      takes = (seen->second[filled] & maskOf(static_cast<unsigned>(std::min<std::size_t>(i, variadicBit)))) != 0;
    if (takes) flow(arguments[filled], arguments[i]);
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
      forEachSource(range, [&](CXCursor from, bool is_this) {
        Variable& element = variable(tree_[target].cursor);
        element.element = true;
        if (is_this)
          element.depends |= maskOf(thisBit);
        else
          edges_.emplace_back(&element, &variable(from));
      });
}

// A function, or a variable that holds one, that is put somewhere: climb from its name to the place.
void Dataflow::addPointer(NodeId node) {
  CXCursor named = clang_getCursorReferenced(tree_[node].cursor);
  CXCursorKind kind = clang_getCursorKind(named);
  PointerAssignment assignment;
  if (kind == CXCursor_FunctionDecl || kind == CXCursor_CXXMethod) {
    const Callee& callee = callees_.of(named);
    if (!callee.spawns && !callee.project) return;
    assignment.api = callee.spawns != nullptr;
    assignment.function = callee.spawns ? callee.spawns->front().name : callee.key;
  } else if (isVariableKind(kind) && isFunctionPointer(clang_getCursorType(named))) {
    assignment.from = callees_.pointerKey(named);
  } else {
    return;
  }
  NodeId value = node;
  for (NodeId above = tree_[node].parent; above != noNode; value = above, above = tree_[above].parent) {
    switch (tree_[above].kind) {
      case CXCursor_VarDecl:
        assignment.target = callees_.pointerKey(tree_[above].cursor);
        pointers_.insert(assignment);
        return;
      case CXCursor_BinaryOperator: {
        if (clang_getCursorBinaryOperatorKind(tree_[above].cursor) != CXBinaryOperator_Assign ||
            tree_.child(above, 1) != value)
          return;
        NodeId left = tree_.peel(tree_.child(above, 0));
        CXCursor target = tree_.declarationOf(left);
        if (!isVariableKind(clang_getCursorKind(target)))
          if (NodeId base = tree_.baseReference(left); base != noNode)
            target = clang_getCursorReferenced(tree_[base].cursor);
        if (!isVariableKind(clang_getCursorKind(target))) return;
        assignment.target = callees_.pointerKey(target);
        pointers_.insert(assignment);
        return;
      }
      case CXCursor_CallExpr: {
        if (tree_[above].first_child == value) return;  // it is called here
        CXCursor called = calledFunction(above);
        if (clang_Cursor_isNull(called) || !callees_.of(called).project) return;
        std::vector<NodeId> arguments = tree_.arguments(above);
        for (unsigned i = 0; i < arguments.size(); ++i)
          if (arguments[i] == value) {
            assignment.target = "p" + std::to_string(i) + "|" + callees_.of(called).key;
            pointers_.insert(assignment);
          }
        return;
      }
      case CXCursor_InitListExpr: {
        CXType type = clang_getCanonicalType(clang_getCursorType(tree_[above].cursor));
        if (type.kind != CXType_Record) break;  // an array: the place is further up
        std::vector<NodeId> parts = tree_.children(above);
        auto index = static_cast<std::size_t>(std::ranges::find(parts, value) - parts.begin());
        std::vector<CXCursor> fields;
        clang_Type_visitFields(
            type,
            [](CXCursor field, CXClientData data) {
              static_cast<std::vector<CXCursor>*>(data)->push_back(field);
              return CXVisit_Continue;
            },
            &fields);
        CXCursor field = index < fields.size() ? fields[index] : clang_getNullCursor();
        for (NodeId child : tree_.children(value))  // .run = f
          if (tree_[child].kind == CXCursor_MemberRef) field = clang_getCursorReferenced(tree_[child].cursor);
        if (clang_Cursor_isNull(field)) return;
        assignment.target = callees_.pointerKey(field);
        pointers_.insert(assignment);
        return;
      }
      case CXCursor_ConditionalOperator:
      case CXCursor_UnaryOperator:
        break;
      default:
        if (!clang_isExpression(tree_[above].kind)) return;
    }
  }
}

}  // namespace envleak::analyzer
