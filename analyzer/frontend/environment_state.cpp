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
  for (auto& called : result.called) {
    auto other = find(b.called, called.function);
    called.always = called.always && other != b.called.end() && other->always;
  }
  for (const auto& called : b.called)
    if (find(result.called, called.function) == result.called.end()) result.called.push_back({called.function, false});
  return result;
}

void replace(EnvironmentState& state, EnvironmentValue value) {
  state.value = std::move(value);
  state.narrowed_on_some_path = false;
  state.called.clear();
}

void add(EnvironmentState& state, Added what, const std::string& callee) {
  Kind kind = state.value.kind;
  if (kind != Kind::empty && kind != Kind::explicit_ && kind != Kind::filtered) return;
  EnvironmentValue added{Kind::explicit_, 0, {}, "variables are set one by one after " + state.value.reason};
  if (kind != Kind::empty) added.reason = state.value.reason;
  if (what == Added::from_parent)
    added = {Kind::filtered, 0, {}, "single variables are taken over by '" + callee + "'"};
  if (what == Added::unknown_name)
    added = {Kind::unknown, 0, {}, "'" + callee + "' adds variables whose names are not known"};
  state.value = widest(state.value, added);
  if (kind == Kind::empty) state.value = added;
}

void addCall(EnvironmentState& state, const std::string& function) {
  auto found = std::ranges::find(state.called, function, &EnvironmentState::Called::function);
  if (found != state.called.end()) state.called.erase(found);
  state.called.push_back({function, true});
}

}  // namespace envleak::analyzer
