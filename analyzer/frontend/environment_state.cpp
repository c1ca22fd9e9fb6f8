#include "analyzer/frontend/environment_state.h"

#include <algorithm>

namespace envleak::analyzer {

using Kind = EnvironmentValue::Kind;

EnvironmentState unreachable() {
  EnvironmentState state;
  state.reachable = false;
  return state;
}

EnvironmentState join(const EnvironmentState& a, const EnvironmentState& b) {
  if (!a.reachable) return b;
  if (!b.reachable || a == b) return a;
  EnvironmentState result = a;
  result.value = widest(a.value, b.value);
  result.narrowed_on_some_path = a.narrowed_on_some_path || b.narrowed_on_some_path ||
                                 (a.value.kind != b.value.kind && result.value.kind == Kind::inherited);
  auto find = [](auto& list, const std::string& function) {
    return std::ranges::find(list, function, &EnvironmentState::Called::function);
  };
  // The calls of both in another order: none is known to be the last.
  std::vector<std::string> common_a, common_b;
  for (const auto& called : a.called)
    if (find(b.called, called.function) != b.called.end()) common_a.push_back(called.function);
  for (const auto& called : b.called)
    if (find(a.called, called.function) != a.called.end()) common_b.push_back(called.function);
  for (auto& called : result.called) {
    auto other = find(b.called, called.function);
    called.always = called.always && other != b.called.end() && other->always && common_a == common_b;
  }
  for (const auto& called : b.called)
    if (find(result.called, called.function) == result.called.end())
      result.called.push_back({called.function, called.name, false});
  return result;
}

void replace(EnvironmentState& state, EnvironmentValue value) {
  state.value = std::move(value);
  state.narrowed_on_some_path = false;
  state.called.clear();
}

EnvironmentValue withAdded(const EnvironmentValue& value, Added what, const std::string& callee) {
  switch (value.kind) {
    case Kind::inherited:
    case Kind::environ:
    case Kind::forwarded:
    case Kind::unknown:
      return value;
    case Kind::null:
    case Kind::parameter:
    case Kind::result:
      if (what == Added::nothing) return value;
      return {Kind::unknown, 0, {}, "'" + callee + "' changes it after: " + value.reason};
    case Kind::empty:
    case Kind::explicit_:
    case Kind::filtered:
      break;
  }
  switch (what) {
    case Added::nothing:
      return value;
    case Added::constant:
      if (value.kind != Kind::empty) return value;
      return {Kind::explicit_, 0, {}, "variables are set one by one after " + value.reason};
    case Added::from_parent:
      return {Kind::filtered, 0, {}, "single variables are taken over by '" + callee + "'"};
    case Added::unknown_name:
      return {Kind::unknown, 0, {}, "'" + callee + "' adds variables whose names are not known"};
    case Added::other:
      break;
  }
  return {Kind::unknown, 0, {}, "'" + callee + "' changes 'environ' in a way that is not followed"};
}

void add(EnvironmentState& state, Added what, const std::string& callee) {
  if (state.called.empty())
    state.value = withAdded(state.value, what, callee);
  else
    state.called.push_back({"+" + std::to_string(static_cast<int>(what)), callee, true});
}

std::optional<Added> addedBy(const EnvironmentState::Called& called) {
  if (!called.function.starts_with("+")) return std::nullopt;
  int level = called.function.size() == 2 ? called.function[1] - '0' : -1;
  return level < 0 || level > static_cast<int>(Added::other) ? Added::other : static_cast<Added>(level);
}

void addCall(EnvironmentState& state, const std::string& function, const std::string& name, bool always) {
  auto found = std::ranges::find(state.called, function, &EnvironmentState::Called::function);
  if (found != state.called.end()) state.called.erase(found);
  state.called.push_back({function, name, always});
}

}  // namespace envleak::analyzer
