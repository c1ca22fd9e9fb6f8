// Which names the rest of a program would have to use to matter to what is known of it so far.
#pragma once

#include "analyzer/frontend/summary.h"
#include "analyzer/knowledge/knowledge.h"

#include <set>
#include <string>
#include <vector>

namespace envleak::analyzer {

struct WantedNames {
  // A name that is used, and the class, namespace or struct it is of: who uses it has that in its text, too. Empty: none.
  struct Name {
    std::string name;
    std::string within;
    auto operator<=>(const Name&) const = default;
  };
  std::set<Name> names;        // of functions, unqualified, and of variables and fields
  std::set<Name> pointers;     // of variables and fields whose value is called; being given one is no use of them
  std::set<Name> definitions;  // of functions whose bodies are missed; who only calls them does not matter
  bool everything = false;     // a call that has no name of its own may matter: an operator
};

// Who may call whom: by the text of the units that were not parsed, and by what is known of the others.
class TextCalls {
 public:
  // A function that was seen.
  struct Body {
    std::string name;
    std::vector<std::string> called;
    bool wanted = false;
  };
  virtual ~TextCalls() = default;
  virtual void lookFor(const std::vector<Body>& bodies) = 0;
  // May a function of this name come to a wanted one?
  virtual bool reaches(const std::string& function) const = 0;
};

// Of the units parsed so far: their wrappers, the variables and fields that hold a spawn API or a wrapper, and the
// functions that decide an environment and were not seen. A unit that uses none of these and no API of the knowledge
// base cannot change a finding.
WantedNames wantedNames(std::vector<UnitSummary> units, const Knowledge& knowledge, TextCalls& changers, TextCalls& writers);

}  // namespace envleak::analyzer
