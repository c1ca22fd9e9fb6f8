#include "runtime-probe/adapters/bash/listings.h"

#include "runtime-probe/adapters/bash/calls.h"
#include "runtime-probe/adapters/bash/interpreter.h"
#include "runtime-probe/adapters/bash/lookups.h"
#include "runtime-probe/adapters/import_slot.h"

#include <stdlib.h>

namespace envleak::bash {
namespace {

const adapters::Host* host;

using Compare = int (*)(const void*, const void*);

void sort(void* elements, std::size_t count, std::size_t size, Compare compare) {
  if (size == sizeof(void*)) {
    const auto* variables = static_cast<const Variable* const*>(elements);
    for (std::size_t i = 0; i < count; ++i)
      if (isWatched(variables[i])) {
        host->copied("set", innermostPlace());
        break;
      }
  }
  qsort(elements, count, size, compare);
}

}  // namespace

bool watchListings(const adapters::Host& with) {
  host = &with;
  return adapters::leadImport(reinterpret_cast<const void*>(&executing_line_number), "qsort",
                              reinterpret_cast<const void*>(&sort));
}

}  // namespace envleak::bash
