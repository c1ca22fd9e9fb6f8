// What is known of each variable's name in this process: a set of hashes in static storage, of all interpreters.
#pragma once

#include "runtime-probe/adapters/adapter.h"

namespace envleak::perl {

std::uint64_t hashOf(adapters::Text name);  // its two lowest bits are 0

enum class Known : std::uint64_t {
  nothing = 0,
  named = 1,  // the script named it where it may be read or only written: an element of %ENV to be changed or kept
  told = 2,   // as read
};
Known known(std::uint64_t hash);
void note(std::uint64_t hash, Known what);  // told stays told

}  // namespace envleak::perl
