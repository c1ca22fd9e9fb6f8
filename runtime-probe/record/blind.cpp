#include "runtime-probe/record/blind.h"

namespace envleak::probe {

Blindness describeBlindness(const preload::Target& target, Injection injection) {
  const std::string who = target.script ? "its interpreter is" : "it is";
  const char* kind = preload::blindKind(target.kind);
  switch (target.kind) {
    case preload::TargetKind::static_program:
      return {kind, who + " linked statically, so nothing can be preloaded"};
    case preload::TargetKind::setuid:
      return {kind, who + " set-user-ID, set-group-ID or has capabilities"};
    case preload::TargetKind::foreign:
      return {kind, who + " built for another architecture"};
    case preload::TargetKind::missing:
      return {kind, "the executed file can no longer be found"};
    case preload::TargetKind::observable:
      break;
  }
  switch (injection) {
    case Injection::only_lists:
      return {"not-run", "the loader was asked to list the program's libraries, as ldd does, not to run it"};
    case Injection::withheld:
      return {"unreachable",
              "the preload library or the trace could not be opened there (another root folder, user or recording)"};
    case Injection::given:
      break;
  }
  return {kind,
          "it was given the probe, but no sign of life was seen (killed at once, or its address space is limited)"};
}

}  // namespace envleak::probe
