// From places in machine code to functions and source lines.
#pragma once

#include "facts/runtime_facts.h"
#include "runtime-probe/trace/modules.h"
#include "runtime-probe/trace/unwind.h"

#include <llvm/DebugInfo/Symbolize/Symbolize.h>

#include <set>
#include <string>
#include <unordered_map>
#include <vector>

namespace envleak::trace {

class Symbols {
 public:
  explicit Symbols(ModuleTable& modules);

  // The frames of one call: more than one where functions were inlined there. Without debug information the file is
  // empty, without a symbol the function too.
  const std::vector<facts::Frame>& at(const CodeAddress& call);

  // All frames of a chain, innermost first, cut behind function main. `complete` is set if they reach the outermost
  // function.
  facts::SharedList<facts::Frame> frames(const CallChain& chain, bool& complete);

  // Modules that at() was asked about, and whose file is gone or is another one now.
  const std::set<ModuleId>& lost() const { return lost_; }

 private:
  struct Frames {
    facts::SharedList<facts::Frame> list;
    bool complete = false;
  };
  std::vector<facts::Frame> resolve(const CodeAddress& call);
  Frames resolve(const CallChain& chain);

  ModuleTable& modules_;
  llvm::symbolize::LLVMSymbolizer symbolizer_;
  struct Hash {
    std::size_t operator()(const CodeAddress& address) const {
      return std::hash<std::uint64_t>{}(address.offset * 0x9E3779B97F4A7C15ULL + address.module);
    }
  };
  struct ChainHash {
    std::size_t operator()(const CallChain& chain) const {
      std::size_t hash = chain.complete ? 1 : 0;
      for (const CodeAddress& call : chain.calls) hash = hash * 0x9E3779B97F4A7C15ULL + Hash{}(call);
      return hash;
    }
  };
  std::unordered_map<CodeAddress, std::vector<facts::Frame>, Hash> known_;
  std::unordered_map<CallChain, Frames, ChainHash> known_chains_;
  std::set<ModuleId> lost_;
};

// The name in the source: compilers mark copies of a function that they made, as in "run.constprop.0" or
// "run(int) [clone .isra.0]".
std::string withoutCloneSuffix(const std::string& function);

// "/a/./b/../c" becomes "/a/c": by the text alone, since the file need not be there. Relative paths keep leading "..".
std::string withoutDots(const std::string& path);

}  // namespace envleak::trace
