// Where the script stands.
#pragma once

#include "runtime-probe/adapters/adapter.h"

namespace envleak::bash {

std::size_t callsInProgress(adapters::Frame* to, std::size_t most);
std::uint64_t innermostPlace();

}  // namespace envleak::bash
