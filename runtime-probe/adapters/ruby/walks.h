// ENV.to_h, ENV.each, {**ENV}... go through `environ` in Ruby's own code, and call no function of libc's that is asked
// for a name. But they look for the "=" of every entry with strchr(3), the first one included.
#pragma once

#include "runtime-probe/adapters/adapter.h"

namespace envleak::ruby {

// False: they will not be seen.
bool watchWalks(const adapters::Host& host, std::uint64_t (*place)());

}  // namespace envleak::ruby
