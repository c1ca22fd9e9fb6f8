// Which of the alternatives that the knowledge base has under one name a call takes.
#pragma once

#include "analyzer/frontend/dataflow.h"
#include "analyzer/frontend/values.h"
#include "analyzer/knowledge/selector.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace envleak::analyzer {

class Alternatives {
 public:
  // `macros`: the values, in this unit, of the macros that Knowledge::variantMacros() names; those not defined are left
  // out. `architecture`: first part of the target triple.
  Alternatives(const SyntaxTree& tree, const Dataflow& dataflow, const Values& values, const std::string& architecture,
               std::map<std::string, std::int64_t> macros)
      : tree_(tree), dataflow_(dataflow), values_(values), architecture_(architecture), macros_(std::move(macros)) {}

  // Of spawn, change or produce entries the first that holds; null if none does. Bits of a value that is not known may
  // be set or not: then the entry counts as holding.
  template <typename Entry>
  const Entry* choose(const std::vector<Entry>& entries, NodeId call) const {
    for (const Entry& entry : entries)
      if (holds(entry.variant, macro(entry.variant)) && (!entry.when || holds(*entry.when, call))) return &entry;
    return nullptr;
  }

 private:
  bool holds(const Selector& selector, NodeId call) const;
  std::optional<std::int64_t> macro(const std::optional<Variant>& variant) const;
  static bool holds(const std::optional<Variant>& variant, const std::optional<std::int64_t>& value) {
    return analyzer::holds(variant, value);
  }

  const SyntaxTree& tree_;
  const Dataflow& dataflow_;
  const Values& values_;
  const std::string& architecture_;
  std::map<std::string, std::int64_t> macros_;
};

// As selectors and object types name it: qualified, without template arguments, inline namespaces, typedefs, const, and
// one level of reference or pointer.
std::string typeName(CXType type);

}  // namespace envleak::analyzer
