// Objects that functions change which are given them.
#include "analyzer/frontend/lowering.h"
#include "analyzer/frontend/type_names.h"

#include <algorithm>

namespace envleak::analyzer {

using Kind = EnvironmentValue::Kind;
namespace {
constexpr std::size_t callsToldApart = 12;  // that may change one field
}  // namespace

// A function of the project may change the objects it is given.
void Lowering::touch(NodeId call, CXCursor called, const Callee& callee, bool always) {
  auto give = [&](NodeId argument, unsigned parameter) {
    if (argument != noNode && parameter != thisPort &&
        giveEnviron(argument, clang_getArgType(clang_getCursorType(called), parameter), parameter, callee, always))
      return;
    if (argument == noNode || !containsEnvironment(clang_getCursorType(c_.tree[c_.tree.peel(argument)].cursor))) return;
    std::optional<Place> whole = places_.of(argument);
    if (!whole) return;
    if (!heldOf(*whole)) state_.held.insert_or_assign(whole->key(), FlowState::Held{*whole, state_.at(*whole), false});
    for (auto& [key, held] : state_.held) {
      std::string rest;
      if (held.place.keyOf({}) == whole->keyOf({}) && isFieldOf(held.place.port.field, whole->port.field, &rest))
        addCall(held.state, callee.key, callee.name, always, {parameter, rest}, callee.library);
    }
  };
  CXType type = clang_getCursorType(called);
  std::vector<NodeId> arguments = c_.tree.arguments(call);
  for (unsigned i = 0; i < arguments.size(); ++i)
    if (static_cast<int>(i) < clang_getNumArgTypes(type) && pointsToMutable(clang_getArgType(type, i)))
      give(arguments[i], i);
  NodeId named = c_.tree.calleeExpression(call);
  if (named == noNode || c_.tree[named].kind != CXCursor_MemberRefExpr || clang_CXXMethod_isConst(called) != 0) return;
  NodeId object = c_.tree.child(named, 0);
  if (object != noNode && clang_isExpression(c_.tree[object].kind)) {
    give(object, thisPort);
  } else {
    for (auto& [key, held] : state_.held)
      if (held.place.root == Place::Root::parameter && held.place.port.parameter == thisPort)
        addCall(held.state, callee.key, callee.name, always, held.place.port, callee.library);
  }
}

// A function of the project has its own ways to objects that others lead to: global ones, pointers that it finds
// elsewhere. What it puts there counts from here on.
void Lowering::changeElsewhere(const std::string& function) {
  for (auto& [key, held] : state_.held) {
    const Place& place = held.place;
    if (place.reach != Place::Reach::open || place.port.field.empty() || place.cell.empty() || held.state == initial(place)) continue;
    // What it does to an object that it is given is known better.
    bool given = std::ranges::any_of(held.state.called, [&](const auto& called) { return called.place && called.function == function; });
    if (given) continue;
    EnvironmentValue others{Kind::cell, 0, changedIn(function), {}, {}, sharedCell(place.cell)};
    addCall(held.state, sharedCall(others), place.name, false);
    if (held.state.called.size() <= callsToldApart) continue;
    // By any function.
    others.function.clear();
    std::erase_if(held.state.called, [&](const auto& called) {
      std::optional<EnvironmentValue> one = sharedBy(called);
      return one && !changerOf(one->function).empty() && one->cell == others.cell;
    });
    addCall(held.state, sharedCall(others), place.name, false);
  }
}

// memset(&object, 0, size), memcpy(&object, &other, size), swap(object, other)
void Lowering::fill(NodeId call, const std::string& name) {
  if (name == "swap") {
    std::vector<NodeId> swapped = c_.tree.arguments(call);
    if (c_.tree.isMemberCall(call)) swapped.push_back(c_.tree.child(c_.tree.calleeExpression(call), 0));
    for (NodeId one : swapped) {
      if (one == noNode || !containsEnvironment(clang_getCursorType(c_.tree[one].cursor))) continue;
      std::optional<Place> place = places_.of(one);
      if (!place) continue;
      EnvironmentState state;
      state.value = {Kind::unknown, 0, {}, "'" + place->name + "' is swapped"};
      shareFields(*place, clang_getCursorType(c_.tree[one].cursor), &state);
      state_.set(*place, state);
    }
    return;
  }
  bool clears = isAnyOf(name, {"memset", "bzero", "explicit_bzero", "__builtin_memset", "__builtin___memset_chk"});
  if (!clears && !c_.callees.knowledge().fillsString(name)) return;
  std::vector<NodeId> arguments = c_.tree.arguments(call);
  if (arguments.empty() || arguments[0] == noNode) return;
  CXType type = clang_getCursorType(c_.tree[c_.tree.peel(arguments[0])].cursor);
  if (plainType(type).kind != CXType_Record || !containsEnvironment(type)) return;
  std::optional<Place> place = places_.of(arguments[0]);
  if (!place) return;
  EnvironmentState state;
  state.value = clears ? EnvironmentValue{Kind::null, 0, {}, "'" + place->name + "' is NULL"}
                       : EnvironmentValue{Kind::unknown, 0, {}, "'" + name + "' fills '" + place->name + "'"};
  std::optional<Place> source = arguments.size() > 1 && arguments[1] != noNode ? places_.of(arguments[1]) : std::nullopt;
  if (!clears && source) return copy(*place, *source, type);
  if (!clears) shareFields(*place, type, &state);
  state_.set(*place, state);
}

}  // namespace envleak::analyzer
