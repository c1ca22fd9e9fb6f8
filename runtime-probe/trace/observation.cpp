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

bool isReceived(const ImageWork& image, std::string_view name) {
  return std::any_of(image.facts.received.begin(), image.facts.received.end(),
                     [&](const facts::Variable& variable) { return variable.name == name; });
}

bool isSeen(const ImageWork& image, std::string_view name) {
  return std::any_of(image.facts.reads.begin(), image.facts.reads.end(),
                     [&](const facts::Read& read) { return read.name == name; });
}

// Where libc's own questions go unheard, a look at the value tells of them. These are the variables of which it may be
// content to know that they are set: getopt and fnmatch ask for the first, musl's getlogin hands on the second.
void addUnheard(const ImageWork& image, ModuleTable& table, std::vector<Reason>& reasons) {
  if (!image.libc_unheard) return;
  const auto add = [&](const std::string& name) {
    reasons.push_back({"libc-presence", "whether libc itself asked if " + name + " is set, which it is, was not seen"});
  };
  constexpr std::string_view mode = "POSIXLY_CORRECT", user = "LOGNAME";
  if (isReceived(image, mode) && !isSeen(image, mode)) add(std::string(mode));
  if (!isReceived(image, user) || isSeen(image, user)) return;
  for (ModuleId id : modulesOf(image, table))
    if (table.importsFunction(id, "getlogin")) return add(std::string(user));
}

}  // namespace

facts::Observation judge(const ImageWork& image, ModuleTable& modules, std::string_view preload_library, bool may_go_on,
                         std::vector<Reason>& reasons) {
  if (image.blind) {
    reasons.push_back(image.blind_reason.value_or(Reason{"other", "no sign from the new program"}));
    return facts::Observation::blind;
  }
  if (image.imported)
    reasons.push_back({"imports", image.facts.adapter && image.facts.adapter->covers
                                      ? "its program looked at every variable, as who hands all on does; which of them "
                                        "it is concerned with is not seen"
                                      : "it copied its whole environment; reads from the copy are not seen"});
  reasons.insert(reasons.end(), image.notes.begin(), image.notes.end());
  if (!image.imported) reasons.insert(reasons.end(), image.copies.begin(), image.copies.end());
  if (!image.imported) addUnheard(image, modules, reasons);
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
