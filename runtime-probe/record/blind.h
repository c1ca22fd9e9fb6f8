// Why a new program gives no sign of itself, in the words of a BlindRecord.
#pragma once

#include "runtime-probe/preload/target.h"

#include <string>

namespace envleak::probe {

enum class Injection {
  given,          // by the probe in the program that started it
  withheld,       // that probe decided so
  only_lists,     // the loader is asked for the program's libraries
  not_by_parent,  // what started it is not under the probe
};

struct Blindness {
  std::string kind;
  std::string detail;
};

Blindness describeBlindness(const preload::Target& target, Injection injection);

}  // namespace envleak::probe
