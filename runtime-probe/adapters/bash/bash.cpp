// bash copies its environment into variables of its own, and answers even getenv from there: what its script reads is
// told here.
#include "runtime-probe/adapters/adapter.h"
#include "runtime-probe/adapters/bash/additions.h"
#include "runtime-probe/adapters/bash/calls.h"
#include "runtime-probe/adapters/bash/interpreter.h"
#include "runtime-probe/adapters/bash/listings.h"
#include "runtime-probe/adapters/bash/lookups.h"
#include "runtime-probe/preload/bytes.h"

namespace envleak::bash {
namespace {

constexpr adapters::Adapter adapter{adapters::interfaceVersion, "bash", callsInProgress, innermostPlace};

bool isKnown() {
  return &dist_version != nullptr && &patch_level != nullptr && &shell_variables != nullptr &&
         &global_variables != nullptr && &command_execution_string != nullptr && &subshell_argv != nullptr &&
         &executing_line_number != nullptr && &hash_search != nullptr && &find_variable != nullptr &&
         preload::sameText(dist_version, knownVersion);
}

}  // namespace
}  // namespace envleak::bash

const envleak::adapters::Adapter* envleak_adapter(const envleak::adapters::Host* host) {
  using namespace envleak::bash;
  if (host->version != envleak::adapters::interfaceVersion) return nullptr;
  if (!isKnown()) {
    host->note("adapter-version", "the adapter knows bash 5.2");
    return nullptr;
  }
  if (!watchListings(*host) || !watchLookups(*host)) {
    host->note("adapter", "bash calls libc in another way than its adapter knows");
    return nullptr;
  }
  if (!watchAdditions())
    host->note("adapter", "what is added to a variable (X+=more) is not seen: bash has its own malloc");
  return &adapter;
}
