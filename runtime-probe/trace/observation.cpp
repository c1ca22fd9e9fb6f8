#include "runtime-probe/trace/observation.h"

#include <algorithm>

namespace envleak::trace {
namespace {

// The executable and all modules that calls came from.
std::set<ModuleId> modulesOf(const ImageWork& image, ModuleTable& table) {
  std::set<ModuleId> modules = image.modules;
  bool has_executable =
      std::any_of(modules.begin(), modules.end(), [&](ModuleId id) { return table[id].path() == image.facts.program; });
  if (!has_executable && !image.facts.program.empty()) modules.insert(table.idOfPath(image.facts.program));
  return modules;
}

// Modules that can read variables without a call that would be noticed.
void addWalkers(const ImageWork& image, ModuleTable& table, std::string_view preload_library,
                std::vector<Reason>& reasons) {
  for (ModuleId id : modulesOf(image, table)) {
    const std::string& path = table[id].path();
    if (isSystemRuntime(path) || path == preload_library || table.state(id) == Module::State::no_file) continue;
    std::optional<bool> refers = table.refersToEnviron(id);
    if (refers && !*refers) continue;
    reasons.push_back({"environ-walk", refers ? path + " refers to environ; reads that bypass getenv are not seen"
                                              : path + " is gone or was changed since the run; whether it refers to "
                                                       "environ, so that reads can bypass getenv, is not known"});
  }
}

}  // namespace

facts::Observation judge(const ImageWork& image, ModuleTable& modules, std::string_view preload_library, bool may_go_on,
                         std::vector<Reason>& reasons) {
  if (image.blind) {
    reasons.push_back(image.blind_reason.value_or(Reason{"other", "no sign from the new program"}));
    return facts::Observation::blind;
  }
  if (image.imported)
    reasons.push_back({"imports", "it copied its whole environment; reads from the copy are not seen"});
  reasons.insert(reasons.end(), image.notes.begin(), image.notes.end());
  if (!image.imported) reasons.insert(reasons.end(), image.copies.begin(), image.copies.end());
  if (may_go_on && !image.all_ended)
    reasons.push_back({"still-running", "it had not ended when the recording did; what it read later is not known"});
  if (!image.exact_to_the_end) {
    addWalkers(image, modules, preload_library, reasons);
    // Nor can it be said of the others: libc's own reads and main's third parameter need neither getenv nor environ.
    reasons.push_back({"no-last-look", "which values it looked at by its end is not known"});
  }

  std::vector<Reason> distinct;
  for (Reason& reason : reasons)
    if (std::find(distinct.begin(), distinct.end(), reason) == distinct.end()) distinct.push_back(std::move(reason));
  reasons = std::move(distinct);
  if (image.imported) return facts::Observation::imports;
  return reasons.empty() ? facts::Observation::full : facts::Observation::partial;
}

}  // namespace envleak::trace
