// The names by which a text has to call what a key stands for.
#pragma once

#include "analyzer/program/wanted_names.h"

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace envleak::analyzer {

// Adds to `wanted`. Of what is of internal linkage in a unit's main file nothing is added: nobody else can name it.
class KeyNames {
 public:
  KeyNames(const std::vector<UnitSummary>& units, WantedNames& wanted);

  // A function by its name as the source has it, perhaps qualified or a template's.
  void addFunction(const Function& function);
  // Of a variable, field or parameter that is called through: its name, or that of the parameter's function.
  void addPointer(std::string_view key) { addKey(key, key.starts_with("v|") ? wanted_.pointers : wanted_.names); }
  // Of a field or variable that holds an environment: being given one is a use.
  void addCell(std::string_view key) { addKey(key, wanted_.names); }
  void addDefinition(std::string_view key) { addKey(key, wanted_.definitions); }

 private:
  bool isOfUnit(std::string_view key) const;
  void addKey(std::string_view key, std::set<WantedNames::Name>& names);

  WantedNames& wanted_;
  std::set<std::string> main_files_;
};

}  // namespace envleak::analyzer
