// `set`, `declare -p`, `export -p`, `compgen -v`, ${!PREFIX*}: bash takes all variables and sorts them by qsort(3).
#pragma once

#include "runtime-probe/adapters/adapter.h"

namespace envleak::bash {

// To be called before bash runs. False: listings will not be seen.
bool watchListings(const adapters::Host& host);

}  // namespace envleak::bash
