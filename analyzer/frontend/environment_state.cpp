#include "analyzer/frontend/environment_state.h"

#include <algorithm>

namespace envleak::analyzer {

using Kind = EnvironmentValue::Kind;

namespace {

// Calls of a function that differ by the names they pass: each state in it holds them all.
constexpr std::size_t callsKeptApart = 32;

}  // namespace

EnvironmentState join(const EnvironmentState& a, const EnvironmentState& b) {
  if (!a.reachable) return b;
  if (!b.reachable || a == b) return a;
  EnvironmentState result = a;
  result.value = widest(a.value, b.value);
  result.narrowed_on_some_path = a.narrowed_on_some_path || b.narrowed_on_some_path ||
                                 (a.value.kind != b.value.kind && result.value.kind == Kind::inherited);
  auto find = [](auto& list, const EnvironmentState::Called& one) {
    return std::ranges::find_if(list, [&](const EnvironmentState::Called& other) {
      return other.function == one.function && other.place == one.place && other.port == one.port && other.names == one.names;
    });
  };
  // The calls of both in another order: none is known to be the last.
  std::vector<std::string> common_a, common_b;
  for (const auto& called : a.called)
    if (find(b.called, called) != b.called.end()) common_a.push_back(called.function);
  for (const auto& called : b.called)
    if (find(a.called, called) != a.called.end()) common_b.push_back(called.function);
  for (auto& called : result.called) {
    auto other = find(b.called, called);
    called.always = called.always && other != b.called.end() && other->always && common_a == common_b;
  }
  for (const auto& called : b.called)
    if (find(result.called, called) == result.called.end())
      result.called.push_back({called.function, called.name, false, called.place, called.port, called.library, called.names});
  return result;
}

void replace(EnvironmentState& state, EnvironmentValue value) {
  state.value = std::move(value);
  state.narrowed_on_some_path = false;
  state.called.clear();
}

void add(EnvironmentState& state, Added what, const std::string& callee, const std::string& name) {
  if (state.called.empty())
    state.value = withAdded(state.value, what, callee, name);
  else
    state.called.push_back({"+" + std::to_string(static_cast<int>(what)) + name, callee, true});
}

void remove(EnvironmentState& state, const std::string& callee, const std::string& name) {
  if (state.called.empty())
    state.value = withRemoved(state.value, callee, name);
  else if (!name.empty())
    state.called.push_back({"-" + name, callee, true});
}

std::optional<std::string> removedBy(const EnvironmentState::Called& called) {
  if (!called.function.starts_with('-')) return std::nullopt;
  return called.function.substr(1);
}

std::optional<Added> addedBy(const EnvironmentState::Called& called, std::string* name) {
  if (!called.function.starts_with("+")) return std::nullopt;
  int level = called.function.size() > 1 ? called.function[1] - '0' : -1;
  if (name) *name = called.function.size() > 2 ? called.function.substr(2) : std::string();
  return level < 0 || level > static_cast<int>(Added::other) ? Added::other : static_cast<Added>(level);
}

std::string sharedCall(const EnvironmentValue& others) { return "&" + others.cell + "\n" + others.function; }

std::optional<EnvironmentValue> sharedBy(const EnvironmentState::Called& called) {
  std::size_t end = called.function.find('\n');
  if (!called.function.starts_with("&") || end == std::string::npos) return std::nullopt;
  return EnvironmentValue{Kind::cell, 0, called.function.substr(end + 1), "'" + called.name + "' is changed by another name of its object",
                          {}, called.function.substr(1, end - 1)};
}

EnvironmentState inTermsOf(EnvironmentState state, const std::vector<PassedName>& passed) {
  state.value.names = inTermsOf(state.value.names, passed);
  for (EnvironmentState::Called& called : state.called) {
    std::string name;
    if (std::optional<Added> added = addedBy(called, &name)) {
      std::string given = inTermsOf(name, passed);
      // A name that the call gives is one variable, and no more than the parent's.
      if (given != name && *added != Added::other) added = given.empty() ? Added::unknown_name : Added::from_parent;
      called.function = "+" + std::to_string(static_cast<int>(*added)) + given;
    } else if (std::optional<std::string> removed = removedBy(called)) {
      called.function = "-" + inTermsOf(*removed, passed);
    }
    std::erase_if(called.names, [&](PassedName& one) {
      one.name = inTermsOf(one.name, passed);
      return one.name.empty();
    });
  }
  return state;
}

void addCall(EnvironmentState& state, const std::string& function, const std::string& name, bool always, bool library,
             const std::vector<PassedName>& names) {
  std::size_t apart = std::ranges::count_if(state.called, [](const auto& called) { return !called.names.empty(); });
  const std::vector<PassedName>& kept = apart < callsKeptApart ? names : std::vector<PassedName>();
  std::erase_if(state.called, [&](const auto& called) {
    return called.function == function && !called.place && called.names == kept;
  });
  state.called.push_back({function, name, always, false, {}, library, kept});
}

void addCall(EnvironmentState& state, const std::string& function, const std::string& name, bool always,
             const Port& port, bool library) {
  std::erase_if(state.called, [&](const auto& called) { return called.function == function && called.port == port; });
  state.called.push_back({function, name, always, true, port, library});
}

EnvironmentState FlowState::at(const Place& place) const {
  auto found = held.find(place.key());
  if (found != held.end()) return found->second.state;
  // The nearest whole that was set.
  for (std::string fields = place.port.field; !fields.empty();) {
    std::size_t dot = fields.rfind('.');
    fields = dot == std::string::npos ? std::string() : fields.substr(0, dot);
    found = held.find(place.keyOf(fields));
    if (found == held.end()) continue;
    EnvironmentState state = found->second.state;
    EnvironmentValue began = initial(found->second.place).value;
    std::string rest;
    isFieldOf(place.port.field, fields, &rest);
    for (EnvironmentState::Called& called : state.called) called.port.field = joinedFields(called.port.field, rest);
    if (state.value == began)
      state.value = initial(place).value;
    else if (state.value.kind == EnvironmentValue::Kind::null)
      state.value.reason = "'" + place.name + "' is NULL";
    else if (state.value.kind == EnvironmentValue::Kind::parameter)
      state.value.field = joinedFields(state.value.field, rest);
    return state;
  }
  return initial(place);
}

void FlowState::set(const Place& place, EnvironmentState state) {
  // What was known of its parts is gone.
  for (auto at = held.begin(); at != held.end();) {
    const Place& other = at->second.place;
    bool part = other.keyOf({}) == place.keyOf({}) && other.port.field != place.port.field &&
                isFieldOf(other.port.field, place.port.field);
    at = part ? held.erase(at) : std::next(at);
  }
  held.insert_or_assign(place.key(), Held{place, std::move(state), false});
}

FlowState unreachable() {
  FlowState state;
  state.environ.reachable = false;
  return state;
}

FlowState join(const FlowState& a, const FlowState& b) {
  if (!a.reachable()) return b;
  if (!b.reachable() || a == b) return a;
  FlowState result;
  result.environ = join(a.environ, b.environ);
  for (const FlowState* one : {&a, &b})
    for (const auto& [key, held] : one->held)
      result.held.try_emplace(key, FlowState::Held{held.place, join(a.at(held.place), b.at(held.place)), held.object});
  return result;
}

FlowState chosen(const Condition& condition, const FlowState& if_so, const FlowState& if_not) {
  FlowState result = join(if_so, if_not);
  if (!if_so.reachable() || !if_not.reachable()) return result;
  auto choose = [&](EnvironmentState& state, const EnvironmentState& a, const EnvironmentState& b) {
    if (a.called == b.called) state.value = chosen(condition, a.value, b.value);
  };
  choose(result.environ, if_so.environ, if_not.environ);
  for (auto& [key, held] : result.held) choose(held.state, if_so.at(held.place), if_not.at(held.place));
  return result;
}

}  // namespace envleak::analyzer
