// Functions that the program looks up by their names at run time: dlsym and the like.
#include "analyzer/frontend/access_path.h"
#include "analyzer/frontend/dataflow.h"
#include "analyzer/frontend/values.h"

namespace envleak::analyzer {

Callable Dataflow::callableByName(const std::string& name) const {
  Callable callable;
  if (callees_.knowledge().spawns(name))
    callable.api = name;
  else
    callable.function = "c:@F@" + name;
  return callable;
}

void Dataflow::addLookups(const std::vector<NodeId>& roots, const Values& values) {
  // Functions of the unit that look up what their caller names: which parameter that is.
  CursorMap<unsigned> helpers;
  for (bool more = true; more;) {
    more = false;
    for (NodeId root : roots)
      for (NodeId at = root, end = tree_.endOf(root); at < end; ++at) {
        if (tree_[at].kind != CXCursor_CallExpr) continue;
        CXCursor called = calledFunction(at);
        if (clang_Cursor_isNull(called)) continue;
        const FunctionLookup* lookup = callees_.of(called).lookup;
        auto helper = helpers.find(clang_getCanonicalCursor(called));
        if (!lookup && helper == helpers.end()) continue;
        unsigned named = lookup ? lookup->function : helper->second;
        std::vector<NodeId> arguments = tree_.arguments(at);
        if (named >= arguments.size() || arguments[named] == noNode) continue;
        if (std::optional<std::string> name = values.text(arguments[named])) {
          Callable callable = callableByName(*name);
          PointerAssignment found{{}, callable.api.empty() ? callable.function : callable.api, !callable.api.empty(), {}};
          if (!lookup || !lookup->result) {
            addPointer(at, found);
          } else if (*lookup->result < arguments.size()) {
            if (std::optional<AccessPath> path = accessPath(tree_, arguments[*lookup->result]); path && !path->isThis())
              addPointerTo(clang_Cursor_isNull(path->last) ? path->base : path->last, found);
          }
          continue;
        }
        NodeId above = tree_[at].parent;
        while (above != noNode && clang_isExpression(tree_[above].kind)) above = tree_[above].parent;
        Ports from = depends(arguments[named]);
        bool returned = above != noNode && tree_[above].kind == CXCursor_ReturnStmt && (!lookup || !lookup->result);
        if (!returned || from.size() != 1 || from.front().parameter >= variadicPort || !isFunctionKind(tree_[root].kind)) continue;
        more |= helpers.try_emplace(clang_getCanonicalCursor(tree_[root].cursor), from.front().parameter).second;
      }
  }
}

}  // namespace envleak::analyzer
