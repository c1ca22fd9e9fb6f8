// node asks libc's getenv for each process.env.X, so what is read is known; where in the script is told here, and which
// calls of getenv are none of its reads.
#include "runtime-probe/adapters/adapter.h"
#include "runtime-probe/adapters/node/calls.h"
#include "runtime-probe/adapters/node/copies.h"
#include "runtime-probe/adapters/node/engine.h"

namespace envleak::node {
namespace {

constexpr adapters::Adapter adapter{adapters::interfaceVersion, "JavaScript", callsInProgress, innermostPlace,
                                    isNoRead};

}  // namespace
}  // namespace envleak::node

const envleak::adapters::Adapter* envleak_adapter(const envleak::adapters::Host* host) {
  using namespace envleak::node;
  if (host->version != envleak::adapters::interfaceVersion) return nullptr;
  if (!findEngine()) {
    host->note("adapter-version", "the adapter knows node 18 and 20");
    return nullptr;
  }
  watchForks();
  if (watchCopies(*host)) host->covers(engineVersion());
  return &adapter;
}
