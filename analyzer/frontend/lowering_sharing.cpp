// Fields of objects that have several names: what is put there by one of them, the others hold as well.
#include "analyzer/frontend/initializers.h"
#include "analyzer/frontend/lowering.h"
#include "analyzer/frontend/type_names.h"

#include <algorithm>

namespace envleak::analyzer {
namespace {

using Kind = EnvironmentValue::Kind;

bool isUnionMember(CXCursor field) {
  return clang_getCursorKind(clang_getCursorSemanticParent(field)) == CXCursor_UnionDecl;
}

}  // namespace

CXType plainType(CXType type) {
  type = clang_getCanonicalType(withoutReference(type));
  return type.kind == CXType_Pointer ? clang_getCanonicalType(clang_getPointeeType(type)) : type;
}

// What the place holds, by whatever name it was put there.
EnvironmentState Lowering::read(const Place& place) const {
  const FlowState::Held* held = heldOf(place);
  EnvironmentState state = held ? held->state : state_.at(place);
  if (place.port.field.empty() || place.cell.empty()) return state;
  if (!held)
    for (const auto& [key, other] : state_.held)
      if (other.place.mayBe(place) && other.state != initial(other.place)) state = join(state, other.state);
  addOthers(place, state);
  return state;
}

bool Lowering::isReached(const Place& place) const {
  return place.reach == Place::Reach::shared || place.reach == Place::Reach::given ||
         std::ranges::any_of(state_.held, [&](const auto& one) {
           return one.second.place.mayBe(place) && one.second.state != initial(one.second.place);
         });
}

// What other functions put there, if they have the object.
void Lowering::addOthers(const Place& place, EnvironmentState& state) const {
  if (place.reach != Place::Reach::shared && place.reach != Place::Reach::given) return;
  std::string keeper;
  if (place.reach == Place::Reach::given) {
    keeper = place.root == Place::Root::local ? place.base : "p" + std::to_string(place.port.parameter) + "|" + function_.key;
    if (place.root == Place::Root::local && keepers_.insert(keeper).second)
      for (const Variable::Given& given : c_.dataflow.sharingOf(place.variable).given) {
        EnvironmentState one;
        one.value = {Kind::filled, given.parameter, given.function, {}};
        c_.summary.cells.push_back({keeperCell(keeper), function_.key, std::move(one)});
      }
  }
  EnvironmentValue others{Kind::cell, 0, keeper, "'" + place.name + "' is changed by another name of its object", {}, sharedCell(place.cell)};
  if (state.called.empty())
    state.value = widest(state.value, others);
  else
    state.called.push_back({sharedCall(others), place.name, false});
}

void Lowering::shareField(CXCursor field, const EnvironmentState& state) {
  if (!recording_) return;
  std::string cell = c_.callees.pointerKey(field);
  for (const std::string& one : {cell, sharedCell(cell)}) c_.summary.cells.push_back({one, function_.key, state});
}

// The place is set, or gets more entries: so are those that may be the same.
void Lowering::share(const Place& place, const EnvironmentState& state, bool entries) {
  if (place.port.field.empty() || place.cell.empty()) return;
  bool elsewhere = place.reach == Place::Reach::open || name_ != function_.name || (place.reach != Place::Reach::own && !place.direct);
  if (recording_ && elsewhere) c_.summary.cells.push_back({sharedCell(place.cell), function_.key, state});
  for (auto& [key, other] : state_.held) {
    if (!other.place.mayBe(place)) continue;
    if (entries && other.state.called.empty())
      other.state.value = widest(other.state.value, together(other.state.value, state.value));
    else
      other.state = join(other.state, state);
  }
}

// The whole is set: nullptr: to what is known of each field now.
void Lowering::shareFields(const Place& place, CXType type, const EnvironmentState* state) {
  if (place.reach == Place::Reach::own && name_ == function_.name) return;
  for (CXCursor field : fieldsOf(plainType(type)))
    if (holdsEnvironment(clang_getCursorType(field))) {
      Place part = places_.inside(place, field);
      share(part, state ? *state : read(part), false);
    }
}

// get()->field = value, (a ? b : c)->field[i] = value: of any object.
void Lowering::shareAnywhere(NodeId target, NodeId value) {
  bool element = false;
  for (target = c_.tree.peel(target); target != noNode && c_.tree[target].kind != CXCursor_MemberRefExpr; element = true) {
    if (c_.tree[target].kind != CXCursor_ArraySubscriptExpr && c_.tree[target].kind != CXCursor_UnaryOperator) return;
    target = c_.tree.peel(c_.tree.child(target, 0));
  }
  if (target == noNode) return;
  CXCursor field = clang_getCursorReferenced(c_.tree[target].cursor);
  if (clang_getCursorKind(field) != CXCursor_FieldDecl || !holdsEnvironment(clang_getCursorType(field))) return;
  EnvironmentState state;
  if (element)
    state.value = values_.element(value, "'" + spellingOf(field) + "'", noNode);
  else
    state = captured(environmentOf(value, noNode));
  shareField(field, state);
  std::string cell = c_.callees.pointerKey(field);
  for (auto& [key, other] : state_.held)
    if (other.place.cell == cell && other.place.reach != Place::Reach::own) other.state = join(other.state, state);
}

// &object.field, a reference to it, a pointer to the member: what is put there by that is not seen.
void Lowering::shareAddresses(NodeId root) {
  auto hide = [&](CXCursor field) {
    if (!holdsEnvironment(clang_getCursorType(field))) return;
    EnvironmentState state;
    state.value = {Kind::unknown, 0, {}, "the address of '" + spellingOf(field) + "' is taken"};
    shareField(field, state);
  };
  for (NodeId at = root, end = c_.tree.endOf(root); at < end; ++at) {
    if (c_.tree[at].kind != CXCursor_MemberRefExpr && c_.tree[at].kind != CXCursor_DeclRefExpr) continue;
    bool address = false;
    NodeId above = c_.tree[at].parent;
    for (NodeId value = at; above != noNode; value = above, above = c_.tree[above].parent) {
      bool takes = c_.tree[above].kind == CXCursor_UnaryOperator &&
                   clang_getCursorUnaryOperatorKind(c_.tree[above].cursor) == CXUnaryOperator_AddrOf;
      if (!takes && c_.tree.peel(above) != c_.tree.peel(value)) break;
      address |= takes;
    }
    if (above == noNode) continue;
    CXCursorKind kind = c_.tree[above].kind;
    if (kind == CXCursor_UnexposedDecl && c_.tree[at].kind == CXCursor_DeclRefExpr) {  // auto& [a, b] = object
      for (CXCursor field : fieldsOf(plainType(clang_getCursorType(c_.tree[at].cursor)))) hide(field);
      continue;
    }
    // What a function does with it is told by the call; (&x.field)[0] is x.field.
    bool away = address && kind != CXCursor_CallExpr && kind != CXCursor_UnaryOperator && kind != CXCursor_ArraySubscriptExpr;
    bool declared = kind == CXCursor_VarDecl;
    if (!away && !declared) continue;
    CXCursor field = clang_getCursorReferenced(c_.tree[at].cursor);
    if (clang_getCursorKind(field) != CXCursor_FieldDecl) continue;
    CXType type = clang_getCursorType(field);
    if (!isStringArray(type) && !isStringContainer(type)) continue;
    CXType target = declared ? clang_getCursorType(c_.tree[above].cursor) : CXType{};
    bool bound = declared && clang_getCanonicalType(target).kind == CXType_LValueReference && pointsToMutable(target) &&
                 !c_.dataflow.isOtherName(c_.tree[above].cursor);
    if (bound || away) hide(field);
  }
}

// Parameters that are kept for longer than the call.
void Lowering::recordKeepers(CXCursor function) {
  auto keep = [&](const std::string& key) {
    EnvironmentState state;
    state.value = {Kind::unknown, 0, {}, "kept"};
    c_.summary.cells.push_back({keeperCell(key), function_.key, std::move(state)});
  };
  for (unsigned i = 0; i < function_.parameters; ++i) {
    CXCursor parameter = clang_Cursor_getArgument(function, i);
    if (clang_Cursor_isNull(parameter) || !canHaveFields(clang_getCursorType(parameter))) continue;
    if (c_.dataflow.sharingOf(parameter).shared) keep("p" + std::to_string(i) + "|" + function_.key);
  }
  if (c_.dataflow.sharesObject(root_)) keep("p" + std::to_string(thisPort) + "|" + function_.key);
}

// Its other members change it as well.
bool Lowering::isOfUnion(NodeId expression) const {
  for (NodeId at = c_.tree.peel(expression); at != noNode;) {
    if (c_.tree[at].kind == CXCursor_MemberRefExpr) {
      CXCursor field = clang_getCursorReferenced(c_.tree[at].cursor);
      if (clang_getCursorKind(field) == CXCursor_FieldDecl && isUnionMember(field)) return true;
    } else if (c_.tree[at].kind != CXCursor_ArraySubscriptExpr && c_.tree[at].kind != CXCursor_UnaryOperator) {
      return false;
    }
    std::vector<NodeId> base = c_.tree.expressionChildren(at);
    at = base.empty() ? noNode : c_.tree.peel(base.front());
  }
  return false;
}

}  // namespace envleak::analyzer
