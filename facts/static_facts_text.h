// Static facts as the text of a file.
#pragma once

#include "facts/static_facts.h"

#include <string>

namespace envleak::facts {

// What toJson(facts).dump(1) and a line break are, without the memory and time of one tree for all sites.
std::string textOf(const StaticFacts& facts);

}  // namespace envleak::facts
