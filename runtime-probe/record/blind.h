// Why a new program gives no sign of itself, in the words of a BlindRecord.
#pragma once

#include "runtime-probe/preload/target.h"

#include <string>

namespace envleak::probe {

enum class Injection {
  given,
  withheld,    // it cannot be there
  only_lists,  // the loader is asked for the program's libraries
};

struct Blindness {
  std::string kind;
  std::string detail;
};

Blindness describeBlindness(const preload::Target& target, Injection injection);

}  // namespace envleak::probe
