// What stands under a spawn of a script: where its variables came from, and what else its children had settings from.
#pragma once

#include "reports/render/style.h"

namespace envleak::reports {

class ScriptNotes {
 public:
  explicit ScriptNotes(const Report& report) : report_(report) {}

  // Of the variables that crossed and count: who set them, and the line of the settings file that has the value.
  std::string origins(const SiteReport& site) const;
  // Settings files that those children opened which got the variables and read none of them.
  std::string files(const SiteReport& site) const;

 private:
  const VariableReport* variable(const SiteReport& site, NameId name) const;

  const Report& report_;
};

}  // namespace envleak::reports
