// Functions whose result is memory of the caller's own.
#include "analyzer/program/call_graph.h"

#include <algorithm>

namespace envleak::analyzer {

// All are taken to be so that may be, until one proves not to.
void CallGraph::findFresh() {
  auto find = [this](std::unordered_set<std::string>& found, auto may_be) {
    for (const auto& [key, ids] : by_key_)
      if (std::ranges::all_of(ids, [&](FunctionId id) { return may_be(functions_[id].function); })) found.insert(key);
    for (std::size_t before = 0; before != found.size();) {
      before = found.size();
      std::erase_if(found, [&](const std::string& key) {
        return std::ranges::any_of(by_key_.at(key), [&](FunctionId id) {
          return !std::ranges::all_of(*functions_[id].function.fresh_from, [&](const std::string& from) { return found.contains(from); });
        });
      });
    }
  };
  find(fresh_, [](const Function& function) { return function.fresh_from && !function.broken; });
  find(blank_, [](const Function& function) { return function.fresh_from && function.blank && !function.broken; });
}

}  // namespace envleak::analyzer
